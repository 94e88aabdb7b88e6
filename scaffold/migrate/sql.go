package migrate

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/resources"
	"sleet/snowflake"
	"sleet/snowflake/sqltext"
)

// appSQL is what SQL files reveal about one app. Names are as written.
type appSQL struct {
	// name is the app's name in CREATE STREAMLIT, qualified as far as the statement or USE allows; empty if no
	// statement creates the app.
	name, owner, warehouse, title, comment string
	runtime                                string // RUNTIME_NAME
	mainFile, root, from                   string
	legacy                                 bool
	file                                   string // the file and line of the statement that creates it
	line                                   int
	integrations, imports                  []string
	secrets                                []resources.SecretBinding
	grants                                 []resources.AppGrant
	// made are the secrets that the files create, by stored name.
	made map[string]scaffold.SecretDecl
	// created are the statements that create the app, one for each account or database.
	created []creation
	// open are the answers whose value is known only when the SQL runs.
	open []manifest.UnresolvedAnswer
	// rules maps network rules to hosts, access maps integrations to rules, both by stored name.
	rules, access map[string][]string
}

// sqlReader reads the statements of files and keeps the state of the session.
type sqlReader struct {
	app    appSQL
	main   string
	others []string
	// known is the app's name in other files. unnamed is the expression for its name if no file has its value.
	known, unnamed string
	// created counts the apps that statements create. altered are the names of those that they alter.
	created int
	altered []string

	values                 manifest.SQLValues
	file                   string
	line                   int
	database, schema, role string
	// openDatabase and openSchema are names in USE without a known value.
	openDatabase, openSchema string
}

// readSQL reads the SQL files of an app with a known main file, in the order of their paths. known is the app's name in
// other files, env are the project's variables, and others are the main files of other apps in the same folder.
func readSQL(files map[string][]byte, main, known string, env map[string]string, others ...string) appSQL {
	r := sqlReader{main: main, known: known, others: others, values: manifest.SQLValues{Env: env}, app: appSQL{
		made: map[string]scaffold.SecretDecl{}, rules: map[string][]string{}, access: map[string][]string{},
	}}
	all := map[string][]sqltext.Statement{}
	for name, data := range files {
		all[name] = sqltext.Statements(data)
	}
	// First find the app: an earlier file may refer to it.
	for _, second := range []bool{false, true} {
		for _, name := range inOrder(files) {
			r.file, r.database, r.schema, r.role, r.openDatabase, r.openSchema = name, "", "", "", "", ""
			r.values.Session = map[string]string{}
			for _, s := range all[name] {
				r.line = s.Line
				r.statement(s, second)
			}
		}
		r.onlyAltered()
	}
	return r.app
}

// onlyAltered uses the only app that statements alter, if no statement creates an app and no other file names it.
func (r *sqlReader) onlyAltered() {
	if r.created == 0 && r.known == "" && r.app.name == "" && len(r.altered) == 1 {
		r.app.name = r.altered[0]
	}
}

func (r *sqlReader) statement(s sqltext.Statement, second bool) {
	p := &sqlParts{s: s, values: r.values}
	switch {
	case p.words("SET"):
		r.values.Assign(s.Tokens[1:])
	case p.words("USE"):
		r.use(p)
	case p.words("CREATE"):
		if !second {
			r.creation(p)
		}
	case p.words("ALTER"):
		r.alter(p, second)
	case p.words("GRANT"):
		if second {
			r.grant(p)
		}
	}
}

// use reads USE ROLE, USE DATABASE, USE SCHEMA, and USE with a database alone.
func (r *sqlReader) use(p *sqlParts) {
	switch kind := p.word(); kind {
	case "ROLE":
		r.role = p.name()
	case "SCHEMA":
		r.useSchema(p)
	case "WAREHOUSE", "SECONDARY", "CATALOG":
	default:
		if kind != "DATABASE" {
			p.at--
		}
		r.database, r.schema, r.openSchema = p.name(), "", ""
		r.openDatabase = p.unknown
	}
}

// creation reads CREATE of an app or of an object that belongs to it.
func (r *sqlReader) creation(p *sqlParts) {
	p.skipTo("STREAMLIT", "SECRET", "INTEGRATION", "RULE")
	kind := p.word()
	optional := p.words("IF", "NOT", "EXISTS")
	name := p.name()
	unnamed := p.unknown
	if kind == "STREAMLIT" && (name != "" || unnamed != "") {
		r.create(name, unnamed, optional, p)
		return
	}
	if name == "" {
		return
	}
	switch props := p.properties(); kind {
	case "SECRET":
		r.secret(name, props)
	case "INTEGRATION":
		r.integration(name, props)
	case "RULE":
		r.app.rules[storedName(r.qualified(name))] = props["VALUE_LIST"]
	}
}

// integration reads the network rules of an external access integration.
func (r *sqlReader) integration(name string, props map[string][]string) {
	rules, given := props["ALLOWED_NETWORK_RULES"]
	if !given {
		return
	}
	key := storedName(name)
	r.app.access[key] = nil
	for _, rule := range rules {
		r.app.access[key] = append(r.app.access[key], r.qualified(rule))
	}
}

// alter reads ALTER of the app, of an integration or of a network rule.
func (r *sqlReader) alter(p *sqlParts, second bool) {
	p.skipTo("STREAMLIT", "INTEGRATION", "RULE")
	kind := p.word()
	p.words("IF", "EXISTS")
	name := p.name()
	unnamed := p.unknown
	if !second {
		if full := r.qualified(name); kind == "STREAMLIT" && name != "" && !slices.Contains(r.altered, full) {
			r.altered = append(r.altered, full)
		}
		return
	}
	if kind == "STREAMLIT" {
		if p.s.At(p.at, "ADD", "LIVE", "VERSION") {
			for i, c := range r.app.created {
				r.app.created[i].live = c.live || c.app == cmp.Or(r.qualified(name), unnamed)
			}
		}
		if r.isApp(name, unnamed) {
			r.change(p)
		}
		return
	}
	if name == "" || !p.words("SET") {
		return
	}
	switch props := p.properties(); kind {
	case "INTEGRATION":
		r.integration(name, props)
	case "RULE":
		if hosts, given := props["VALUE_LIST"]; given {
			r.app.rules[storedName(r.qualified(name))] = hosts
		}
	}
}

// change reads ALTER STREAMLIT of the app.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (r *sqlReader) change(p *sqlParts) {
	if r.app.file == "" {
		r.app.file, r.app.line = r.file, r.line
	}
	switch {
	case p.words("SET"):
		r.set(p.properties(), p.open)
	case p.words("RENAME", "TO"):
		if name := p.name(); name != "" {
			r.app.name = r.qualified(name)
		}
	case p.words("UNSET"):
		for ; !p.done(); p.at++ {
			r.unset(strings.ToUpper(p.s.Tokens[p.at].Raw))
		}
	}
}

// unset removes a property.
func (r *sqlReader) unset(key string) {
	switch key {
	case "QUERY_WAREHOUSE":
		r.app.warehouse = ""
	case "TITLE":
		r.app.title = ""
	case "COMMENT":
		r.app.comment = ""
	case "EXTERNAL_ACCESS_INTEGRATIONS":
		r.app.integrations = nil
	case "SECRETS":
		r.app.secrets = nil
	}
}

// useSchema reads the name after USE SCHEMA.
func (r *sqlReader) useSchema(p *sqlParts) {
	parts, err := snowflake.Qualified(p.name())
	r.openSchema = p.unknown
	if err != nil {
		r.schema = ""
		return
	}
	r.schema = parts[len(parts)-1]
	if len(parts) > 1 {
		r.database = parts[len(parts)-2]
	}
}

// qualified returns a name qualified with the session's database and schema.
func (r *sqlReader) qualified(name string) string {
	if name == "" {
		return ""
	}
	if r.schema == "" {
		if parts, err := snowflake.Qualified(name); err != nil || len(parts) != 2 {
			return name
		}
	}
	return snowflake.LenientJoin(r.database, r.schema, name)
}

// create reads CREATE STREAMLIT of this app: the last statement with its main file, otherwise the last one without a
// main file. A statement whose name is unknown counts only if there is no other.
func (r *sqlReader) create(name, unnamed string, optional bool, p *sqlParts) {
	named := p.at
	props := p.properties()
	r.created++
	main := firstOf(props["MAIN_FILE"])
	if main != "" && path.Base(main) != r.main || main == "" && r.app.mainFile != "" {
		return
	}
	r.app.created = append(r.app.created, creation{
		path: r.file, statement: p.s, name: named, ifNotExists: optional, app: cmp.Or(r.qualified(name), unnamed),
	})
	if name == "" && r.app.name != "" {
		return
	}
	r.app.name, r.app.owner, r.unnamed, r.app.open = r.qualified(name), r.role, unnamed, nil
	r.app.mainFile, r.app.file, r.app.line = main, r.file, r.line
	r.app.root, r.app.from = firstOf(props["ROOT_LOCATION"]), firstOf(props["FROM"])
	_, r.app.legacy = props["ROOT_LOCATION"]
	r.opened("app.name", unnamed)
	if parts, err := snowflake.Qualified(r.app.name); err == nil {
		if len(parts) < 2 {
			r.opened("app.schema", r.openSchema)
		}
		if len(parts) < 3 {
			r.opened("app.database", r.openDatabase)
		}
	}
	r.set(props, p.open)
}

// opened records an answer whose value is known only when the SQL runs.
func (r *sqlReader) opened(key, text string) {
	if text != "" {
		r.app.open = append(r.app.open, manifest.UnresolvedAnswer{Key: key, Text: text, Path: r.file, Line: r.line})
	}
}

// set records properties of the app.
func (r *sqlReader) set(props map[string][]string, open map[string]string) {
	text := func(to *string, property, key string) {
		if v := firstOf(props[property]); v != "" {
			*to = v
		}
		r.opened(key, open[property])
	}
	text(&r.app.warehouse, "QUERY_WAREHOUSE", "app.query_warehouse")
	text(&r.app.title, "TITLE", "app.title")
	r.app.runtime = cmp.Or(firstOf(props["RUNTIME_NAME"]), r.app.runtime)
	text(&r.app.comment, "COMMENT", "app.comment")
	if list, ok := props["EXTERNAL_ACCESS_INTEGRATIONS"]; ok {
		r.app.integrations = list
	}
	if list, ok := props["IMPORTS"]; ok {
		r.app.imports = list
	}
	if list, ok := props["SECRETS"]; ok {
		r.app.secrets = nil
		for i := 0; i+1 < len(list); i += 2 {
			r.app.secrets = append(r.app.secrets, resources.SecretBinding{Key: list[i], Object: r.qualified(list[i+1])})
		}
	}
}

// secret reads CREATE SECRET, but never its value.
func (r *sqlReader) secret(name string, props map[string][]string) {
	d := scaffold.SecretDecl{Object: r.qualified(name), Existing: true, Type: scaffold.SecretTypeNamed(firstOf(props["TYPE"]))}
	if !d.Type.Known() {
		return
	}
	d.Integration = firstOf(props["API_AUTHENTICATION"])
	if flows := d.Type.Facts().Flows; len(flows) > 0 {
		d.Flow = flows[0]
		if _, ok := props["OAUTH_REFRESH_TOKEN"]; ok {
			d.Flow = scaffold.AuthorizationCode
		}
		d.Scopes = props["OAUTH_SCOPES"]
	}
	r.app.made[storedName(d.Object)] = d
}

// grant reads GRANT … ON STREAMLIT app TO a role of the account, a database or an application.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
func (r *sqlReader) grant(p *sqlParts) {
	privileges := []string{""}
	for !p.words("ON") {
		last := &privileges[len(privileges)-1]
		switch w := p.word(); {
		case w == "":
			return
		case w == ",":
			privileges = append(privileges, "")
		case *last == "":
			*last = w
		default: // one privilege with several words
			*last += " " + w
		}
	}
	if !p.words("STREAMLIT") {
		return
	}
	if name := p.name(); !r.isApp(name, p.unknown) || !p.words("TO") {
		return
	}
	kind := ""
	for _, of := range []string{"APPLICATION", "DATABASE"} {
		if p.s.At(p.at, of, "ROLE") {
			kind = of
			p.at++
		}
	}
	p.words("ROLE")
	role := p.name()
	for _, privilege := range privileges {
		if role != "" && privilege != "OWNERSHIP" {
			r.app.grants = append(r.app.grants, resources.AppGrant{Privilege: privilege, Role: role, Of: kind})
		}
	}
}

// isApp reports whether a name may be the app's, comparing the parts that both have, or whether it is the expression
// for the app's name.
func (r *sqlReader) isApp(name, unnamed string) bool {
	if name == "" {
		return unnamed != "" && unnamed == r.unnamed
	}
	a, err := snowflake.Qualified(r.qualified(name))
	b, err2 := snowflake.Qualified(cmp.Or(r.app.name, r.known))
	if err != nil || err2 != nil {
		return false
	}
	for i := 1; i <= min(len(a), len(b)); i++ {
		if !snowflake.SameName(a[len(a)-i], b[len(b)-i]) {
			return false
		}
	}
	return true
}

// storedName returns a qualified name as the account stores it, for comparisons.
func storedName(name string) string {
	parts, err := snowflake.Qualified(name)
	if err != nil {
		return name
	}
	for i, part := range parts {
		if s, err := snowflake.Stored(part); err == nil {
			parts[i] = s
		}
	}
	return strings.Join(parts, "\x00")
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
