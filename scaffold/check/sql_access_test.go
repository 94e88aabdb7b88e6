package check_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
)

// TestSQLAccess checks that addresses in place of hosts, credentials in statements, and secrets that no integration of
// the app allows are found.
func TestSQLAccess(t *testing.T) {
	t.Parallel()
	const integration = "CREATE EXTERNAL ACCESS INTEGRATION i ALLOWED_NETWORK_RULES = (r) ALLOWED_AUTHENTICATION_SECRETS = (db.s.one) ENABLED = TRUE;\n"
	for _, test := range []struct {
		name, sql string
		want      []string
	}{
		{"an address", "CREATE NETWORK RULE r MODE = EGRESS TYPE = HOST_PORT VALUE_LIST = ('https://api.example.com/v1', 'b.example.com:8443');", []string{
			"VALUE_LIST takes a host or host:port, not https://api.example.com/v1 | write 'api.example.com'",
		}},
		{"an address set later", "ALTER NETWORK RULE r SET VALUE_LIST = ('http://api.example.com:8080');", []string{
			"VALUE_LIST takes a host or host:port, not http://api.example.com:8080 | write 'api.example.com:8080'",
		}},
		{"a range of addresses", "CREATE NETWORK RULE r MODE = INGRESS TYPE = IPV4 VALUE_LIST = ('10.0.0.0/8');", nil},
		{"a credential", "CREATE SECRET k TYPE = GENERIC_STRING SECRET_STRING = 'p1geon-H0le-4471';", []string{"this file contains the value of SECRET_STRING | "}},
		{"a password", "create secret k type = password username = 'u' password = 'p1geon-H0le-4471';", []string{"this file contains the value of PASSWORD | "}},
		{"places for a credential", "CREATE SECRET k TYPE = GENERIC_STRING SECRET_STRING = '<your_key>';\nCREATE SECRET k TYPE = GENERIC_STRING SECRET_STRING = 'PLACEHOLDER';\n" +
			"CREATE SECRET k TYPE = GENERIC_STRING SECRET_STRING = '{{ key }}';\nCREATE SECRET k TYPE = GENERIC_STRING SECRET_STRING = $key;", nil},
		{"a secret that is not allowed", integration + "CREATE STREAMLIT a FROM '@s' EXTERNAL_ACCESS_INTEGRATIONS = (i) SECRETS = ('x' = one, 'y' = db.s.two) RUNTIME_NAME = 'r';\nALTER STREAMLIT a ADD LIVE VERSION FROM LAST;", []string{
			"no integration of the app allows the secret TWO | add it to ALLOWED_AUTHENTICATION_SECRETS of I",
		}},
		{"an integration of another file", "ALTER STREAMLIT a SET EXTERNAL_ACCESS_INTEGRATIONS = (elsewhere) SECRETS = ('y' = two);", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			folder := read(t, map[string]string{"streamlit_app.py": page, "a.sql": test.sql})
			var got []string
			for _, f := range check.Findings(folder.Apps[0], facts.Options{Runtime: scaffold.Container, Select: []string{"SL403"}}) {
				fix := f.Fix.String()
				if strings.Contains(f.Message.String(), "this file contains") {
					fix = ""
				}
				got = append(got, f.Message.String()+" | "+fix)
				if strings.Contains(f.Message.String()+f.Fix.String(), "p1geon") {
					t.Error("the finding has the credential")
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestSQLAccessOwn checks that a script written by sleet is not a finding, and that a person's script with the same
// name is.
func TestSQLAccessOwn(t *testing.T) {
	t.Parallel()
	const sql = "CREATE EXTERNAL ACCESS INTEGRATION i ALLOWED_NETWORK_RULES = (r) ALLOWED_AUTHENTICATION_SECRETS = (one) ENABLED = TRUE;\n" +
		"CREATE STREAMLIT a FROM '@s' EXTERNAL_ACCESS_INTEGRATIONS = (i) SECRETS = ('y' = two) RUNTIME_NAME = 'r';\nALTER STREAMLIT a ADD LIVE VERSION FROM LAST;"
	for _, name := range []string{"setup", "migrate", "rollback", "teardown", "admin"} {
		for _, own := range []bool{true, false} {
			files := map[string]string{"streamlit_app.py": page, "sql/" + name + ".sql": sql}
			if own {
				files["sleet.toml"] = "version = 1\n"
			}
			found := check.Findings(read(t, files).Apps[0], facts.Options{Runtime: scaffold.Container, Select: []string{"SL403"}})
			if (len(found) == 0) != own {
				t.Errorf("%s, of sleet %t: %v", name, own, found)
			}
		}
	}
}
