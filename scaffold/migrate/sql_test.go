package migrate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/resources"
)

const setupText = `-- The sales app
USE ROLE app_owner;
USE DATABASE sales_db; USE SCHEMA "My Apps";
CREATE OR REPLACE NETWORK RULE maps_rule MODE = EGRESS TYPE = HOST_PORT VALUE_LIST = ('maps.example.com', 'x.example.com:8443');
CREATE SECRET IF NOT EXISTS vault.s.api_key TYPE = GENERIC_STRING SECRET_STRING = 'hush; hush';
create secret login type = password username = 'u' password = 'p';
CREATE SECRET crm TYPE=OAUTH2 API_AUTHENTICATION=crm_oauth OAUTH_REFRESH_TOKEN='x' OAUTH_REFRESH_TOKEN_EXPIRY_TIME='2027-01-01';
CREATE OR REPLACE EXTERNAL ACCESS INTEGRATION maps ALLOWED_NETWORK_RULES = (maps_rule) ALLOWED_AUTHENTICATION_SECRETS = (vault.s.api_key) ENABLED = TRUE;
GRANT USAGE ON STREAMLIT sales TO ROLE analyst;
CREATE STREAMLIT other ROOT_LOCATION = '@s/other' MAIN_FILE = 'other.py';
CREATE OR REPLACE STREAMLIT sales
  ROOT_LOCATION = '@sales_db.public.stage/app' /* as it was */
  MAIN_FILE = 'app.py' QUERY_WAREHOUSE = "my wh" TITLE = 'It''s sales';
ALTER STREAMLIT sales SET EXTERNAL_ACCESS_INTEGRATIONS = (maps, "B") SECRETS = ('api_key' = vault.s.api_key, 'login' = login);
GRANT USAGE, EMBED ON STREAMLIT sales_db."My Apps".sales TO ROLE "Sales Team";
GRANT USAGE ON STREAMLIT elsewhere.x.sales TO ROLE nobody;
CREATE FUNCTION f() RETURNS STRING LANGUAGE PYTHON AS $$ CREATE STREAMLIT no; $$;
`

func TestReadSQL(t *testing.T) {
	got := readSQL(map[string][]byte{"a.sql": []byte(setupText), "b.sql": []byte("CREATE STREAMLIT &{x} MAIN_FILE = 'app.py'; CREATE")}, "app.py", "", nil)
	made := func(d scaffold.SecretDecl) scaffold.SecretDecl { d.Existing = true; return d }
	want := appSQL{
		name: `sales_db."My Apps".sales`, owner: "app_owner", warehouse: `"my wh"`, title: "It's sales",
		mainFile: "app.py", file: "a.sql", line: 11, root: "@sales_db.public.stage/app", legacy: true,
		integrations: []string{"maps", `"B"`},
		secrets:      []resources.SecretBinding{{Key: "api_key", Object: "vault.s.api_key"}, {Key: "login", Object: `sales_db."My Apps".login`}},
		grants:       []resources.AppGrant{{Privilege: "USAGE", Role: "analyst"}, {Privilege: "USAGE", Role: `"Sales Team"`}, {Privilege: "EMBED", Role: `"Sales Team"`}},
		made: map[string]scaffold.SecretDecl{
			"VAULT\x00S\x00API_KEY":        made(scaffold.SecretDecl{Object: "vault.s.api_key", Type: scaffold.GenericString}),
			"SALES_DB\x00My Apps\x00LOGIN": made(scaffold.SecretDecl{Object: `sales_db."My Apps".login`, Type: scaffold.Password}),
			"SALES_DB\x00My Apps\x00CRM": made(scaffold.SecretDecl{
				Object: `sales_db."My Apps".crm`, Type: scaffold.OAuth2, Flow: scaffold.AuthorizationCode, Integration: "crm_oauth",
			}),
		},
		rules:  map[string][]string{"SALES_DB\x00My Apps\x00MAPS_RULE": {"maps.example.com", "x.example.com:8443"}},
		access: map[string][]string{"MAPS": {`sales_db."My Apps".maps_rule`}},
	}
	got.created = nil
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(appSQL{})); diff != "" {
		t.Error(diff)
	}
}

// TestReadSQLNames reads names from variables, templates and IDENTIFIER, and an app that is only altered.
func TestReadSQLNames(t *testing.T) {
	open := func(key, text string) manifest.UnresolvedAnswer {
		return manifest.UnresolvedAnswer{Key: key, Text: text, Path: "a.sql", Line: 1}
	}
	for _, test := range []struct {
		name, sql, known string
		want             appSQL
	}{
		{"a text", "CREATE STREAMLIT IDENTIFIER('DB.S.APP') MAIN_FILE = 'app.py'", "", appSQL{name: "DB.S.APP"}},
		{"a name in a text", "USE DATABASE IDENTIFIER('db'); USE SCHEMA IDENTIFIER('db.s'); CREATE STREAMLIT app", "", appSQL{name: "db.s.app"}},
		{"a variable", "SET n = 'APP'; CREATE STREAMLIT IDENTIFIER($N) MAIN_FILE = 'app.py' QUERY_WAREHOUSE = $n", "", appSQL{name: "APP", warehouse: "APP"}},
		{"several variables", "SET (d, s) = ('DB', 'S'); USE DATABASE IDENTIFIER($d); USE SCHEMA IDENTIFIER($s); CREATE STREAMLIT app", "", appSQL{name: "DB.S.app"}},
		{"a variable without a value", "SET d = (SELECT 1); USE DATABASE IDENTIFIER($d); CREATE STREAMLIT s.app QUERY_WAREHOUSE = IDENTIFIER($w)", "", appSQL{
			name: "s.app", open: []manifest.UnresolvedAnswer{open("app.database", "IDENTIFIER($d)"), open("app.query_warehouse", "IDENTIFIER($w)")},
		}},
		{"an expression", "CREATE STREAMLIT IDENTIFIER($d || '.x') TITLE = 'T'; ALTER STREAMLIT IDENTIFIER($d || '.x') SET COMMENT = 'c'", "", appSQL{
			title: "T", comment: "c", open: []manifest.UnresolvedAnswer{open("app.name", "IDENTIFIER($d||'.x')")},
		}},
		{"templates", "CREATE STREAMLIT <% ctx.env.db %>.s.app TITLE = '<% ctx.env.db %> board' QUERY_WAREHOUSE = {{ wh }} COMMENT = '&{c}'", "", appSQL{
			name: "PROD.s.app", title: "PROD board", open: []manifest.UnresolvedAnswer{open("app.query_warehouse", "{{wh}}"), open("app.comment", "'&{c}'")},
		}},
		{"an old place that is a template", "CREATE STREAMLIT a ROOT_LOCATION = '{{ place }}'", "", appSQL{name: "a", legacy: true}},
		{"only altered", "ALTER STREAMLIT IF EXISTS db.s.app SET TITLE = 'T' QUERY_WAREHOUSE = w", "", appSQL{name: "db.s.app", title: "T", warehouse: "w"}},
		{"only altered, of several", "ALTER STREAMLIT x SET TITLE = 'X'; ALTER STREAMLIT y SET TITLE = 'Y'", "", appSQL{}},
		{"only altered, named elsewhere", "ALTER STREAMLIT x SET TITLE = 'X'; ALTER STREAMLIT y SET TITLE = 'Y'", "db.s.y", appSQL{title: "Y"}},
		{"renamed and unset", "CREATE STREAMLIT a TITLE = 'T' COMMENT = 'c'; ALTER STREAMLIT a UNSET TITLE, COMMENT; ALTER STREAMLIT a RENAME TO b", "", appSQL{name: "b"}},
		{"roles", "CREATE STREAMLIT a; GRANT USAGE ON STREAMLIT a TO APPLICATION ROLE r; GRANT USAGE ON STREAMLIT a TO DATABASE ROLE d.r; GRANT ALL PRIVILEGES ON STREAMLIT a TO ROLE r", "", appSQL{
			name: "a", grants: []resources.AppGrant{
				{Privilege: "USAGE", Role: "r", Of: "APPLICATION"}, {Privilege: "USAGE", Role: "d.r", Of: "DATABASE"}, {Privilege: "ALL PRIVILEGES", Role: "r"},
			},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := readSQL(map[string][]byte{"a.sql": []byte(test.sql)}, "app.py", test.known, map[string]string{"db": "PROD"})
			got.created = nil
			got.made, got.rules, got.access, got.file, got.line, got.mainFile, got.root, got.owner = nil, nil, nil, "", 0, "", "", ""
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(appSQL{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestReadSQLAltered reads an app's properties from ALTER STREAMLIT, and its integration and network rule from ALTER.
func TestReadSQLAltered(t *testing.T) {
	const text = `CREATE NETWORK RULE d.s.r MODE = EGRESS TYPE = HOST_PORT VALUE_LIST = ('a.example.com');
CREATE EXTERNAL ACCESS INTEGRATION i ALLOWED_NETWORK_RULES = (d.s.old) ENABLED = TRUE;
ALTER STREAMLIT d.s.app SET EXTERNAL_ACCESS_INTEGRATIONS = (i) SECRETS = ('k' = d.s.k);
ALTER EXTERNAL ACCESS INTEGRATION i SET ALLOWED_NETWORK_RULES = (d.s.r);
ALTER NETWORK RULE d.s.r SET VALUE_LIST = ('b.example.com');`
	got := readSQL(map[string][]byte{"a.sql": []byte(text)}, "app.py", "app", nil)
	want := appSQL{
		file: "a.sql", line: 3, integrations: []string{"i"}, secrets: []resources.SecretBinding{{Key: "k", Object: "d.s.k"}},
		made: map[string]scaffold.SecretDecl{}, rules: map[string][]string{"D\x00S\x00R": {"b.example.com"}}, access: map[string][]string{"I": {"d.s.r"}},
	}
	got.created = nil
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(appSQL{})); diff != "" {
		t.Error(diff)
	}
}

func FuzzReadSQL(f *testing.F) {
	f.Add([]byte(setupText))
	f.Fuzz(func(_ *testing.T, data []byte) { readSQL(map[string][]byte{"a.sql": data}, "app.py", "", nil) })
}
