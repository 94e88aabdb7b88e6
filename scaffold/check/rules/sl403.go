package rules

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/credential"
	"sleet/snowflake/sqltext"
	"sleet/ui/message"
)

// sl403 returns the rule about SQL with invalid hosts or secrets, or with a credential.
func sl403() Rule {
	return Rule{
		ID: "SL403", Runtimes: everywhere(), Severity: facts.Error,
		Page: pageRule, Check: sqlAccess,
		Example: Example{
			Before: `## setup.sql
CREATE NETWORK RULE api_rule
  TYPE = HOST_PORT
  MODE = EGRESS
  VALUE_LIST = ('https://api.example.com/v1');
`,
			After: `## setup.sql
CREATE NETWORK RULE api_rule
  TYPE = HOST_PORT
  MODE = EGRESS
  VALUE_LIST = ('api.example.com');
`,
		},
	}
}

// sqlAccess returns the findings of SL403: what is wrong with the SQL that creates network rules,
// secrets and integrations.
func sqlAccess(a *facts.App, _ facts.Options) []facts.Finding {
	var list []facts.Finding
	allowed := map[string][]string{} // the secrets of each integration that the files create
	for _, p := range a.TextFiles() {
		if !strings.EqualFold(path.Ext(p), ".sql") {
			continue
		}
		for _, s := range sqltext.Statements(a.Files[p]) {
			list = append(list, wrongHosts(a, p, s)...)
			list = append(list, writtenCredentials(a, p, s)...)
			noteAllowed(allowed, s)
		}
	}
	return append(list, notAllowed(a, allowed)...)
}

// wrongHosts returns the findings for entries of a network rule that are not host[:port].
// https://docs.snowflake.com/en/sql-reference/sql/create-network-rule
func wrongHosts(a *facts.App, p string, s sqltext.Statement) []facts.Finding {
	if !mentions(s, "NETWORK", "RULE") || !mentions(s, "HOST_PORT") && !s.At(0, "ALTER") {
		return nil
	}
	var list []facts.Finding
	for _, t := range clause(s, "VALUE_LIST") {
		name, rest, address := strings.Cut(t.Text, "://")
		if !address || t.Kind != sqltext.Text || strings.ContainsAny(name, "<{& ") {
			continue
		}
		host, _, _ := strings.Cut(rest, "/")
		if _, err := scaffold.ParseHost(host); err != nil {
			host = "host:port"
		}
		f := a.TextFinding(p, t.Start, t.End, t.Text, message.New("finding.SL403.what.host", "value", t.Text))
		f.Fix = message.New("finding.SL403.fix.host", "host", "'"+host+"'")
		list = append(list, f)
	}
	return list
}

// writtenCredentials returns the findings for credentials in statements. No finding contains a
// value.
func writtenCredentials(a *facts.App, p string, s sqltext.Statement) []facts.Finding {
	var list []facts.Finding
	for i := 0; i+2 < len(s.Tokens); i++ {
		name, value := s.Tokens[i], s.Tokens[i+2]
		if name.Kind != sqltext.Word || value.Kind != sqltext.Text || !s.Tokens[i+1].IsSymbol("=") || !holdsCredential(name.Raw) {
			continue
		}
		if credential.InValue([]string{"password"}, value.Text).IsZero() {
			continue
		}
		f := a.TextFinding(p, name.Start, value.End, strings.ToUpper(name.Raw), message.New("finding.SL403.what.literal", "property", strings.ToUpper(name.Raw)))
		f.Severity, f.Fix = facts.Warning, message.New("finding.SL403.fix.literal")
		list = append(list, f)
	}
	return list
}

// holdsCredential reports whether the value of a property is a credential.
// https://docs.snowflake.com/en/sql-reference/sql/create-secret
func holdsCredential(property string) bool {
	return slices.Contains([]string{
		"SECRET_STRING", "PASSWORD", "OAUTH_REFRESH_TOKEN", "OAUTH_CLIENT_SECRET", "AWS_SECRET_KEY", "AZURE_SAS_TOKEN",
	}, strings.ToUpper(property))
}

// noteAllowed records the secrets that an integration allows.
func noteAllowed(allowed map[string][]string, s sqltext.Statement) {
	at := slices.IndexFunc(s.Tokens, func(t sqltext.Token) bool { return t.Is("INTEGRATION") })
	if at < 0 || !s.At(0, "CREATE") && !s.At(0, "ALTER") || !mentions(s, "EXTERNAL", "ACCESS") {
		return
	}
	at++
	if s.At(at, "IF", "NOT", "EXISTS") {
		at += 3
	}
	if at >= len(s.Tokens) {
		return
	}
	name := stored(s.Tokens[at])
	secrets := clause(s, "ALLOWED_AUTHENTICATION_SECRETS")
	if _, known := allowed[name]; !known || len(secrets) > 0 {
		allowed[name] = lastParts(secrets)
	}
}

// notAllowed returns the findings for secrets of the app that none of its integrations allows. An
// integration that no file creates may allow any.
// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
func notAllowed(a *facts.App, allowed map[string][]string) []facts.Finding {
	var list []facts.Finding
	all := a.SQLObjects()
	for _, made := range all {
		if made.Kind != facts.KindStreamlit || !made.Has("SECRETS") || ownSQL(a, made.Path) {
			continue
		}
		var secrets []string
		known, integrations := true, []string{}
		for _, other := range all {
			if !other.Same(made) || !other.Has("EXTERNAL_ACCESS_INTEGRATIONS") {
				continue
			}
			for _, name := range lastParts(other.Properties["EXTERNAL_ACCESS_INTEGRATIONS"].Value) {
				has, created := allowed[name]
				known, secrets = known && created, append(secrets, has...)
				if !slices.Contains(integrations, name) {
					integrations = append(integrations, name)
				}
			}
		}
		if !known || len(integrations) == 0 || slices.Contains(secrets, "ALL") {
			continue
		}
		value := made.Properties["SECRETS"].Value
		for i := 0; i+2 < len(value); i++ {
			if value[i].Kind != sqltext.Text || !value[i+1].IsSymbol("=") {
				continue
			}
			object := value[i+2:]
			if end := slices.IndexFunc(object, func(t sqltext.Token) bool { return t.Kind == sqltext.Symbol && t.Raw != "." }); end >= 0 {
				object = object[:end]
			}
			names := lastParts(object)
			if len(names) != 1 || slices.Contains(secrets, names[0]) {
				continue
			}
			at := made.Span(value[i])
			f := a.TextFinding(made.Path, at.Start, at.End, value[i].Text, message.New("finding.SL403.what.not_allowed", "secret", names[0]))
			f.Fix = message.New("finding.SL403.fix.not_allowed", "integration", strings.Join(integrations, ", "))
			list = append(list, f)
		}
	}
	return list
}

// ownSQL reports whether sleet wrote a file, which repeats the contents of the others. An app
// without sleet.toml has no such file.
func ownSQL(a *facts.App, p string) bool {
	return a.Answers != nil && path.Dir(p) == a.RootPath("sql") && slices.Contains([]string{"setup.sql", "teardown.sql", "migrate.sql", "rollback.sql", "admin.sql"}, path.Base(p))
}

// mentions reports whether a statement contains words in sequence.
func mentions(s sqltext.Statement, words ...string) bool {
	for i := range s.Tokens {
		if s.At(i, words...) {
			return true
		}
	}
	return false
}

// clause returns the tokens between the parentheses of PROPERTY = ( … ).
func clause(s sqltext.Statement, property string) []sqltext.Token {
	for i := 0; i+2 < len(s.Tokens); i++ {
		if !s.Tokens[i].Is(property) || !s.Tokens[i+1].IsSymbol("=") || !s.Tokens[i+2].IsSymbol("(") {
			continue
		}
		inner := s.Tokens[i+3:]
		if end := slices.IndexFunc(inner, func(t sqltext.Token) bool { return t.IsSymbol(")") }); end >= 0 {
			return inner[:end]
		}
		return inner
	}
	return nil
}

// lastParts returns the last part of each name in a list, as Snowflake stores it.
func lastParts(tokens []sqltext.Token) []string {
	var names []string
	for i, t := range tokens {
		if t.Kind != sqltext.Word && t.Kind != sqltext.Quoted && t.Kind != sqltext.Text || i+1 < len(tokens) && tokens[i+1].IsSymbol(".") {
			continue
		}
		names = append(names, stored(t))
	}
	return names
}

// stored returns a name as Snowflake stores it.
func stored(t sqltext.Token) string {
	if t.Kind == sqltext.Quoted {
		return t.Text
	}
	return strings.ToUpper(t.Text)
}
