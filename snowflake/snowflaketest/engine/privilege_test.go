package engine

import (
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest/grammar"
)

// TestPrivileges runs statements as the role VIEWER, or another, after grants by the owner. Each case lists grants,
// then a statement and the code of its error; 0 means no error.
func TestPrivileges(t *testing.T) {
	place := []string{"GRANT USAGE ON DATABASE APPS TO ROLE VIEWER", "GRANT USAGE ON SCHEMA APPS.PUBLIC TO ROLE VIEWER"}
	with := func(grants ...string) []string { return append(append([]string{}, place...), grants...) }
	for _, c := range []struct {
		grants []string
		as     string
		sql    string
		code   int
	}{
		{nil, "VIEWER", "USE DATABASE APPS", 2043},
		{nil, "VIEWER", "DESCRIBE SECRET APPS.PUBLIC.SEC", 2003},
		{place[:1], "VIEWER", "USE SCHEMA APPS.PUBLIC", 2043},
		{place, "VIEWER", "USE SCHEMA APPS.PUBLIC", 0},
		{place, "VIEWER", "DESCRIBE SECRET APPS.PUBLIC.SEC", 2003},
		{place, "VIEWER", "CREATE SECRET APPS.PUBLIC.SEC TYPE = GENERIC_STRING SECRET_STRING = 'x'", 3001},
		{with("GRANT CREATE SECRET ON SCHEMA APPS.PUBLIC TO ROLE VIEWER"), "VIEWER", "CREATE SECRET APPS.PUBLIC.SEC TYPE = GENERIC_STRING SECRET_STRING = 'x'", 3041},
		{with("GRANT CREATE SECRET ON SCHEMA APPS.PUBLIC TO ROLE VIEWER"), "VIEWER", "CREATE SECRET IF NOT EXISTS APPS.PUBLIC.SEC TYPE = GENERIC_STRING SECRET_STRING = 'x'", 3041},
		{with("GRANT CREATE SECRET ON SCHEMA APPS.PUBLIC TO ROLE VIEWER"), "VIEWER", "CREATE SECRET APPS.PUBLIC.OTHER TYPE = GENERIC_STRING SECRET_STRING = 'x'", 0},
		{with("GRANT USAGE ON SECRET APPS.PUBLIC.SEC TO ROLE VIEWER"), "VIEWER", "DESCRIBE SECRET APPS.PUBLIC.SEC", 0},
		{with("GRANT USAGE ON SECRET APPS.PUBLIC.SEC TO ROLE VIEWER"), "VIEWER", "ALTER SECRET APPS.PUBLIC.SEC SET SECRET_STRING = 'x'", 3001},
		{with("GRANT MODIFY ON SECRET APPS.PUBLIC.SEC TO ROLE VIEWER"), "VIEWER", "ALTER SECRET APPS.PUBLIC.SEC SET SECRET_STRING = 'x'", 0},
		{with("GRANT USAGE ON SECRET APPS.PUBLIC.SEC TO ROLE VIEWER"), "VIEWER", "DROP SECRET APPS.PUBLIC.SEC", 3001},
		{with("GRANT USAGE ON SECRET APPS.PUBLIC.SEC TO ROLE VIEWER"), "VIEWER", "GRANT READ ON SECRET APPS.PUBLIC.SEC TO ROLE PUBLIC", 3001},
		{with("GRANT READ ON SECRET APPS.PUBLIC.SEC TO ROLE VIEWER WITH GRANT OPTION"), "VIEWER", "GRANT READ ON SECRET APPS.PUBLIC.SEC TO ROLE PUBLIC", 0},
		{nil, "VIEWER", "USE WAREHOUSE COMPUTE_WH", 2043},
		{nil, "DEV", "CREATE DATABASE X", 3001},
		{nil, "DEV", "CREATE ROLE X", 3001},
		{nil, "DEV", "CREATE WAREHOUSE X", 3001},
		{nil, "DEV", "GRANT CREATE INTEGRATION ON ACCOUNT TO ROLE DEV", 3001},
		// The administrator is not a superuser: it has no rights on what roles outside its hierarchy own.
		{nil, AccountAdmin, "ALTER SECRET APPS.PUBLIC.SEC SET SECRET_STRING = 'x'", 3001},
		{nil, AccountAdmin, "CREATE STAGE APPS.PUBLIC.X", 3001},
		{nil, AccountAdmin, "DROP SCHEMA APPS.PUBLIC", 3001},
		{nil, AccountAdmin, "GRANT OWNERSHIP ON SECRET APPS.PUBLIC.SEC TO ROLE VIEWER", 3082}, // dependent grants
		{nil, AccountAdmin, "GRANT OWNERSHIP ON SECRET APPS.PUBLIC.SEC TO ROLE VIEWER COPY CURRENT GRANTS", 0},
		{nil, AccountAdmin, "CREATE DATABASE X", 0}, // through SYSADMIN
		{nil, AccountAdmin, "CREATE ROLE X", 0},     // through USERADMIN
		// The ownership of an app cannot be transferred.
		{nil, AccountAdmin, "GRANT OWNERSHIP ON STREAMLIT APPS.PUBLIC.APP TO ROLE VIEWER", 2},
		{nil, "DEV", "EXECUTE STREAMLIT APPS.PUBLIC.APP()", 0},
		{with("GRANT USAGE ON STREAMLIT APPS.PUBLIC.APP TO ROLE VIEWER"), "VIEWER", "EXECUTE STREAMLIT APPS.PUBLIC.APP()", 99108},
		{with("GRANT USAGE ON STREAMLIT APPS.PUBLIC.APP TO ROLE VIEWER", "ALTER STREAMLIT APPS.PUBLIC.APP ADD LIVE VERSION FROM LAST"), "VIEWER", "EXECUTE STREAMLIT APPS.PUBLIC.APP()", 0},
		{with("GRANT USAGE ON STREAMLIT APPS.PUBLIC.APP TO ROLE VIEWER"), "VIEWER", "ALTER STREAMLIT APPS.PUBLIC.APP SET TITLE = 'x'", 3001},
		{with("GRANT USAGE ON STREAMLIT APPS.PUBLIC.APP TO ROLE VIEWER"), "VIEWER", "LIST 'snow://streamlit/APPS.PUBLIC.APP/versions/last/'", 3001},
		{[]string{"ALTER STREAMLIT APPS.PUBLIC.APP ADD LIVE VERSION FROM LAST"}, "DEV", "ALTER STREAMLIT APPS.PUBLIC.APP ADD LIVE VERSION FROM LAST", 99106},
		{with("GRANT CREATE STREAMLIT ON SCHEMA APPS.PUBLIC TO ROLE VIEWER"), "VIEWER", "CREATE STREAMLIT APPS.PUBLIC.X FROM '@APPS.PUBLIC.ST/app'", 1008},
		{with("GRANT CREATE STREAMLIT ON SCHEMA APPS.PUBLIC TO ROLE VIEWER", "GRANT READ ON STAGE APPS.PUBLIC.ST TO ROLE VIEWER"), "VIEWER", "CREATE STREAMLIT APPS.PUBLIC.X FROM '@APPS.PUBLIC.ST/app'", 0},
		// Network rules: the schema's owner and administrators.
		{place, "VIEWER", "CREATE NETWORK RULE APPS.PUBLIC.X TYPE = HOST_PORT MODE = EGRESS VALUE_LIST = ('a.com')", 3001},
		{nil, AccountAdmin, "CREATE NETWORK RULE APPS.PUBLIC.X TYPE = HOST_PORT MODE = EGRESS VALUE_LIST = ('a.com')", 0},
		// Functions: every role that may use one sees its secret.
		{with("GRANT USAGE ON WAREHOUSE COMPUTE_WH TO ROLE VIEWER"), "VIEWER", "SELECT APPS.PUBLIC.FN()", 2140},
		// Managed access: the schema's owner grants, not the object's owner.
		{with("ALTER SCHEMA APPS.PUBLIC SET COMMENT = 'x'"), "VIEWER", "ALTER SCHEMA APPS.PUBLIC SET COMMENT = 'y'", 3001},
		// Future grants.
		{with("GRANT USAGE ON FUTURE SECRETS IN SCHEMA APPS.PUBLIC TO ROLE VIEWER", "CREATE SECRET APPS.PUBLIC.LATER TYPE = GENERIC_STRING SECRET_STRING = 'x'"), "VIEWER", "DESCRIBE SECRET APPS.PUBLIC.LATER", 0},
		{nil, "VIEWER", "USE ROLE SECURITYADMIN", 0}, // granted, below ACCOUNTADMIN
		{nil, "VIEWER", "SHOW GRANTS TO ROLE DEV", 0},
	} {
		e := testEngine(t, Options{})
		s := objects(t, e)
		must(t, s, "CREATE STREAMLIT APP FROM @ST/app RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'")
		must(t, s, "CREATE FUNCTION FN() RETURNS STRING LANGUAGE PYTHON RUNTIME_VERSION = '3.12' HANDLER = 'f' AS 'def f(): return 1'")
		// MANAGE GRANTS reaches objects in a schema on which the role has no privilege: revoke the grants of objects().
		for _, sql := range c.grants {
			if strings.Contains(sql, "ON WAREHOUSE") {
				runs(t, e, AccountAdmin, sql)
				continue
			}
			must(t, s, sql)
		}
		v := e.Session("SLEET", c.as, "", "", "COMPUTE_WH")
		_, err := v.Run(t.Context(), c.sql, nil)
		if got := codeOf(err); got != c.code {
			t.Errorf("%q, as %s: %s: %v; want %06d", c.grants, c.as, c.sql, err, c.code)
		}
	}
}

func codeOf(err *grammar.Error) int {
	if err == nil {
		return 0
	}
	return err.Code
}

// TestManagedAccess checks that only the owner of a schema with managed access grants in it.
func TestManagedAccess(t *testing.T) {
	e := testEngine(t, Options{})
	s := runs(t, e, "DEV", "CREATE SCHEMA APPS.M WITH MANAGED ACCESS", "GRANT USAGE ON DATABASE APPS TO ROLE VIEWER", "GRANT USAGE, CREATE SECRET ON SCHEMA APPS.M TO ROLE VIEWER")
	v := runs(t, e, "VIEWER", "CREATE SECRET APPS.M.MINE TYPE = GENERIC_STRING SECRET_STRING = 'x'")
	refused(t, v, 3001, "GRANT READ ON SECRET APPS.M.MINE TO ROLE PUBLIC")
	must(t, s, "USE ROLE ACCOUNTADMIN")
	must(t, s, "GRANT READ ON SECRET APPS.M.MINE TO ROLE PUBLIC")
}

// TestBoundSession checks that a token for one role cannot switch to another.
func TestBoundSession(t *testing.T) {
	e := testEngine(t, Options{})
	s, err := e.LogIn("sleet", "dev", "DEV", Place{Database: "apps", Schema: "nope", Warehouse: "compute_wh"})
	if err != nil {
		t.Fatal(err)
	}
	if at := s.Where(); at != (Place{"DEV", "APPS", "", "COMPUTE_WH"}) {
		t.Errorf("the session is at %+v", at)
	}
	refused(t, s, 3107, "USE ROLE ACCOUNTADMIN")
	if _, err := e.LogIn("sleet", "securityteam", "", Place{}); codeOf(err) != 390189 {
		t.Errorf("a role that is not granted: %v", err)
	}
}

// TestContainerRules checks what a container app requires of its pool, and the limits of a trial account.
func TestContainerRules(t *testing.T) {
	e := testEngine(t, Options{})
	s := objects(t, e)
	runs(t, e, AccountAdmin, "CREATE COMPUTE POOL IDLE MIN_NODES = 1 MAX_NODES = 1 INSTANCE_FAMILY = CPU_X64_XS AUTO_RESUME = FALSE",
		"CREATE COMPUTE POOL MINE MIN_NODES = 1 MAX_NODES = 1 INSTANCE_FAMILY = CPU_X64_XS", "GRANT USAGE ON COMPUTE POOL IDLE TO ROLE DEV", "GRANT MONITOR ON COMPUTE POOL MINE TO ROLE DEV")
	for sql, text := range map[string]string{
		"CREATE STREAMLIT X FROM @ST/app COMPUTE_POOL = IDLE":           "STREAMLIT_COMPUTE_POOL_NO_AUTO_RESUME",
		"CREATE STREAMLIT X FROM @ST/app COMPUTE_POOL = MINE":           "STREAMLIT_VALIDATION_FAILURE_NO_USAGE_ON_COMPUTE_POOL",
		"CREATE STREAMLIT X FROM @ST/app IMPORTS = ('@ST/x')":           "STREAMLIT_NO_IMPORTS_CONTAINER_RUNTIME",
		"CREATE STREAMLIT X FROM @ST/app EXECUTE AS CALLER":             "STREAMLIT_NO_EXECUTION_MODE_CONTAINER_RUNTIME",
		"ALTER ACCOUNT SET DEFAULT_STREAMLIT_COMPUTE_POOL = 'whatever'": "Insufficient privileges",
	} {
		if _, err := s.Run(t.Context(), sql, nil); err == nil || !strings.Contains(err.Message, text) {
			t.Errorf("%s: %v; want %s", sql, err, text)
		}
	}
	must(t, s, "CREATE STREAMLIT X FROM @ST/app")
	if got := cell(t, must(t, s, "DESCRIBE STREAMLIT X"), "runtime_name"); got != ContainerRuntime {
		t.Errorf("without RUNTIME_NAME the runtime is %v", got)
	}
	if got := cell(t, must(t, s, "DESCRIBE STREAMLIT X"), "compute_pool"); got != "SYSTEM_COMPUTE_POOL_CPU" {
		t.Errorf("the pool is %v", got)
	}
	runs(t, e, AccountAdmin, "ALTER ACCOUNT SET DEFAULT_STREAMLIT_COMPUTE_POOL = ''")
	if _, err := s.Run(t.Context(), "CREATE STREAMLIT Y FROM @ST/app", nil); err == nil || !strings.Contains(err.Message, "STREAMLIT_COMPUTE_POOL_NOT_SET") {
		t.Errorf("without a pool: %v", err)
	}
	trial := testEngine(t, Options{Trial: true})
	refused(t, trial.Session("SLEET", AccountAdmin, "", "", ""), 509009, "CREATE EXTERNAL ACCESS INTEGRATION X ENABLED = TRUE")
}

// TestVersions goes through the versions of an app.
func TestVersions(t *testing.T) {
	e := testEngine(t, Options{})
	s := objects(t, e)
	must(t, s, "CREATE STREAMLIT X FROM @ST/app RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'")
	refused(t, s, 99108, "ALTER STREAMLIT X COMMIT")
	if got := cell(t, must(t, s, "DESCRIBE STREAMLIT X"), "live_version_location_uri"); got != nil {
		t.Errorf("a live version from the start: %v", got)
	}
	must(t, s, "ALTER STREAMLIT X ADD LIVE VERSION FROM LAST")
	live := cell(t, must(t, s, "DESCRIBE STREAMLIT X"), "live_version_location_uri")
	if live != "snow://streamlit/APPS.PUBLIC.X/versions/live/" {
		t.Errorf("the live version is at %v", live)
	}
	put(t, s, live.(string), "pages/new.py", "x")
	r := must(t, s, "LIST '"+live.(string)+"'")
	if len(r.Rows) != 2 || r.Rows[0][0] != "/versions/live/pages/new.py" {
		t.Errorf("LIST gives %v", r.Rows)
	}
	must(t, s, "ALTER STREAMLIT X COMMIT")
	if r := must(t, s, "SHOW VERSIONS IN STREAMLIT X"); len(r.Rows) != 3 {
		t.Errorf("%d versions", len(r.Rows))
	}
	must(t, s, "REMOVE '"+live.(string)+"pages/new.py'")
	must(t, s, "ALTER STREAMLIT X ABORT")
	must(t, s, "ALTER STREAMLIT X ADD LIVE VERSION FROM LAST")
	if r := must(t, s, "LIST '"+live.(string)+"'"); len(r.Rows) != 2 {
		t.Errorf("what was committed did not come back: %v", r.Rows)
	}
	must(t, s, "CREATE STREAMLIT OLD ROOT_LOCATION = '@ST/app' MAIN_FILE = 'streamlit_app.py'")
	refused(t, s, 1008, "ALTER STREAMLIT OLD ADD LIVE VERSION FROM LAST")
	refused(t, s, 1422, "ALTER STREAMLIT OLD SET RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'")
	must(t, s, "ALTER STREAMLIT OLD SET TITLE = 'x' MAIN_FILE = 'y.py'")
	if got := cell(t, must(t, s, "DESCRIBE STREAMLIT OLD"), "root_location"); got != "@APPS.PUBLIC.ST/app" {
		t.Errorf("root_location is %v", got)
	}
}
