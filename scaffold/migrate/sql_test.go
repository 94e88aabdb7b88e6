package migrate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
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
	got := readSQL(map[string][]byte{"a.sql": []byte(setupText), "b.sql": []byte("CREATE STREAMLIT &{x} MAIN_FILE = 'app.py'; CREATE")}, "app.py")
	made := func(d scaffold.SecretDecl) scaffold.SecretDecl { d.Existing = true; return d }
	want := appSQL{
		name: `sales_db."My Apps".sales`, owner: "app_owner", warehouse: `"my wh"`, title: "It's sales",
		mainFile: "app.py", file: "a.sql", line: 11, root: "@sales_db.public.stage/app", legacy: true,
		integrations: []string{"maps", `"B"`},
		secrets:      []scaffold.SecretBinding{{Key: "api_key", Object: "vault.s.api_key"}, {Key: "login", Object: `sales_db."My Apps".login`}},
		grants:       []scaffold.AppGrant{{Privilege: "USAGE", Role: "analyst"}, {Privilege: "USAGE", Role: `"Sales Team"`}, {Privilege: "EMBED", Role: `"Sales Team"`}},
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
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(appSQL{})); diff != "" {
		t.Error(diff)
	}
}

func FuzzReadSQL(f *testing.F) {
	f.Add([]byte(setupText))
	f.Fuzz(func(_ *testing.T, data []byte) { readSQL(map[string][]byte{"a.sql": data}, "app.py") })
}
