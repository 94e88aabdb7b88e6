package engine

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// warehouseApp returns an account with a warehouse app as the golden migration scripts expect it: with a live version,
// secrets through an integration, and viewers.
func warehouseApp(t *testing.T, legacy bool) *Engine {
	t.Helper()
	e := testEngine(t, Options{})
	s := runs(t, e, "DEV",
		"CREATE STAGE APPS.PUBLIC.ST ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE')",
		"CREATE SECRET APPS.PUBLIC.API_KEY TYPE = GENERIC_STRING SECRET_STRING = 'hush'",
		"CREATE SECRET APPS.PUBLIC.LOGIN TYPE = PASSWORD USERNAME = 'sam' PASSWORD = 'hush'",
		"GRANT USAGE ON SECRET APPS.PUBLIC.API_KEY TO ROLE ACCOUNTADMIN", "GRANT USAGE ON SECRET APPS.PUBLIC.LOGIN TO ROLE ACCOUNTADMIN",
		"GRANT USAGE ON SCHEMA APPS.PUBLIC TO ROLE ACCOUNTADMIN", "GRANT USAGE ON DATABASE APPS TO ROLE ACCOUNTADMIN",
		"USE ROLE ACCOUNTADMIN",
		`CREATE EXTERNAL ACCESS INTEGRATION MAPS ALLOWED_AUTHENTICATION_SECRETS = (APPS.PUBLIC.API_KEY, APPS.PUBLIC.LOGIN) ENABLED = TRUE`,
		`CREATE EXTERNAL ACCESS INTEGRATION "Other" ALLOWED_AUTHENTICATION_SECRETS = (APPS.PUBLIC.LOGIN) ENABLED = TRUE`,
		"GRANT USAGE ON INTEGRATION MAPS TO ROLE DEV", `GRANT USAGE ON INTEGRATION "Other" TO ROLE DEV`,
		"USE ROLE DEV",
	)
	for _, file := range []string{"streamlit_app.py", "environment.yml"} {
		put(t, s, "@APPS.PUBLIC.ST/SALES", file, "before")
	}
	if legacy {
		must(t, s, "CREATE STREAMLIT APPS.PUBLIC.SALES ROOT_LOCATION = '@APPS.PUBLIC.ST/SALES' MAIN_FILE = 'streamlit_app.py' QUERY_WAREHOUSE = COMPUTE_WH EXTERNAL_ACCESS_INTEGRATIONS = (MAPS)")
	} else {
		must(t, s, "CREATE STREAMLIT APPS.PUBLIC.SALES FROM '@APPS.PUBLIC.ST/SALES' MAIN_FILE = 'streamlit_app.py' QUERY_WAREHOUSE = COMPUTE_WH RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME' TITLE = 'Sales'")
		must(t, s, "ALTER STREAMLIT APPS.PUBLIC.SALES ADD LIVE VERSION FROM LAST")
	}
	must(t, s, "GRANT USAGE ON STREAMLIT APPS.PUBLIC.SALES TO ROLE VIEWER")
	return e
}

// TestMigrationScripts runs each golden migration script twice. After it, the app must be a container app with the same URL
// and grants. After the rollback, the account must be as before.
func TestMigrationScripts(t *testing.T) {
	// Lists that were set before, according to the cases.
	before := map[string]string{
		"functions": "EXTERNAL_ACCESS_INTEGRATIONS = (MAPS) SECRETS = ('api_key' = APPS.PUBLIC.API_KEY, 'login' = APPS.PUBLIC.LOGIN)",
		"both_ways": `EXTERNAL_ACCESS_INTEGRATIONS = (MAPS, "Other") SECRETS = ('api_key' = APPS.PUBLIC.API_KEY, 'login' = APPS.PUBLIC.LOGIN)`,
	}
	for _, name := range []string{"plain", "functions", "both_ways", "legacy", "japanese"} {
		t.Run(name, func(t *testing.T) {
			const folder = "../../../scaffold/resources/testdata/move/"
			migrate, rollback := read(t, folder+name+".migrate.sql"), read(t, folder+name+".rollback.sql")
			e := warehouseApp(t, name == "legacy")
			role := "DEV"
			if strings.Contains(migrate, "CREATE EXTERNAL ACCESS INTEGRATION") && !strings.Contains(migrate, "USE ROLE") {
				runs(t, e, AccountAdmin, "GRANT CREATE INTEGRATION ON ACCOUNT TO ROLE DEV")
			}
			owner := e.Session("SLEET", "DEV", "APPS", "PUBLIC", "")
			if lists := before[name]; lists != "" {
				runs(t, e, "DEV", "ALTER STREAMLIT APPS.PUBLIC.SALES SET "+lists)
			}
			was := likened(e)
			url := cell(t, must(t, owner, "DESCRIBE STREAMLIT APPS.PUBLIC.SALES"), "url_id")
			runScript(t, e.Session("SLEET", role, "APPS", "PUBLIC", "COMPUTE_WH"), migrate)
			once := e.Snapshot()
			runScript(t, e.Session("SLEET", role, "APPS", "PUBLIC", "COMPUTE_WH"), migrate)
			if again := e.Snapshot(); again != once {
				t.Errorf("a second run changes the account:\n%s\n---\n%s", once, again)
			}
			moved := "APPS.PUBLIC.SALES"
			if name == "legacy" {
				moved = "APPS.PUBLIC.SALES_CONTAINER"
			}
			now := must(t, owner, "DESCRIBE STREAMLIT "+moved)
			if got := cell(t, now, "runtime_name"); got != ContainerRuntime {
				t.Errorf("the app runs in %v", got)
			}
			if got := cell(t, now, "url_id"); (got == url) == (name == "legacy") {
				t.Errorf("the URL is %v and was %v", got, url)
			}
			if !strings.Contains(once, "GRANT USAGE ON STREAMLIT "+moved+" TO ROLE VIEWER") {
				t.Errorf("the viewers' grant is gone:\n%s", once)
			}
			for range 2 {
				runScript(t, e.Session("SLEET", role, "APPS", "PUBLIC", "COMPUTE_WH"), rollback)
			}
			if back := likened(e); back != was {
				t.Errorf("after the rollback:\n%s\n--- it was\n%s", back, was)
			}
		})
	}
}

// likened returns a snapshot without what a rollback leaves: the stage and schema, which others may use, and grants to
// the owner and the administrator.
func likened(e *Engine) string {
	text := e.Snapshot()
	text = regexp.MustCompile(`(?m)^STAGE APPS.PUBLIC.STREAMLIT_STAGE .*\n(?:  .*\n)*`).ReplaceAllString(text, "")
	lines := strings.Split(text, "\n")
	lines = slices.DeleteFunc(lines, func(line string) bool {
		return regexp.MustCompile(`^GRANT (USAGE|READ) ON .* TO ROLE (DEV|ACCOUNTADMIN|VIEWER)$`).MatchString(line) && !strings.Contains(line, "STREAMLIT")
	})
	return strings.Join(lines, "\n")
}
