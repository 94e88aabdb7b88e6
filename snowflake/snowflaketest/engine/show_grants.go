package engine

import (
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// grantRow is one row of SHOW GRANTS.
type grantRow struct {
	created                                 string
	privilege, on, name, to, grantee, by, t string
	option                                  bool
	// inherited reports whether it is a grant on all objects of a kind in from: the account, a database or a schema.
	inherited                      bool
	from, fromDatabase, fromSchema string
}

// showGrants reads SHOW GRANTS, after the keyword GRANTS.
// https://docs.snowflake.com/en/sql-reference/sql/show-grants
func (p *parser) showGrants() statement {
	kind, n := "", grammar.Name(nil)
	form, hierarchy, include := "TO", false, grammar.Token{}
	switch {
	case p.Word("ON", "ACCOUNT"):
		form, kind = "ON", grammar.KindAccount
	case p.Word("ON"):
		form = "ON"
		kind = p.Kind(grammar.GrantKinds()...)
		n = p.Name(grammar.Depth(kind))
		if kind == grammar.KindFunction {
			n[len(n)-1] += p.Signature()
		}
	case p.Word("TO"):
		kind = p.Kind(grammar.KindDatabaseRole, grammar.KindRole, grammar.KindUser)
		n = p.Name(grammar.Depth(kind))
		include = p.Peek()
		hierarchy = kind == grammar.KindRole && p.Word("INCLUDE", "HIERARCHY")
	case p.Word("OF"):
		form = "OF"
		kind = p.Kind(grammar.KindDatabaseRole, grammar.KindRole)
		n = p.Name(grammar.Depth(kind))
	}
	limit := int64(-1)
	if p.Word("LIMIT") {
		limit = p.Number()
	}
	return statement{kind: kindShow, run: func(s *Session) (*Result, *grammar.Error) {
		if hierarchy && s.e.is(HierarchyUnknown) {
			return nil, grammar.SyntaxError(include.Line, include.Pos, "unexpected 'INCLUDE'")
		}
		r, err := s.grantsShown(form, kind, n, hierarchy)
		if err == nil && limit >= 0 {
			r.Rows = r.Rows[:min(len(r.Rows), int(limit))]
		}
		return r, err
	}}
}

func (s *Session) grantsShown(form, kind string, n grammar.Name, hierarchy bool) (*Result, *grammar.Error) {
	if kind == grammar.KindAccount {
		return s.grantTable(s.accountGrants(), true), nil
	}
	if kind == "" {
		kind, n = grammar.KindUser, grammar.Name{s.user}
	}
	o, err := s.find(kind, n, "SHOW GRANTS")
	if err != nil {
		if s.e.is(MissingNumbers) && err.Code != 90105 && err.Code != 90106 {
			err = grammar.Absent("Object", n[len(n)-1])
		}
		return nil, err
	}
	if !s.mayKnow(o) {
		return nil, s.lacks(o, "OWNERSHIP")
	}
	switch {
	case form == "ON":
		return s.grantTable(s.grantsOn(o), true), nil
	case form == "OF":
		return s.membersOf(o), nil
	case kind == grammar.KindUser:
		return s.rolesOf(o), nil
	}
	rows := s.grantsTo(o)
	for _, below := range sorted(s.e.closure(o.key())) {
		if role := s.e.objects[below]; hierarchy && role != nil && role != o {
			rows = append(rows, s.grantsTo(role)...)
		}
	}
	return s.grantTable(rows, false), nil
}

// mayKnow reports whether a session may see the grants to a role or user: its own, those of roles that it has, or all
// with MANAGE GRANTS.
func (s *Session) mayKnow(o *object) bool {
	if o.kind != grammar.KindRole && o.kind != grammar.KindUser {
		return true
	}
	return o.kind == grammar.KindUser && o.short() == s.user || s.owns(o) || s.roles()[o.key()] ||
		s.e.closure(key(grammar.KindUser, s.user))[o.key()] || s.e.hasGlobal(s.roles(), "MANAGE GRANTS")
}

func (s *Session) accountGrants() []grantRow {
	var rows []grantRow
	for _, g := range s.e.grants {
		if g.on == "" {
			rows = append(rows, s.row(g))
		}
	}
	return rows
}

// row returns the row of a grant.
func (s *Session) row(g grant) grantRow {
	r := grantRow{
		created: stampText(g.created), privilege: g.privilege, on: grammar.KindAccount, name: s.e.Options.account,
		to: strings.ReplaceAll(kindOf(g.to), " ", "_"), grantee: named(g.to), option: g.option,
	}
	if o := s.e.objects[g.on]; o != nil {
		r.on, r.name = strings.ReplaceAll(o.kind, " ", "_"), s.grantedName(o)
	}
	if g.by != "" {
		r.by, r.t = named(g.by), strings.ReplaceAll(kindOf(g.by), " ", "_")
	}
	return r
}

// grantedName returns an object's name as SHOW GRANTS displays it. A function's name includes its arguments and return
// type in one pair of quotes.
func (s *Session) grantedName(o *object) string {
	if o.kind != grammar.KindFunction || !s.e.is(FunctionLists) {
		return o.full()
	}
	short, _, _ := strings.Cut(o.short(), "(")
	args := make([]string, len(o.function.Arguments))
	for i, a := range o.function.Arguments {
		args[i] = a.Name + " " + a.Type
	}
	return grammar.Qualified(o.parts[:2]...) + `."` + strings.ReplaceAll(short, `"`, `""`) + "(" + strings.Join(args, ", ") + "):" + o.function.Returns + `"`
}

// listedMember reports whether SHOW GRANTS lists the grant of a role to another.
func (s *Session) listedMember(role string, m member) bool {
	return !s.e.is(PypiUnlisted) || role != pypiKey() || m.to != roleKey(publicRole)
}

// ownership returns the row of the owner.
func (s *Session) ownership(o *object) (grantRow, bool) {
	if o.owner == "" {
		return grantRow{}, false
	}
	return s.row(grant{privilege: "OWNERSHIP", on: o.key(), to: o.owner, by: o.owner, option: true, created: o.created}), true
}

func (s *Session) grantsOn(o *object) []grantRow {
	var rows []grantRow
	if r, ok := s.ownership(o); ok {
		rows = append(rows, r)
	}
	for _, g := range s.e.outgoing(o.key()) {
		rows = append(rows, s.row(g))
	}
	if o.kind == grammar.KindRole || o.kind == grammar.KindDatabaseRole {
		for _, m := range s.e.members[o.key()] {
			if s.listedMember(o.key(), m) {
				rows = append(rows, s.row(grant{privilege: "USAGE", on: o.key(), to: m.to, by: m.by, created: m.created}))
			}
		}
	}
	return rows
}

func (s *Session) grantsTo(role *object) []grantRow {
	var rows []grantRow
	for _, k := range sorted(s.e.objects) {
		if o := s.e.objects[k]; o.owner == role.key() {
			r, _ := s.ownership(o)
			rows = append(rows, r)
		}
	}
	for _, g := range s.e.grants {
		if g.to == role.key() {
			rows = append(rows, s.row(g))
		}
	}
	for _, g := range s.e.inheritedGrants {
		if g.to == role.key() {
			rows = append(rows, s.inheritedRow(g))
		}
	}
	for _, child := range sorted(s.e.members) {
		for _, m := range s.e.members[child] {
			if m.to == role.key() && s.listedMember(child, m) {
				rows = append(rows, s.row(grant{privilege: "USAGE", on: child, to: m.to, by: m.by, created: m.created}))
			}
		}
	}
	return rows
}

func (s *Session) grantTable(rows []grantRow, withType bool) *Result {
	names := []string{"created_on", "privilege", "granted_on", "name", "granted_to", "grantee_name", "grant_option", "granted_by"}
	inherited := !withType && s.e.is(InheritedGrants)
	if withType {
		names = append(names, "granted_by_role_type")
	}
	if inherited {
		names = append(names, "is_inherited", "inherited_from", "inherited_from_database", "inherited_from_schema")
	}
	r := &Result{Rows: [][]any{}}
	for _, n := range names {
		typ := "text"
		if n == "created_on" {
			typ = "timestamp_ltz"
		}
		r.Columns = append(r.Columns, column{n, typ, true})
	}
	for _, g := range rows {
		row := []any{g.created, g.privilege, g.on, g.name, g.to, g.grantee, truth(g.option), g.by}
		if withType {
			row = append(row, g.t)
		}
		if inherited {
			row = append(row, truth(g.inherited), orNull(g.from), orNull(g.fromDatabase), orNull(g.fromSchema))
		}
		r.Rows = append(r.Rows, row)
	}
	return r
}

// membersOf returns SHOW GRANTS OF ROLE.
func (s *Session) membersOf(o *object) *Result {
	r := &Result{Rows: [][]any{}, Columns: []column{
		{"created_on", "timestamp_ltz", true}, {"role", "text", true}, {"granted_to", "text", true}, {"grantee_name", "text", true}, {"granted_by", "text", true},
	}}
	for _, m := range s.e.members[o.key()] {
		if !s.listedMember(o.key(), m) || o.key() == roleKey(publicRole) { // everyone has PUBLIC, so nobody is listed
			continue
		}
		r.Rows = append(r.Rows, []any{stampText(m.created), o.full(), strings.ReplaceAll(kindOf(m.to), " ", "_"), named(m.to), namedOr(m.by)})
	}
	return r
}

func namedOr(key string) string {
	if key == "" {
		return ""
	}
	return named(key)
}

// rolesOf returns SHOW GRANTS TO USER.
func (s *Session) rolesOf(user *object) *Result {
	r := &Result{Rows: [][]any{}, Columns: []column{
		{"created_on", "timestamp_ltz", true},
		{"privilege", "text", true},
		{"granted_on", "text", true},
		{"name", "text", true},
		{"role", "text", true},
		{"granted_to", "text", true},
		{"grantee_name", "text", true},
		{"grant_option", "text", true},
		{"granted_by", "text", true},
	}}
	for _, role := range sorted(s.e.members) {
		for _, m := range s.e.members[role] {
			if m.to == user.key() {
				r.Rows = append(r.Rows, []any{
					stampText(m.created), "USAGE", strings.ReplaceAll(kindOf(role), " ", "_"), named(role), named(role), "USER", user.short(), "false", namedOr(m.by),
				})
			}
		}
	}
	return r
}

// showFutureGrants reads SHOW FUTURE GRANTS, after the keyword GRANTS.
func (p *parser) showFutureGrants() statement {
	inside := p.One("IN", "TO") == "IN"
	kinds := []string{grammar.KindDatabaseRole, grammar.KindRole}
	if inside {
		kinds = []string{grammar.KindDatabase, grammar.KindSchema}
	}
	kind := p.Kind(kinds...)
	n := p.Name(grammar.Depth(kind))
	if p.Word("LIMIT") {
		p.Number()
	}
	return statement{kind: kindShow, run: func(s *Session) (*Result, *grammar.Error) {
		o, err := s.find(kind, n, "SHOW FUTURE GRANTS")
		if err != nil {
			return nil, err
		}
		r := &Result{Rows: [][]any{}}
		for _, c := range []string{"created_on", "privilege", "grant_on", "name", "grant_to", "grantee_name", "grant_option"} {
			r.Columns = append(r.Columns, column{c, "text", true})
		}
		r.Columns[0].Type = "timestamp_ltz"
		for _, f := range s.e.future {
			if f.in != o.key() && f.to != o.key() {
				continue
			}
			place := s.e.objects[f.in]
			r.Rows = append(r.Rows, []any{
				stampText(f.created), f.privilege, strings.ReplaceAll(f.kind, " ", "_"), place.full() + ".<" + f.kind + ">",
				strings.ReplaceAll(kindOf(f.to), " ", "_"), named(f.to), map[bool]string{true: "true", false: "false"}[f.option],
			})
		}
		return r, nil
	}}
}
