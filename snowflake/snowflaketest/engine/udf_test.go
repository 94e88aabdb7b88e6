package engine

import (
	"os/exec"
	"strings"
	"testing"
)

// pythonOf returns a Python interpreter, or skips the test if there is none.
func pythonOf(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on this machine")
	}
	return path
}

func TestPythonFunctions(t *testing.T) {
	e := testEngine(t, Options{Python: pythonOf(t)})
	s := objects(t, e)
	for _, sql := range []string{
		"CREATE SECRET PW TYPE = PASSWORD USERNAME = 'me' PASSWORD = 'pass''word'", "GRANT USAGE ON SECRET PW TO ROLE ACCOUNTADMIN",
		"CREATE SECRET OA TYPE = OAUTH2 API_AUTHENTICATION = OAUTH", "GRANT USAGE ON SECRET OA TO ROLE ACCOUNTADMIN",
		"USE ROLE ACCOUNTADMIN", "ALTER EXTERNAL ACCESS INTEGRATION EAI SET ALLOWED_AUTHENTICATION_SECRETS = (SEC, PW, OA)", "USE ROLE DEV",
	} {
		must(t, s, sql)
	}
	for _, c := range []struct{ returns, secret, body, want string }{
		{"STRING", "SEC", "import _snowflake\ndef f(): return _snowflake.get_generic_secret_string('k')", "hush"},
		{"STRING", "SEC", "from snowflake.snowpark.secrets import get_generic_secret_string as g\ndef f():\n  print('noise')\n  return g('k')", "hush"},
		{"STRING", "SEC", "import _snowflake\ndef f(): return str(_snowflake.get_secret_type('k'))", "GENERIC_STRING"},
		{"STRING", "PW", "import _snowflake, json\ndef f():\n  v = _snowflake.get_username_password('k')\n  return json.dumps([v.username, v.password])", `["me", "pass'word"]`},
		{"VARIANT", "PW", "import _snowflake\ndef f(): return {'u': _snowflake.get_username_password('k').username}", `{"u": "me"}`},
		{"STRING", "OA", "import _snowflake\ndef f(): return _snowflake.get_oauth_access_token('k')", "access-token-of-APPS.PUBLIC.OA"},
	} {
		must(t, s, "CREATE OR REPLACE FUNCTION FN() RETURNS "+c.returns+" LANGUAGE PYTHON RUNTIME_VERSION = '3.12' HANDLER = 'f' EXTERNAL_ACCESS_INTEGRATIONS = (EAI) SECRETS = ('k' = "+c.secret+") AS $$"+c.body+"$$")
		if got := must(t, s, "SELECT FN()").Rows[0][0]; got != c.want {
			t.Errorf("%s: gave %v; want %v", c.body, got, c.want)
		}
	}
	if got := must(t, s, "SELECT FN() IS NOT NULL AS OK").Rows[0][0]; got != true {
		t.Errorf("IS NOT NULL gives %v", got)
	}
	for _, c := range []struct {
		body, text string
	}{
		{"import _snowflake\ndef f(): return _snowflake.get_generic_secret_string('other')", "not bound"},
		{"import _snowflake\ndef f(): return _snowflake.get_username_password('k')", "of type GENERIC_STRING"},
		{"def f(): return object()", "not text"},
		{"def g(): pass", "KeyError"},
		{"def f(:", "SyntaxError"},
	} {
		must(t, s, "CREATE OR REPLACE FUNCTION FN() RETURNS STRING LANGUAGE PYTHON RUNTIME_VERSION = '3.12' HANDLER = 'f' EXTERNAL_ACCESS_INTEGRATIONS = (EAI) SECRETS = ('k' = SEC) AS $$"+c.body+"$$")
		_, err := s.Run(t.Context(), "SELECT FN()", nil)
		if codeOf(err) != 100357 || !strings.Contains(err.Message, c.text) || strings.Contains(err.Message, "hush") {
			t.Errorf("%s: %v", c.body, err)
		}
	}
}

// TestFunctionRights checks that a function runs with its owner's privileges, needs its integration's permission, and
// needs a warehouse.
func TestFunctionRights(t *testing.T) {
	e := testEngine(t, Options{Python: pythonOf(t)})
	s := objects(t, e)
	must(t, s, "CREATE SECURE FUNCTION FN() RETURNS STRING LANGUAGE PYTHON RUNTIME_VERSION = '3.12' HANDLER = 'f' EXTERNAL_ACCESS_INTEGRATIONS = (EAI) SECRETS = ('k' = SEC) AS $$import _snowflake\ndef f(): return _snowflake.get_generic_secret_string('k')$$")
	for _, sql := range []string{"GRANT USAGE ON DATABASE APPS TO ROLE VIEWER", "GRANT USAGE ON SCHEMA PUBLIC TO ROLE VIEWER", "GRANT USAGE ON FUNCTION FN() TO ROLE VIEWER"} {
		must(t, s, sql)
	}
	runs(t, e, AccountAdmin, "GRANT USAGE ON WAREHOUSE COMPUTE_WH TO ROLE VIEWER")
	v := e.Session("SLEET", "VIEWER", "APPS", "PUBLIC", "COMPUTE_WH")
	if got := must(t, v, "SELECT FN()").Rows[0][0]; got != "hush" {
		t.Errorf("gave %v", got)
	}
	refused(t, e.Session("SLEET", "DEV", "APPS", "PUBLIC", ""), 606, "SELECT FN()")
	runs(t, e, AccountAdmin, "ALTER INTEGRATION EAI SET ENABLED = FALSE")
	refused(t, v, 395092, "SELECT FN()")
	runs(t, e, AccountAdmin, "ALTER INTEGRATION EAI SET ENABLED = TRUE", "ALTER INTEGRATION EAI SET ALLOWED_AUTHENTICATION_SECRETS = NONE")
	refused(t, v, 395093, "SELECT FN()")
	none := testEngine(t, Options{})
	n := runs(t, none, "DEV", "CREATE FUNCTION FN() RETURNS STRING LANGUAGE PYTHON RUNTIME_VERSION = '3.12' HANDLER = 'f' AS ''")
	refused(t, n, 100357, "SELECT FN()")
}

// TestSnapshot checks that a snapshot contains no values of secrets but distinguishes different ones.
func TestSnapshot(t *testing.T) {
	e := testEngine(t, Options{})
	s := objects(t, e)
	before := e.Snapshot()
	for _, want := range []string{"SECRET APPS.PUBLIC.SEC OWNER DEV", "INTEGRATION EAI OWNER ACCOUNTADMIN", "GRANT USAGE ON INTEGRATION EAI TO ROLE DEV", "FILE app/streamlit_app.py #", "SECRET_STRING #"} {
		if !strings.Contains(before, want) {
			t.Errorf("the snapshot lacks %q:\n%s", want, before)
		}
	}
	if strings.Contains(before, "hush") {
		t.Error("the snapshot has a secret's value")
	}
	must(t, s, "ALTER SECRET SEC SET SECRET_STRING = 'other'")
	if e.Snapshot() == before {
		t.Error("another value, the same snapshot")
	}
	must(t, s, "ALTER SECRET SEC SET SECRET_STRING = 'hush'")
	if e.Snapshot() != before {
		t.Error("the same account, another snapshot")
	}
}
