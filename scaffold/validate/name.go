package validate

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/ui/message"
)

// nameScope is the scope of an object's name, which decides what it may look like.
type nameScope int

const (
	// freeName is the app's own name; it may contain dots.
	freeName nameScope = iota
	// placeName is the app's database or schema: a single name.
	placeName
	// accountName is the name of an account-level object, which is never qualified.
	// https://docs.snowflake.com/en/sql-reference/name-resolution
	accountName
	// qualifiedName has one to three parts.
	qualifiedName
)

// nameAnswer is an answer that names an object, with the rule that it breaks.
type nameAnswer struct {
	path, raw string
	scope     nameScope
	fault     string
	// why explains the fault name-parts.
	why message.Message
}

// nameAnswers returns all names in the answers.
func nameAnswers(a scaffold.App) []nameAnswer {
	names := make([]nameAnswer, 0, 16)
	add := func(path, raw string, scope nameScope) {
		if raw != "" {
			n := nameAnswer{path: path, raw: raw, scope: scope}
			n.inspect()
			names = append(names, n)
		}
	}
	add("app.name", cmp.Or(a.App.Name, a.Folder), freeName)
	add("app.database", a.App.Database, placeName)
	add("app.schema", a.App.Schema, placeName)
	add("app.query_warehouse", a.App.QueryWarehouse, accountName)
	if a.App.ComputePool != nil {
		add("app.compute_pool", *a.App.ComputePool, accountName)
	}
	add("app.stage", a.App.Stage, qualifiedName)
	add("roles.owner", a.Roles.Owner, accountName)
	add("roles.admin", a.Roles.Admin, accountName)
	for i, viewer := range a.Roles.Viewers {
		add(item("roles.viewers", i), orBlank(viewer), accountName)
	}
	add("network.rule", a.Network.Rule, qualifiedName)
	add("network.integration", a.Network.Integration, accountName)
	for i, rule := range a.Network.Rules {
		add(item("network.rules", i), orBlank(rule), qualifiedName)
	}
	for i, s := range a.Secrets {
		add(secretPath(i, "object"), s.Object, qualifiedName)
		add(secretPath(i, "integration"), s.Integration, accountName)
	}
	return names
}

// orBlank replaces an empty list element with a blank one. In a list, an empty name does not mean
// the default.
func orBlank(name string) string {
	if name == "" {
		return " "
	}
	return name
}

// inspect sets the first rule that the name breaks.
func (n *nameAnswer) inspect() {
	n.fault = n.textFault()
	if n.fault != "" {
		return
	}
	switch dotted := strings.Contains(n.raw, ".") && !strings.HasPrefix(n.raw, `"`); {
	case n.scope == qualifiedName:
		n.partsFault()
	case dotted && n.scope == accountName:
		n.fault = "name-qualified"
	case dotted && n.scope == placeName && plainParts(n.raw):
		n.fault = "name-dotted"
	case strings.TrimSpace(n.raw) != n.raw:
		n.fault = "name-spaces"
	}
}

// textFault checks the rules for all kinds of names.
func (n *nameAnswer) textFault() string {
	text := n.raw
	if n.scope != qualifiedName {
		text = snowflake.Unquote(n.raw)
	}
	switch {
	case strings.TrimSpace(text) == "":
		return "name-empty"
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
		return "name-control"
	case n.scope != qualifiedName && utf8.RuneCountInString(text) > snowflake.MaxName:
		return "name-long"
	case n.scope != qualifiedName && unpairedQuotes(n.raw):
		return "name-quotes"
	}
	return ""
}

// unpairedQuotes reports whether a single name has a double quote at one end only, or an unescaped
// one inside.
func unpairedQuotes(raw string) bool {
	begins, ends := strings.HasPrefix(raw, `"`), strings.HasSuffix(raw, `"`)
	if !begins && !ends {
		return false
	}
	if !begins || !ends || len(raw) < 2 {
		return true
	}
	return strings.Contains(strings.ReplaceAll(raw[1:len(raw)-1], `""`, ""), `"`)
}

// partsFault checks a name of one to three parts.
func (n *nameAnswer) partsFault() {
	_, err := snowflake.Qualified(n.raw)
	if err == nil {
		return
	}
	n.fault, n.why = "name-parts", message.Verbatim(err.Error())
	var why *snowflake.NameError
	if errors.As(err, &why) {
		n.why = why.Why
	}
}

// plainParts reports whether every part between dots could be a name by itself: "DB.SCHEMA" looks
// like two names, "v1.2" like one.
func plainParts(raw string) bool {
	for part := range strings.SplitSeq(raw, ".") {
		if part == "" || part[0] >= '0' && part[0] <= '9' || snowflake.SanitizeIdent(part) != strings.ToUpper(part) {
			return false
		}
	}
	return true
}

// checkNames reports the names that break the current rule.
func checkNames(in *inspection) {
	for _, n := range in.names {
		if n.fault == in.rule.ID {
			in.found(n.path, "value", n.raw, "why", n.why, "length", strconv.Itoa(utf8.RuneCountInString(snowflake.Unquote(n.raw))))
		}
	}
}

// checkPool reports a compute pool name that is not allowed.
func checkPool(in *inspection) {
	pool := in.answers.App.ComputePool
	if !in.facts.ComputePool || pool == nil || *pool == "" {
		return
	}
	if stored, err := snowflake.Stored(*pool); err == nil && !strings.Contains(*pool, ".") && snowflake.SanitizeIdent(stored) != stored {
		in.found("app.compute_pool", "value", *pool)
	}
}

// checkWarehouse reports a query warehouse with lower-case letters: accounts store the name in upper
// case, even in double quotes, and then do not find the warehouse.
func checkWarehouse(in *inspection) {
	stored, err := snowflake.Stored(in.answers.App.QueryWarehouse)
	if upper := strings.ToUpper(stored); err == nil && upper != stored {
		in.found("app.query_warehouse", "value", in.answers.App.QueryWarehouse, "stored", upper)
	}
}

// checkSystemPlace reports a database or schema that belongs to Snowflake.
func checkSystemPlace(in *inspection) {
	for path, place := range map[string][2]string{
		"app.database": {in.answers.App.Database, "SNOWFLAKE"},
		"app.schema":   {in.answers.App.Schema, "INFORMATION_SCHEMA"},
	} {
		if place[0] != "" && snowflake.SameName(place[0], place[1]) {
			in.found(path, "value", place[0])
		}
	}
}

// checkSchema reports a database without a schema.
func checkSchema(in *inspection) {
	if in.answers.App.Database != "" && in.answers.App.Schema == "" {
		in.found("app.schema", "database", in.answers.App.Database)
	}
}

// checkTitle reports titles, comments and scopes with characters that cannot be displayed.
func checkTitle(in *inspection) {
	for path, text := range map[string]string{"app.title": in.answers.App.Title, "app.comment": in.answers.App.Comment} {
		in.checkText(path, text)
	}
	for i, s := range in.answers.Secrets {
		in.checkText(secretPath(i, "comment"), s.Comment)
		for j, scope := range s.Scopes {
			in.checkText(item(secretPath(i, "scopes"), j), scope)
		}
	}
}

// checkText reports control characters; comments may have line breaks and tabs.
func (in *inspection) checkText(path, text string) {
	bad := !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && (r != '\n' && r != '\t' || !strings.HasSuffix(path, "comment"))
	})
	if bad {
		in.found(path, "value", text)
	}
}

func nameRules() []Rule {
	return []Rule{
		{
			ID: "name-empty", Severity: Error, Page: pageNames, check: checkNames,
		},
		{
			ID: "name-control", Severity: Error, Page: pageNames, check: checkNames,
		},
		{
			ID: "name-long", Severity: Error, Page: pageNames, check: checkNames,
		},
		{
			ID: "name-quotes", Severity: Error, Page: pageNames, check: checkNames,
		},
		{
			ID: "name-parts", Severity: Error, Page: pageNames, check: checkNames,
		},
		{
			ID: "name-qualified", Severity: Error, Page: "https://docs.snowflake.com/en/sql-reference/name-resolution", check: checkNames,
		},
		{
			ID: "name-dotted", Severity: Warning, Page: pageNames, check: checkNames,
		},
		{
			ID: "name-spaces", Severity: Warning, Page: pageNames, check: checkNames,
		},
		{
			ID: "compute-pool-name", Severity: Warning, Page: "https://docs.snowflake.com/en/sql-reference/sql/create-compute-pool", check: checkPool,
		},
		{
			ID: "warehouse-case", Severity: Warning, Page: "https://docs.snowflake.com/en/sql-reference/sql/create-streamlit", check: checkWarehouse,
		},
		{
			ID: "place-system", Severity: Error, Page: pageAccess, check: checkSystemPlace,
		},
		{
			ID: "schema-missing", Severity: Warning, Page: "https://docs.snowflake.com/en/sql-reference/sql/use-database", check: checkSchema,
		},
		{
			ID: "text-control", Severity: Error, Page: "https://docs.snowflake.com/en/sql-reference/sql/create-streamlit", check: checkTitle,
		},
	}
}
