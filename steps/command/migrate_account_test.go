package command

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
	"sleet/snowflake/snowflaketest/engine"
)

// eachAccount runs a test on several accounts: one as documented, one with all traits of current accounts, and one for
// each of the other traits. With SLEET_CONFORMANCE=1 each trait of current accounts has its own account too.
func eachAccount(t *testing.T, test func(t *testing.T, account *snowflaketest.Account)) {
	t.Helper()
	kinds := map[string][]snowflaketest.Option{"documented": nil, "real": {snowflaketest.WithReal()}}
	for _, trait := range engine.Traits() {
		if os.Getenv("SLEET_CONFORMANCE") == "1" || !slices.Contains(engine.RealTraits(), trait) {
			kinds[string(trait)] = []snowflaketest.Option{snowflaketest.With(trait)}
		}
	}
	for name, options := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			account := snowflaketest.Serve(t, options...)
			if name == string(engine.PypiWithheld) {
				arrange(t, account, "ACCOUNTADMIN", "GRANT DATABASE ROLE SNOWFLAKE.PYPI_REPOSITORY_USER TO ROLE DEV")
			}
			test(t, account)
		})
	}
}

// arrange runs statements as a role.
func arrange(t *testing.T, account *snowflaketest.Account, role string, statements ...string) {
	t.Helper()
	for _, sql := range statements {
		if err := account.Exec(role, sql); err != nil {
			t.Fatal(err)
		}
	}
}

// salesFiles returns the files of a warehouse app that somebody deployed.
func salesFiles() map[string]string {
	return map[string]string{
		"streamlit_app.py": "import streamlit as st\nfrom snowflake.snowpark.context import get_active_session\n\n" +
			"session = get_active_session()\nst.write(session.sql(\"SELECT 1\").collect())\n",
		"environment.yml":        "name: sales\nchannels:\n- snowflake\ndependencies:\n- pandas\n- streamlit=1.35.0\n",
		"pages/more.py":          "import streamlit as st\n\nst.write(\"more\")\n",
		".streamlit/config.toml": "[theme]\nbase = \"dark\"\n",
	}
}

const salesYML = `definition_version: 2
entities:
  sales:
    type: streamlit
    identifier: {name: SALES, database: APPS, schema: PUBLIC}
    title: "Sales & more"
    comment: "of the north"
    query_warehouse: COMPUTE_WH
    runtime_name: SYSTEM$WAREHOUSE_RUNTIME
    main_file: streamlit_app.py
    artifacts: ["*.py", environment.yml, .streamlit/config.toml, pages/]
`

// salesApp returns a box with the folder of that app, and the app in the account with a grant: deployed with the
// Snowflake CLI, with Snowsight, or with ROOT_LOCATION.
func salesApp(t *testing.T, account *snowflaketest.Account, by string) *box {
	t.Helper()
	b := emptyBox(t, account)
	b.write("snowflake.yml", salesYML)
	for name, text := range salesFiles() {
		b.write(name, text)
	}
	const properties = " MAIN_FILE = 'streamlit_app.py' QUERY_WAREHOUSE = COMPUTE_WH TITLE = 'Sales & more' COMMENT = 'of the north'"
	place := "snow://streamlit/APPS.PUBLIC.SALES/versions/live/"
	switch by {
	case "cli":
		arrange(t, account, "DEV", "CREATE STREAMLIT IF NOT EXISTS APPS.PUBLIC.SALES"+properties+" RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'",
			"ALTER STREAMLIT APPS.PUBLIC.SALES ADD LIVE VERSION FROM LAST")
	case "snowsight":
		arrange(t, account, "DEV", "CREATE STREAMLIT APPS.PUBLIC.SALES"+properties+" RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'",
			"ALTER STREAMLIT APPS.PUBLIC.SALES ADD LIVE VERSION FROM LAST")
	default:
		arrange(t, account, "DEV", "CREATE STAGE APPS.PUBLIC.ROOT")
		place = "@APPS.PUBLIC.ROOT/sales/"
	}
	for name, text := range salesFiles() {
		if err := account.WriteFile("DEV", place+name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	switch by {
	case "snowsight":
		arrange(t, account, "DEV", "ALTER STREAMLIT APPS.PUBLIC.SALES COMMIT")
		_ = account.Exec("DEV", "ALTER STREAMLIT APPS.PUBLIC.SALES ADD LIVE VERSION FROM LAST") // error 099106 if COMMIT keeps the live version
	case "legacy":
		arrange(t, account, "DEV", "CREATE STREAMLIT APPS.PUBLIC.SALES ROOT_LOCATION = '@APPS.PUBLIC.ROOT/sales'"+properties)
	}
	arrange(t, account, "USERADMIN", "CREATE ROLE VIEWER")
	arrange(t, account, "DEV", "GRANT USAGE ON STREAMLIT APPS.PUBLIC.SALES TO ROLE VIEWER")
	return b
}

// object returns the part of a snapshot about an app.
func object(account *snowflaketest.Account, name string) string {
	_, rest, _ := strings.Cut(account.Snapshot(), "STREAMLIT APPS.PUBLIC."+name+" OWNER")
	lines := strings.SplitAfter(rest, "\n")
	for i, line := range lines[1:] {
		if !strings.HasPrefix(line, " ") {
			return strings.Join(lines[:i+1], "")
		}
	}
	return rest
}

// TestMigratedAppRuns migrates and applies somebody else's app without a question. It runs in the container with its
// code, title, comment and grants, another apply changes nothing, and rollback.sql and the files of the folder restore
// it.
func TestMigratedAppRuns(t *testing.T) {
	t.Parallel()
	for _, by := range []string{"cli", "snowsight"} {
		t.Run(by, func(t *testing.T) {
			t.Parallel()
			eachAccount(t, func(t *testing.T, account *snowflaketest.Account) {
				b := salesApp(t, account, by)
				b.must(0, "migrate", "demo", "--yes", "--no-lock")
				r := b.must(0, "apply", "demo", "--yes")
				if !strings.Contains(r.out, "/#/apps/") || !strings.Contains(r.out, "/#/streamlit-apps/APPS.PUBLIC.SALES") {
					t.Errorf("apply prints no URLs:\n%s", r.out)
				}
				migrated := object(account, "SALES")
				for _, want := range []string{
					`RUNTIME_NAME "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11"`, `TITLE "Sales & more"`, `COMMENT "of the north"`, "\n  LIVE\n",
				} {
					if !strings.Contains(migrated, want) {
						t.Errorf("the app lacks %s:\n%s", want, migrated)
					}
				}
				if !strings.Contains(account.Snapshot(), "GRANT USAGE ON STREAMLIT APPS.PUBLIC.SALES TO ROLE VIEWER") {
					t.Error("the grant was lost")
				}
				files := salesLive(t, account)
				if strings.Contains(files["streamlit_app.py"], "get_active_session") || files["environment.yml"] != "" || files["pyproject.toml"] == "" {
					t.Errorf("viewers see %q", files)
				}
				sent := len(account.Statements())
				b.must(0, "apply", "demo", "--yes")
				if list := changing(account.Statements()[sent:]); len(list) > 0 {
					t.Errorf("another apply sends\n%s", strings.Join(list, "\n"))
				}
				rolledBack(t, account, b)
			})
		})
	}
}

// salesLive returns the files that the app's viewers see.
func salesLive(t *testing.T, account *snowflaketest.Account) map[string]string {
	t.Helper()
	files, err := account.ReadFiles("DEV", "snow://streamlit/APPS.PUBLIC.SALES/versions/live/")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// rolledBack runs rollback.sql as it instructs, and checks that the app is a warehouse app again.
func rolledBack(t *testing.T, account *snowflaketest.Account, b *box) {
	t.Helper()
	script, err := os.ReadFile(filepath.Join(b.dir, "sql", "rollback.sql"))
	if err != nil {
		t.Fatal(err)
	}
	b.must(0, "migrate", "demo", "--undo")
	for name, want := range salesFiles() {
		if have, err := os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(name))); err != nil || string(have) != want {
			t.Errorf("the undo leaves %s as %q, %v", name, have, err)
		}
	}
	if err := account.RunScript("DEV", string(script)); err != nil {
		t.Fatal(err)
	}
	back := object(account, "SALES")
	if !strings.Contains(back, `RUNTIME_NAME "SYSTEM$WAREHOUSE_RUNTIME"`) || strings.Contains(back, "ARTIFACT_REPOSITORIES") {
		t.Errorf("after rollback.sql the app is\n%s", back)
	}
}

// TestUndoneMigrationApplies migrates, applies, undoes and applies one of sleet's own apps, which must end as the
// original warehouse app.
func TestUndoneMigrationApplies(t *testing.T) {
	t.Parallel()
	eachAccount(t, func(t *testing.T, account *snowflaketest.Account) {
		b := emptyBox(t, account)
		b.must(0, "new", "demo", "--yes", "--no-lock", "--runtime", "warehouse", "--database", "APPS", "--schema", "PUBLIC", "--name", "SALES", "--set", `roles.owner="DEV"`)
		b.must(0, "apply", "demo", "--yes")
		before := salesLive(t, account)
		b.must(0, "migrate", "demo", "--yes", "--no-lock")
		b.must(0, "apply", "demo", "--yes")
		if migrated := object(account, "SALES"); !strings.Contains(migrated, "CONTAINER_RUNTIME") {
			t.Fatalf("the app is\n%s", migrated)
		}
		b.must(0, "migrate", "demo", "--undo")
		b.must(0, "apply", "demo", "--yes")
		if back := object(account, "SALES"); !strings.Contains(back, `RUNTIME_NAME "SYSTEM$WAREHOUSE_RUNTIME"`) || strings.Contains(back, "ARTIFACT_REPOSITORIES") {
			t.Errorf("the app is\n%s", back)
		}
		after := salesLive(t, account)
		for name, text := range before {
			if after[name] != text {
				t.Errorf("viewers see %s as %q", name, after[name])
			}
		}
		if after["pyproject.toml"] != "" {
			t.Error("pyproject.toml stays in the live version")
		}
		b.must(0, "apply", "demo", "--plan")
	})
}

// TestUndoneMigrationOfOthersApplies does the same with somebody else's app without a sleet.toml, which must end as the
// original warehouse app, with its files, title, comment and grants.
func TestUndoneMigrationOfOthersApplies(t *testing.T) {
	t.Parallel()
	for _, by := range []string{"cli", "snowsight"} {
		t.Run(by, func(t *testing.T) {
			t.Parallel()
			eachAccount(t, func(t *testing.T, account *snowflaketest.Account) {
				b := salesApp(t, account, by)
				b.must(0, "migrate", "demo", "--yes", "--no-lock")
				b.must(0, "migrate", "demo", "--undo")
				if _, err := os.Stat(filepath.Join(b.dir, "sleet.toml")); err == nil {
					t.Error("a migration that was not applied leaves a sleet.toml")
				}
				b.must(0, "migrate", "demo", "--yes", "--no-lock")
				b.must(0, "apply", "demo", "--yes")
				if r := b.must(0, "migrate", "demo", "--undo"); !strings.Contains(r.err, "sleet apply") {
					t.Errorf("output of the undo:\n%s", r.err)
				}
				for name, want := range salesFiles() {
					if have, err := os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(name))); err != nil || string(have) != want {
						t.Errorf("the undo leaves %s as %q, %v", name, have, err)
					}
				}
				b.must(0, "apply", "demo", "--yes")
				back := object(account, "SALES")
				for _, want := range []string{`RUNTIME_NAME "SYSTEM$WAREHOUSE_RUNTIME"`, `TITLE "Sales & more"`, `COMMENT "of the north"`, "\n  LIVE\n"} {
					if !strings.Contains(back, want) {
						t.Errorf("the app lacks %s:\n%s", want, back)
					}
				}
				if strings.Contains(back, "ARTIFACT_REPOSITORIES") || !strings.Contains(account.Snapshot(), "GRANT USAGE ON STREAMLIT APPS.PUBLIC.SALES TO ROLE VIEWER") {
					t.Errorf("the app is\n%s", back)
				}
				files := salesLive(t, account)
				for name, text := range salesFiles() {
					if files[name] != text {
						t.Errorf("viewers see %s as %q", name, files[name])
					}
				}
				if files["pyproject.toml"] != "" {
					t.Error("pyproject.toml stays in the live version")
				}
				b.must(0, "apply", "demo", "--plan")
			})
		})
	}
}

// TestMigratedLegacyAppRuns checks that an app with ROOT_LOCATION stays, and that a container app is created beside it
// with its title, comment and viewers.
func TestMigratedLegacyAppRuns(t *testing.T) {
	t.Parallel()
	eachAccount(t, func(t *testing.T, account *snowflaketest.Account) {
		b := salesApp(t, account, "legacy")
		before := object(account, "SALES")
		b.must(0, "migrate", "demo", "--yes", "--no-lock", "--root-location")
		r := b.must(0, "apply", "demo", "--yes")
		if !strings.Contains(r.out, "/#/streamlit-apps/APPS.PUBLIC.SALES_CONTAINER") {
			t.Errorf("apply prints no URL:\n%s", r.out)
		}
		beside := object(account, "SALES_CONTAINER")
		for _, want := range []string{`RUNTIME_NAME "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11"`, `TITLE "Sales & more"`, `COMMENT "of the north"`, "\n  LIVE\n"} {
			if !strings.Contains(beside, want) {
				t.Errorf("the new app lacks %s:\n%s", want, beside)
			}
		}
		if object(account, "SALES") != before {
			t.Errorf("the old app was\n%s\nand now is\n%s", before, object(account, "SALES"))
		}
		b.must(0, "apply", "demo", "--plan")
	})
}
