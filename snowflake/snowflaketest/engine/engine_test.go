package engine

import (
	"context"
	"strings"
	"testing"
	"time"

	"sleet/snowflake/snowflaketest/grammar"
)

// testEngine returns an account with what most tests need: the system roles, DEV, which creates apps in APPS, and
// VIEWER, all granted to SLEET.
func testEngine(t *testing.T, options Options) *Engine {
	t.Helper()
	options.Now = func() time.Time { return time.Unix(1_750_000_000, 0) }
	e := New(options)
	e.AddUser("SLEET", "DEV", AccountAdmin, "DEV", "VIEWER")
	return e
}

// runs runs statements that must succeed in a new session.
func runs(t *testing.T, e *Engine, role string, list ...string) *Session {
	t.Helper()
	s := e.Session("SLEET", role, "APPS", "PUBLIC", "COMPUTE_WH")
	for _, sql := range list {
		must(t, s, sql)
	}
	return s
}

func must(t *testing.T, s *Session, sql string) *Result {
	t.Helper()
	r, err := s.Run(context.Background(), sql, nil)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return r
}

// refused runs a statement that must fail with a code.
func refused(t *testing.T, s *Session, code int, sql string) {
	t.Helper()
	r, err := s.Run(context.Background(), sql, nil)
	switch {
	case err == nil:
		t.Errorf("%s: gave %v; want error %06d", sql, r.Rows, code)
	case err.Code != code:
		t.Errorf("%s: %v; want error %06d", sql, err, code)
	}
}

// cell returns a value of the first row by column name.
func cell(t *testing.T, r *Result, name string) any {
	t.Helper()
	for i, c := range r.Columns {
		if c.Name == name {
			if len(r.Rows) == 0 {
				t.Fatalf("no row for %s", name)
			}
			return r.Rows[0][i]
		}
	}
	t.Fatalf("no column %s", name)
	return nil
}

// objects creates the objects that the tables of statements refer to.
func objects(t *testing.T, e *Engine) *Session {
	t.Helper()
	s := runs(t, e, "DEV",
		"CREATE STAGE APPS.PUBLIC.ST ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE')",
		"CREATE NETWORK RULE APPS.PUBLIC.RULE1 TYPE = HOST_PORT MODE = EGRESS VALUE_LIST = ('api.example.com')",
		"CREATE SECRET APPS.PUBLIC.SEC TYPE = GENERIC_STRING SECRET_STRING = 'hush'",
		"GRANT USAGE ON SECRET APPS.PUBLIC.SEC TO ROLE ACCOUNTADMIN",
		"GRANT USAGE ON SCHEMA APPS.PUBLIC TO ROLE ACCOUNTADMIN",
		"GRANT USAGE ON DATABASE APPS TO ROLE ACCOUNTADMIN",
		"USE ROLE ACCOUNTADMIN",
		"CREATE EXTERNAL ACCESS INTEGRATION EAI ALLOWED_NETWORK_RULES = (APPS.PUBLIC.RULE1) ALLOWED_AUTHENTICATION_SECRETS = (APPS.PUBLIC.SEC) ENABLED = TRUE",
		"CREATE SECURITY INTEGRATION OAUTH TYPE = API_AUTHENTICATION AUTH_TYPE = OAUTH2 ENABLED = TRUE OAUTH_CLIENT_ID = 'x' OAUTH_CLIENT_SECRET = 'y'",
		"GRANT USAGE ON INTEGRATION EAI TO ROLE DEV",
		"GRANT USAGE ON INTEGRATION OAUTH TO ROLE DEV",
		"USE ROLE DEV", "USE SCHEMA APPS.PUBLIC",
	)
	put(t, s, "@ST/app", "streamlit_app.py", "import streamlit")
	return s
}

// put writes a file as the server would.
func put(t *testing.T, s *Session, where, path, text string) {
	t.Helper()
	r := must(t, s, "PUT 'file:///tmp/x' '"+strings.ReplaceAll(where, "'", "''")+"' AUTO_COMPRESS=FALSE OVERWRITE=TRUE")
	if r.Put == nil {
		t.Fatal("PUT hands nothing to the wire")
	}
	at := path
	if r.Put.Folder != "" {
		at = r.Put.Folder + "/" + path
	}
	r.Put.Files.Write(at, []byte(text), time.Unix(0, 0))
}

func TestAccepted(t *testing.T) {
	for _, sql := range []string{
		"SELECT 1", "select 1;", "SELECT CURRENT_ROLE(), CURRENT_USER() AS U", "SELECT CURRENT_AVAILABLE_ROLES()",
		"SELECT CURRENT_TIMESTAMP() AS NOW, CURRENT_VERSION() AS VERSION", "/* x */ SELECT 'it''s', 1.5, NULL IS NULL -- end",
		"SELECT * FROM (SELECT 1 AS A) LIMIT 0", "SELECT SHA2('a') = 'b', LENGTH('abc') > 2 AND NOT FALSE",
		"SELECT SYSTEM$GET_DEFAULT_PYTHON_ARTIFACT_REPOSITORY('3.11', 'schema', 'PUBLIC')",
		"ALTER SESSION SET QUERY_TAG = 'x'", "ALTER SESSION SET autocommit=True", "ALTER SESSION UNSET QUERY_TAG", "SHOW PARAMETERS LIKE 'QUERY_TAG' IN SESSION",
		"USE SECONDARY ROLES NONE", "USE WAREHOUSE COMPUTE_WH", "USE APPS.PUBLIC", "use database identifier('apps')",
		"CREATE SCHEMA IF NOT EXISTS S2 WITH MANAGED ACCESS COMMENT = 'x'", "CREATE OR REPLACE STAGE X DIRECTORY = (ENABLE = TRUE) COMMENT = ''",
		"create stage if not exists IDENTIFIER('APPS.PUBLIC.X')",
		"CREATE OR ALTER NETWORK RULE RULE1 TYPE = HOST_PORT MODE = EGRESS VALUE_LIST = ('b.example.com:8443', '*.x.com', '0.0.0.0:443')",
		"CREATE SECRET A TYPE = PASSWORD USERNAME = 'u' PASSWORD = 'p' COMMENT = 'c'",
		"CREATE SECRET B TYPE = OAUTH2 API_AUTHENTICATION = OAUTH OAUTH_SCOPES = ('a', 'b')",
		"CREATE SECRET C TYPE = OAUTH2 OAUTH_REFRESH_TOKEN = 't' OAUTH_REFRESH_TOKEN_EXPIRY_TIME = '2030-01-01' API_AUTHENTICATION = OAUTH",
		"CREATE SECRET D TYPE = CLOUD_PROVIDER_TOKEN API_AUTHENTICATION = 'OAUTH' ENABLED = TRUE",
		"CREATE SECRET E TYPE = SYMMETRIC_KEY ALGORITHM = GENERIC", "CREATE SECRET F TYPE = WORKLOAD_IDENTITY_FEDERATION",
		"ALTER SECRET SEC SET SECRET_STRING = 'new' COMMENT = 'c'", "ALTER SECRET IF EXISTS NOPE SET COMMENT = ''",
		"ALTER NETWORK RULE RULE1 SET VALUE_LIST = ('c.example.com') COMMENT = 'x'", "ALTER NETWORK RULE RULE1 UNSET COMMENT",
		"CREATE FUNCTION F(A STRING, B NUMBER(10, 2)) RETURNS VARIANT LANGUAGE PYTHON RUNTIME_VERSION = 3.12 HANDLER = 'f' AS $$\ndef f(a, b): return a\n$$",
		"CREATE OR REPLACE SECURE FUNCTION G() COPY GRANTS RETURNS STRING LANGUAGE PYTHON RUNTIME_VERSION = '3.12' COMMENT = 'c' HANDLER = 'g' EXTERNAL_ACCESS_INTEGRATIONS = (EAI) SECRETS = ('k' = SEC) AS 'x'",
		"CREATE STREAMLIT A1 FROM @ST/app RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME' QUERY_WAREHOUSE = COMPUTE_WH",
		"CREATE STREAMLIT IF NOT EXISTS IDENTIFIER('APPS.PUBLIC.A1') MAIN_FILE = 'streamlit_app.py' QUERY_WAREHOUSE = COMPUTE_WH RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11' COMPUTE_POOL = 'SYSTEM_COMPUTE_POOL_CPU';",
		"CREATE STREAMLIT A2 ROOT_LOCATION = '@APPS.PUBLIC.ST/app' MAIN_FILE = '/streamlit_app.py' QUERY_WAREHOUSE = COMPUTE_WH",
		"CREATE STREAMLIT A3 FROM '@ST/app' EXTERNAL_ACCESS_INTEGRATIONS = (EAI) SECRETS = ('k' = SEC) ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository)",
		"LIST @ST/app", "ls '@APPS.PUBLIC.ST'", "REMOVE '@ST/nothing' PATTERN = '.*'", "GET @ST/app file:///tmp/ PARALLEL = 4",
		"GRANT USAGE, READ ON SECRET SEC TO ROLE VIEWER", "GRANT ALL PRIVILEGES ON SCHEMA PUBLIC TO ROLE VIEWER", "REVOKE USAGE ON SECRET SEC FROM ROLE VIEWER",
		"GRANT USAGE ON FUTURE FUNCTIONS IN SCHEMA APPS.PUBLIC TO ROLE VIEWER", "SHOW FUTURE GRANTS IN SCHEMA APPS.PUBLIC",
		"SHOW ROLES", "SHOW WAREHOUSES LIKE 'comp%'", "SHOW COMPUTE POOLS", "SHOW DATABASES", "SHOW SCHEMAS IN DATABASE APPS", "SHOW STAGES IN SCHEMA APPS.PUBLIC",
		"SHOW SECRETS IN ACCOUNT", "SHOW NETWORK RULES IN APPS.PUBLIC STARTS WITH 'R' LIMIT 5 FROM 'A'", "SHOW INTEGRATIONS", "SHOW EXTERNAL ACCESS INTEGRATIONS LIKE 'E%'",
		"SHOW STREAMLITS", "SHOW TERSE STREAMLITS IN SCHEMA", "SHOW USER FUNCTIONS IN DATABASE", "SHOW GRANTS", "SHOW GRANTS TO ROLE DEV", "SHOW GRANTS TO USER SLEET",
		"SHOW GRANTS ON SCHEMA APPS.PUBLIC LIMIT 3", "SHOW GRANTS ON ACCOUNT", "SHOW GRANTS OF ROLE DEV",
		"DESCRIBE SECRET SEC", "DESC NETWORK RULE RULE1", "DESCRIBE INTEGRATION EAI", "DESC EXTERNAL ACCESS INTEGRATION EAI", "DESCRIBE STAGE ST", "DESC SCHEMA APPS.PUBLIC",
		"EXECUTE IMMEDIATE 'SELECT 1'", "EXECUTE IMMEDIATE $$ BEGIN RETURN 1; END; $$", "DROP SECRET IF EXISTS NOPE", "DROP FUNCTION IF EXISTS F()",
		"COMMENT ON SECRET SEC IS 'x'", "BEGIN", "COMMIT", "SET X = 1", "COPY FILES INTO @ST/b FROM @ST/app",
	} {
		e := testEngine(t, Options{})
		must(t, objects(t, e), sql)
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		code int
		sql  string
	}{
		{900, ""},
		{900, " -- nothing"},
		{1003, "SELEC 1"},
		{1003, "SELECT"},
		{1003, "SELECT 1 2"},
		{1003, "USE ROLE"},
		{1003, "USE ROLE my-role"},
		{1003, "USE ROLE select"},
		{1003, `USE ROLE ""`},
		{1003, "SELECT 'open"},
		{1003, "SELECT $$open"},
		{1003, "SELECT /* open"},
		{1003, "CREATE SECRET"},
		{1003, "CREATE TABLE X (A INT)"},
		{1003, "CREATE OR REPLACE SECRET IF NOT EXISTS X TYPE = GENERIC_STRING SECRET_STRING = 'x'"},
		{1003, "CREATE SECRET X TYPE = GENERIC_STRING SECRET_STRING = <secret:x>"},
		{1003, "CREATE SECRET a.b.c.d TYPE = GENERIC_STRING SECRET_STRING = 'x'"},
		{1003, "CREATE NETWORK RULE X TYPE = HOST_PORT MODE = EGRESS VALUE_LIST = ()"},
		{1003, "SHOW SECRETS LIKE x"},
		{8, "SELECT 1; SELECT 2"},
		{1422, "CREATE SECRET X TYPE = GENERIC_STRING SECRET = 'x'"},
		{1422, "CREATE SECRET X TYPE = GENERIC_STRING PASSWORD = 'x'"},
		{1008, "CREATE SECRET X TYPE = OTHER"},
		{2029, "CREATE SECRET X TYPE = PASSWORD USERNAME = 'x'"},
		{1008, "CREATE SECRET X TYPE = PASSWORD USERNAME = 'a:b' PASSWORD = 'p'"},
		{1008, "CREATE NETWORK RULE X TYPE = HOST_PORT MODE = EGRESS VALUE_LIST = ('*.com')"},
		{1008, "CREATE NETWORK RULE X TYPE = HOST_PORT MODE = EGRESS VALUE_LIST = ('a.com:99999')"},
		{1008, "CREATE NETWORK RULE X TYPE = HOST_PORT MODE = EGRESS VALUE_LIST = ('https://a.com')"},
		{2002, "CREATE SECRET SEC TYPE = GENERIC_STRING SECRET_STRING = 'x'"},
		{2003, "DESCRIBE SECRET NOPE"},
		{2003, "DESCRIBE STREAMLIT NOPE"},
		{2003, "DROP SECRET NOPE"},
		{2003, "SHOW SECRETS IN SCHEMA APPS.NOPE"},
		{2043, "USE SCHEMA NOPE"},
		{2043, "USE WAREHOUSE NOPE"},
		{2043, "USE ROLE NOPE"},
		{3013, "USE ROLE SECURITYADMIN2"},
		{1008, "CREATE STREAMLIT X FROM '@ST/app' RUNTIME_NAME = 'OTHER'"},
		{1422, "CREATE STREAMLIT X FROM '@ST/app' ROOT_LOCATION = '@ST' MAIN_FILE = 'x'"},
		{1422, "CREATE STREAMLIT X ROOT_LOCATION = '@ST/app' MAIN_FILE = 'x' RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'"},
		{1008, "CREATE STREAMLIT X FROM '@ST/app' MAIN_FILE = 'd/x.py' RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'"},
		{1008, "CREATE STREAMLIT X FROM '@ST/app' IMPORTS = ('@ST/x.zip')"},
		{1008, "CREATE STREAMLIT X FROM '@NOPE/app'"},
		{1008, "CREATE STREAMLIT X FROM '@ST/app' QUERY_WAREHOUSE = NOPE"},
		{1008, "CREATE STREAMLIT X FROM '@ST/app' SECRETS = ('k' = SEC)"}, // no integration allows it
		{1422, "CREATE STREAMLIT X FROM '@ST/app' PAGES = 'x'"},
		{1424, "CREATE STREAMLIT X FROM '@ST/app' TITLE = 'a' TITLE = 'b'"},
		{1003, "ALTER STREAMLIT X UNSET RUNTIME_NAME"},
		{1003, "ALTER SECRET SEC UNSET COMMENT"},
		{1003, "ALTER SECRET SEC RENAME TO X"},
		{1422, "ALTER SECRET SEC SET PASSWORD = 'x'"},
		{3008, "GRANT USAGE ON NETWORK RULE RULE1 TO ROLE VIEWER"},
		{2003, "GRANT USAGE ON SECRET SEC TO ROLE NOPE"},
		{3001, "CREATE EXTERNAL ACCESS INTEGRATION X ALLOWED_NETWORK_RULES = (RULE1) ENABLED = TRUE"},
		{2029, "CREATE EXTERNAL ACCESS INTEGRATION X ALLOWED_NETWORK_RULES = (RULE1)"},
		{98508, "DROP NETWORK RULE RULE1"},
		{2140, "SELECT NOPE()"},
		{904, "SELECT NOPE"},
		{1003, "EXECUTE IMMEDIATE $$ BEGIN END; $$"},
		{2140, "CALL SYSTEM$NOPE()"},
		{2029, "CREATE FUNCTION X() RETURNS STRING LANGUAGE PYTHON HANDLER = 'x' AS ''"},
		{1008, "CREATE FUNCTION X() RETURNS STRING LANGUAGE PYTHON RUNTIME_VERSION = '2.7' HANDLER = 'x' AS ''"},
		{2, "CREATE FUNCTION X() RETURNS STRING LANGUAGE JAVA HANDLER = 'x' AS ''"},
		{1003, "GRANT ROLE DEV"},
		{3001, "GRANT ROLE DEV TO ROLE VIEWER"},
	} {
		e := testEngine(t, Options{})
		e.add(&object{kind: grammar.KindRole, parts: grammar.Name{"SECURITYADMIN2"}})
		refused(t, objects(t, e), c.code, c.sql)
	}
}

// TestSyntaxPosition checks that a syntax error has its position.
func TestSyntaxPosition(t *testing.T) {
	s := testEngine(t, Options{}).Session("SLEET", "DEV", "", "", "")
	_, err := s.Run(context.Background(), "SELECT 1,\n  FROM x", nil)
	if err == nil || err.Line != 2 || err.Pos != 2 || !strings.Contains(err.Message, "line 2 at position 2 unexpected 'FROM'") {
		t.Errorf("got %+v", err)
	}
}

func FuzzStatement(f *testing.F) {
	for _, sql := range []string{
		"SELECT 1", "CREATE SECRET a TYPE = PASSWORD USERNAME = 'u' PASSWORD = 'p'", "GRANT USAGE ON SCHEMA a.b TO ROLE r", "EXECUTE IMMEDIATE $$BEGIN RAISE; END$$",
		"LIST @a/b", "PUT file:///x @~", `USE "a""b"`, "SHOW GRANTS ON FUNCTION f(int)", "CREATE STREAMLIT s FROM 'snow://streamlit/a/versions/live/'", "SELECT ?::int", "IDENTIFIER('", "\\", "'\\u12", "ALTER STREAMLIT a SET",
	} {
		f.Add(sql)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		e := testEngine(t, Options{})
		s := e.Session("SLEET", AccountAdmin, "", "", "")
		if r, err := s.Run(context.Background(), sql, nil); err == nil && r == nil {
			t.Error("neither a result nor an error")
		}
		_ = e.Snapshot()
	})
}
