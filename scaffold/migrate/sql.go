package migrate

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/snowflake/sqltext"
)

// appSQL is what SQL files tell of one app. Names are as they are written there.
type appSQL struct {
	// name is what CREATE STREAMLIT calls the app, qualified where that or USE tells more; empty where
	// no statement makes it.
	name, owner, warehouse, title, comment string
	mainFile, root, from                   string
	legacy                                 bool
	file                                   string // where it is made, with the line
	line                                   int
	integrations, imports                  []string
	secrets                                []scaffold.SecretBinding
	grants                                 []scaffold.AppGrant
	// made are the secrets that the files make, by their stored names.
	made map[string]scaffold.SecretDecl
	// rules have the hosts of network rules, access the rules of integrations, both by stored name.
	rules, access map[string][]string
}

// sqlReader goes through the statements of files, and keeps where the session is.
type sqlReader struct {
	app                    appSQL
	main                   string
	file                   string
	line                   int
	database, schema, role string
}

// readSQL reads the SQL files of an app whose main file is known, the files in order of their paths.
func readSQL(files map[string][]byte, main string) appSQL {
	r := sqlReader{main: main, app: appSQL{
		made: map[string]scaffold.SecretDecl{}, rules: map[string][]string{}, access: map[string][]string{},
	}}
	all := map[string][]sqltext.Statement{}
	for name, data := range files {
		all[name] = sqltext.Statements(data)
	}
	// The app first: what is said of it may stand in a file before.
	for _, second := range []bool{false, true} {
		for _, name := range inOrder(files) {
			r.file, r.database, r.schema, r.role = name, "", "", ""
			for _, s := range all[name] {
				r.line = s.Line
				r.statement(s, second)
			}
		}
	}
	return r.app
}

func (r *sqlReader) statement(s sqltext.Statement, second bool) {
	p := sqlParts{s, 0}
	switch {
	case p.words("USE", "ROLE"):
		r.role = p.name()
	case p.words("USE", "DATABASE"):
		r.database, r.schema = p.name(), ""
	case p.words("USE", "SCHEMA"):
		r.use(p.name())
	case p.words("CREATE"):
		p.skipTo("STREAMLIT", "SECRET", "INTEGRATION", "RULE")
		kind := p.word()
		p.words("IF", "NOT", "EXISTS")
		switch name := p.name(); {
		case name == "":
		case kind == "STREAMLIT" && !second:
			r.create(name, p.properties())
		case kind == "SECRET" && !second:
			r.secret(name, p.properties())
		case kind == "INTEGRATION" && !second:
			for _, rule := range p.properties()["ALLOWED_NETWORK_RULES"] {
				r.app.access[storedName(name)] = append(r.app.access[storedName(name)], r.qualified(rule))
			}
		case kind == "RULE" && !second:
			r.app.rules[storedName(r.qualified(name))] = p.properties()["VALUE_LIST"]
		}
	case second && p.words("ALTER", "STREAMLIT"):
		p.words("IF", "EXISTS")
		if name := p.name(); r.isApp(name) && p.words("SET") {
			r.set(p.properties())
		}
	case second && p.words("GRANT"):
		r.grant(p)
	}
}

// use takes the name behind USE SCHEMA.
func (r *sqlReader) use(name string) {
	parts, err := snowflake.Qualified(name)
	if err != nil {
		return
	}
	r.schema = parts[len(parts)-1]
	if len(parts) > 1 {
		r.database = parts[len(parts)-2]
	}
}

// qualified gives a name with the place that the session is in.
func (r *sqlReader) qualified(name string) string {
	if name == "" {
		return ""
	}
	if r.schema == "" {
		if parts, err := snowflake.Qualified(name); err != nil || len(parts) != 2 {
			return name
		}
	}
	return snowflake.AnyJoin(r.database, r.schema, name)
}

// create takes CREATE STREAMLIT of this app: the last one with its main file, else the last one that
// names none.
func (r *sqlReader) create(name string, props map[string][]string) {
	main := firstOf(props["MAIN_FILE"])
	if main != "" && path.Base(main) != r.main || main == "" && r.app.mainFile != "" {
		return
	}
	r.app.name, r.app.owner = r.qualified(name), r.role
	r.app.mainFile, r.app.file, r.app.line = main, r.file, r.line
	r.app.root, r.app.from = firstOf(props["ROOT_LOCATION"]), firstOf(props["FROM"])
	r.app.legacy = r.app.root != ""
	r.set(props)
}

// set takes properties of the app.
func (r *sqlReader) set(props map[string][]string) {
	text := func(to *string, key string) {
		if v := firstOf(props[key]); v != "" {
			*to = v
		}
	}
	text(&r.app.warehouse, "QUERY_WAREHOUSE")
	text(&r.app.title, "TITLE")
	text(&r.app.comment, "COMMENT")
	if list, ok := props["EXTERNAL_ACCESS_INTEGRATIONS"]; ok {
		r.app.integrations = list
	}
	if list, ok := props["IMPORTS"]; ok {
		r.app.imports = list
	}
	if list, ok := props["SECRETS"]; ok {
		r.app.secrets = nil
		for i := 0; i+1 < len(list); i += 2 {
			r.app.secrets = append(r.app.secrets, scaffold.SecretBinding{Key: list[i], Object: r.qualified(list[i+1])})
		}
	}
}

// secret takes CREATE SECRET, never its value.
func (r *sqlReader) secret(name string, props map[string][]string) {
	d := scaffold.SecretDecl{Object: r.qualified(name), Existing: true, Type: scaffold.SecretType(strings.ToLower(firstOf(props["TYPE"])))}
	if !slices.Contains([]scaffold.SecretType{scaffold.GenericString, scaffold.Password, scaffold.OAuth2, scaffold.CloudProviderToken}, d.Type) {
		return
	}
	d.Integration = firstOf(props["API_AUTHENTICATION"])
	if d.Type == scaffold.OAuth2 {
		d.Flow = scaffold.ClientCredentials
		if _, ok := props["OAUTH_REFRESH_TOKEN"]; ok {
			d.Flow = scaffold.AuthorizationCode
		}
		d.Scopes = props["OAUTH_SCOPES"]
	}
	r.app.made[storedName(d.Object)] = d
}

// grant takes GRANT … ON STREAMLIT app TO ROLE role.
func (r *sqlReader) grant(p sqlParts) {
	var privileges []string
	for !p.words("ON") {
		w := p.word()
		if w == "" {
			return
		}
		if w != "," {
			privileges = append(privileges, w)
		}
	}
	if !p.words("STREAMLIT") || !r.isApp(p.name()) || !p.words("TO") {
		return
	}
	p.words("ROLE")
	role := p.name()
	for _, privilege := range privileges {
		if role != "" && privilege != "OWNERSHIP" {
			r.app.grants = append(r.app.grants, scaffold.AppGrant{Privilege: privilege, Role: role})
		}
	}
}

// isApp says whether a name is the app's, as far as both tell.
func (r *sqlReader) isApp(name string) bool {
	a, err := snowflake.Qualified(r.qualified(name))
	b, err2 := snowflake.Qualified(r.app.name)
	if err != nil || err2 != nil {
		return false
	}
	for i := 1; i <= min(len(a), len(b)); i++ {
		if !snowflake.Same(a[len(a)-i], b[len(b)-i]) {
			return false
		}
	}
	return true
}

// storedName gives a qualified name as the account keeps it, for comparing.
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
