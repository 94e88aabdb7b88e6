package resources_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"sleet/scaffold/resources"
	"sleet/scaffold/testapps"
	"sleet/snowflake"
)

// sqlPatterns returns every statement that sleet may write, in the notation of the reference pages
// and with their order of clauses: literal words, <kinds> of tokens, [optional] parts and {one|of}
// several.
func sqlPatterns() []string {
	return []string{
		// https://docs.snowflake.com/en/sql-reference/sql/use-role, use-database, use-schema
		`USE ROLE <ident>`,
		`USE DATABASE <ident>`,
		`USE SCHEMA <name>`,
		// https://docs.snowflake.com/en/sql-reference/sql/create-schema
		`CREATE SCHEMA IF NOT EXISTS <name>`,
		// https://docs.snowflake.com/en/sql-reference/sql/create-stage
		`CREATE STAGE IF NOT EXISTS <name> ENCRYPTION = ( TYPE = 'SNOWFLAKE_SSE' )`,
		// https://docs.snowflake.com/en/sql-reference/sql/create-network-rule
		`CREATE NETWORK RULE IF NOT EXISTS <name> TYPE = HOST_PORT VALUE_LIST = ( <texts> ) MODE = EGRESS`,
		// https://docs.snowflake.com/en/sql-reference/sql/create-secret
		`CREATE SECRET IF NOT EXISTS <name> TYPE = GENERIC_STRING SECRET_STRING = <value> [ COMMENT = <text> ]`,
		`CREATE SECRET IF NOT EXISTS <name> TYPE = PASSWORD USERNAME = <value> PASSWORD = <value> [ COMMENT = <text> ]`,
		`CREATE SECRET IF NOT EXISTS <name> TYPE = OAUTH2 API_AUTHENTICATION = <ident>
		   [ OAUTH_SCOPES = ( <texts> ) ] [ COMMENT = <text> ]`,
		`CREATE SECRET IF NOT EXISTS <name> TYPE = OAUTH2 OAUTH_REFRESH_TOKEN = <value>
		   OAUTH_REFRESH_TOKEN_EXPIRY_TIME = <value> API_AUTHENTICATION = <ident> [ COMMENT = <text> ]`,
		`CREATE SECRET IF NOT EXISTS <name> TYPE = CLOUD_PROVIDER_TOKEN API_AUTHENTICATION = <ident>
		   ENABLED = TRUE [ COMMENT = <text> ]`,
		// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
		`CREATE EXTERNAL ACCESS INTEGRATION IF NOT EXISTS <ident> [ ALLOWED_NETWORK_RULES = ( <names> ) ]
		   [ ALLOWED_AUTHENTICATION_SECRETS = ( <names> ) ] ENABLED = TRUE`,
		// https://docs.snowflake.com/en/sql-reference/sql/create-function
		`CREATE OR REPLACE SECURE FUNCTION <name> ( ) COPY GRANTS RETURNS STRING LANGUAGE PYTHON
		   RUNTIME_VERSION = '3.12' COMMENT = <text> HANDLER = 'get_secret'
		   EXTERNAL_ACCESS_INTEGRATIONS = ( <ident> ) SECRETS = ( <binding> ) AS <body>`,
		// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit, and for the last clause
		// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
		`CREATE STREAMLIT IF NOT EXISTS <name> FROM <location> MAIN_FILE = <text> QUERY_WAREHOUSE = <ident>
		   RUNTIME_NAME = { 'SYSTEM$WAREHOUSE_RUNTIME' | 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11' [ COMPUTE_POOL = <ident> ] }
		   [ COMMENT = <text> ] TITLE = <text> [ EXTERNAL_ACCESS_INTEGRATIONS = ( <ident> ) ]
		   [ SECRETS = ( <bindings> ) ]
		   [ ARTIFACT_REPOSITORIES = ( snowflake.snowpark.pypi_shared_repository ) ]`,
		// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit, and for the last clause as above
		`ALTER STREAMLIT <name> SET RUNTIME_NAME =
		   { 'SYSTEM$WAREHOUSE_RUNTIME' | 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11' [ COMPUTE_POOL = <ident> ] }
		   [ QUERY_WAREHOUSE = <ident> ] [ EXTERNAL_ACCESS_INTEGRATIONS = ( <names> ) ] [ SECRETS = ( <bindings> ) ]
		   [ ARTIFACT_REPOSITORIES = ( snowflake.snowpark.pypi_shared_repository ) ]`,
		`ALTER STREAMLIT <name> UNSET { SECRETS | EXTERNAL_ACCESS_INTEGRATIONS | ARTIFACT_REPOSITORIES | SECRETS , EXTERNAL_ACCESS_INTEGRATIONS }`,
		// https://docs.snowflake.com/en/sql-reference/sql/execute-immediate
		`EXECUTE IMMEDIATE <block>`,
		// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
		`GRANT USAGE ON { DATABASE <ident> | SCHEMA <name> | INTEGRATION <ident> | SECRET <name> | STREAMLIT <name> } TO ROLE <ident>`,
		`GRANT USAGE , READ ON SECRET <name> TO ROLE <ident>`,
		// https://docs.snowflake.com/en/sql-reference/sql/grant-caller
		`GRANT CALLER USAGE ON { DATABASE <ident> | SCHEMA <name> } TO ROLE <ident>`,
		// https://docs.snowflake.com/en/sql-reference/sql/grant-database-role
		`GRANT DATABASE ROLE SNOWFLAKE.CORTEX_USER TO ROLE <ident>`,
		// https://docs.snowflake.com/en/sql-reference/sql/revoke-privilege, revoke-database-role
		`REVOKE USAGE ON { DATABASE <ident> | SCHEMA <name> | INTEGRATION <ident> | SECRET <name> | STREAMLIT <name> } FROM ROLE <ident>`,
		`REVOKE USAGE , READ ON SECRET <name> FROM ROLE <ident>`,
		`REVOKE DATABASE ROLE SNOWFLAKE.CORTEX_USER FROM ROLE <ident>`,
		// https://docs.snowflake.com/en/sql-reference/sql/drop-streamlit, drop-function, drop-integration,
		// drop-secret, drop-network-rule
		`DROP { STREAMLIT | SECRET | NETWORK RULE } IF EXISTS <name>`,
		`DROP FUNCTION IF EXISTS <name> ( )`,
		`DROP INTEGRATION IF EXISTS <ident>`,
		// https://docs.snowflake.com/en/sql-reference/sql/remove
		`REMOVE <folder>`,
	}
}

// liveBlock is the only block of Snowflake Scripting that sleet writes.
// https://docs.snowflake.com/en/developer-guide/snowflake-scripting/exceptions
const liveBlock = `BEGIN ALTER STREAMLIT <name> ADD LIVE VERSION FROM LAST ;
  EXCEPTION WHEN OTHER THEN IF ( SQLCODE <> 99106 ) THEN RAISE ; END IF ; END ;`

// sqlGrammar checks statements against the patterns.
type sqlGrammar struct {
	token, ident, folder *regexp.Regexp
	statements           [][]string
	block, name          []string
}

func newSQLGrammar() sqlGrammar {
	words := regexp.MustCompile(`<>|<[a-z]+>|'[^']*'|[][{}|(),;=.]|[^][{}|(),;=.\s]+`)
	g := sqlGrammar{
		token:  regexp.MustCompile(`^(\$\$(?s:.*?)\$\$|'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|[A-Za-z_][A-Za-z0-9_$]*|[0-9]+|<>|[=(),.;])`),
		ident:  regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_$]{0,254}$`),
		folder: regexp.MustCompile(`^[A-Z_][A-Z0-9_]{0,254}$`),
		block:  words.FindAllString(liveBlock, -1),
		name:   []string{"<name>"},
	}
	for _, pattern := range sqlPatterns() {
		g.statements = append(g.statements, words.FindAllString(pattern, -1))
	}
	return g
}

// tokens splits a statement into tokens. A token that no statement of ours contains is an error.
func (g sqlGrammar) tokens(sql string) ([]string, error) {
	var list []string
	for rest := strings.TrimLeft(sql, " \n"); rest != ""; rest = strings.TrimLeft(rest, " \n") {
		t := g.token.FindString(rest)
		if t == "" {
			return nil, fmt.Errorf("no token at %.30q", rest)
		}
		list = append(list, t)
		rest = rest[len(t):]
	}
	return list, nil
}

// match reports whether a pattern matches all tokens.
func (g sqlGrammar) match(pattern, tokens []string) bool {
	for _, end := range g.seq(pattern, tokens, 0) {
		if end == len(tokens) {
			return true
		}
	}
	return false
}

// seq returns every index where a match of words that starts at index at may end.
func (g sqlGrammar) seq(words, tokens []string, at int) []int {
	if len(words) == 0 {
		return []int{at}
	}
	n, ways := 1, [][]string{}
	switch words[0] {
	case "[":
		n = closing(words)
		ways = append(alternatives(words[1:n-1]), nil)
	case "{":
		n = closing(words)
		ways = alternatives(words[1 : n-1])
	}
	var ends []int
	if n == 1 {
		if end, ok := g.one(words[0], tokens, at); ok {
			ends = g.seq(words[1:], tokens, end)
		}
		return ends
	}
	for _, way := range ways {
		for _, mid := range g.seq(way, tokens, at) {
			ends = append(ends, g.seq(words[n:], tokens, mid)...)
		}
	}
	return ends
}

// closing returns the length of the bracketed part at the start of words.
func closing(words []string) int {
	depth := 0
	for i, w := range words {
		switch w {
		case "[", "{":
			depth++
		case "]", "}":
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	panic("an open bracket in a pattern")
}

// alternatives splits words at bars outside brackets.
func alternatives(words []string) [][]string {
	var ways [][]string
	start, depth := 0, 0
	for i, w := range words {
		switch {
		case w == "[" || w == "{":
			depth++
		case w == "]" || w == "}":
			depth--
		case w == "|" && depth == 0:
			ways = append(ways, words[start:i])
			start = i + 1
		}
	}
	return append(ways, words[start:])
}

// one matches one word of a pattern and returns where the match ends.
func (g sqlGrammar) one(word string, tokens []string, at int) (int, bool) {
	if at >= len(tokens) {
		return 0, false
	}
	list := func(item string) (int, bool) {
		end, ok := g.one(item, tokens, at)
		for ok && end < len(tokens) && tokens[end] == "," {
			end, ok = g.one(item, tokens, end+1)
		}
		return end, ok
	}
	token := tokens[at]
	switch word {
	case "<ident>":
		return at + 1, g.isIdent(token)
	case "<name>":
		end, ok := g.one("<ident>", tokens, at)
		for i := 0; ok && i < 2 && end < len(tokens) && tokens[end] == "."; i++ {
			end, ok = g.one("<ident>", tokens, end+1)
		}
		return end, ok
	case "<names>":
		return list("<name>")
	case "<text>", "<value>":
		return at + 1, token[0] == '\'' && len(token) > 2
	case "<texts>":
		return list("<text>")
	case "<binding>":
		ends := g.seq([]string{"<text>", "=", "<name>"}, tokens, at)
		return append(ends, 0)[0], len(ends) == 1
	case "<bindings>":
		return list("<binding>")
	case "<location>", "<folder>":
		return at + 1, g.isLocation(token, word == "<folder>")
	case "<body>":
		return at + 1, strings.HasPrefix(token, "$$") || strings.HasPrefix(token, `'\n`)
	case "<block>":
		inner, err := g.tokens(unquoteBody(token))
		return at + 1, err == nil && g.match(g.block, inner)
	default:
		return at + 1, token == word
	}
}

func (g sqlGrammar) isIdent(token string) bool {
	if token[0] == '"' {
		return len(token) > 2 && len([]rune(snowflake.Unquote(token))) <= snowflake.MaxName
	}
	return g.ident.MatchString(token) && !snowflake.Reserved(token)
}

// isLocation reports whether a literal is '@STAGE/FOLDER', with a trailing slash for a whole
// folder.
func (g sqlGrammar) isLocation(token string, folder bool) bool {
	text := unquoteBody(token)
	i := strings.LastIndex(strings.TrimSuffix(text, "/"), "/")
	if i < 1 || text[0] != '@' || strings.HasSuffix(text, "/") != folder {
		return false
	}
	stage, err := g.tokens(text[1:i])
	return err == nil && g.match(g.name, stage) && g.folder.MatchString(strings.TrimSuffix(text[i+1:], "/"))
}

// unquoteBody returns the text of a literal or a $$ body.
func unquoteBody(token string) string {
	if inner, ok := strings.CutPrefix(token, "$$"); ok {
		return strings.TrimSuffix(inner, "$$")
	}
	if len(token) < 2 {
		return ""
	}
	return strings.NewReplacer("''", "'", `\\`, `\`, `\n`, "\n", `\t`, "\t").Replace(token[1 : len(token)-1])
}

// check returns an error if no pattern matches a statement.
func (g sqlGrammar) check(sql string) error {
	tokens, err := g.tokens(sql)
	if err != nil {
		return err
	}
	for _, pattern := range g.statements {
		if g.match(pattern, tokens) {
			return nil
		}
	}
	return fmt.Errorf("no pattern matches %q", tokens)
}

func TestSetupGrammar(t *testing.T) {
	g := newSQLGrammar()
	testapps.Each(t, func(t *testing.T, c testapps.Case) {
		for _, st := range append(resources.Setup(c.App), resources.Teardown(c.App)...) {
			for _, sql := range []string{st.SQL} {
				if sql == "" {
					continue
				}
				if err := g.check(fillSlots(sql)); err != nil {
					t.Errorf("%v:\n%s", err, sql)
				}
				if strings.Contains(sql, "<secret:") && g.check(sql) == nil {
					t.Errorf("a placeholder is accepted as a value:\n%s", sql)
				}
			}
		}
	})
}

func TestGrammarErrors(t *testing.T) {
	g := newSQLGrammar()
	for _, sql := range []string{
		"", "USE ROLE", "USE ROLE select", "USE ROLE a b", `USE ROLE ""`, "CREATE SCHEMA x",
		"CREATE OR REPLACE NETWORK RULE a TYPE = HOST_PORT VALUE_LIST = ('x') MODE = EGRESS",
		"CREATE NETWORK RULE IF NOT EXISTS a TYPE = HOST_PORT VALUE_LIST = () MODE = EGRESS",
		"CREATE SECRET IF NOT EXISTS a TYPE = GENERIC_STRING SECRET_STRING = <secret:a>",
		"CREATE SECRET IF NOT EXISTS a.b.c.d TYPE = GENERIC_STRING SECRET_STRING = 'x'",
		"CREATE STREAMLIT IF NOT EXISTS a FROM '@s/F' MAIN_FILE = 'x' QUERY_WAREHOUSE = w TITLE = 't'",
		"CREATE STREAMLIT IF NOT EXISTS a FROM 's/F' MAIN_FILE = 'x' QUERY_WAREHOUSE = w RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME' TITLE = 't'",
		"EXECUTE IMMEDIATE $$ BEGIN ALTER STREAMLIT a ADD LIVE VERSION FROM LAST; END; $$",
		"GRANT USAGE ON FUNCTION f() TO ROLE r", "DROP SECRET a", "REMOVE '@s/F'", "DROP FUNCTION IF EXISTS f",
	} {
		if err := g.check(sql); err == nil {
			t.Errorf("check(%q) = nil, want an error", sql)
		}
	}
}
