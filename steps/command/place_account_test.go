package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// TestApplyWithoutAPlace checks the error if neither the answers nor the connection name a schema that the role can
// use: it says what to set, has exit code 2, and no script for an administrator.
func TestApplyWithoutAPlace(t *testing.T) {
	t.Parallel()
	account := snowflaketest.Serve(t)
	arrange(t, account, "ACCOUNTADMIN", "CREATE DATABASE NOPUB", "GRANT USAGE ON DATABASE NOPUB TO ROLE DEV", "DROP SCHEMA NOPUB.PUBLIC", "CREATE DATABASE LOCKED")
	for name, c := range map[string]struct {
		database string
		says     []string
	}{
		"no schema":         {"NOPUB", []string{"NOPUB", "app.schema"}},
		"a hidden database": {"LOCKED", []string{"LOCKED", "DEV", "app.database"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := emptyBox(t, account)
			b.profile(strings.NewReplacer(`"APPS"`, `"`+c.database+`"`, "schema = \"PUBLIC\"\n", "").Replace(account.Profile()))
			b.must(0, "new", "demo", "--yes", "--no-lock")
			r := b.run(nil, "apply", "demo", "--yes")
			code, says := exit.Invalid, c.says
			if name == "a hidden database" && os.Getenv("SLEET_TEST_REAL") != "" {
				// Here the user's secondary roles show the database, so the account itself refuses what the role may
				// not do.
				code, says = exit.Failure, []string{"LOCKED", "DEV"}
			}
			if r.code != code {
				t.Errorf("exit code %d, want %d\n%s", r.code, code, r.err)
			}
			for _, want := range says {
				if !strings.Contains(r.err, want) {
					t.Errorf("no %q in the output:\n%s", want, r.err)
				}
			}
			if _, err := os.Stat(filepath.Join(b.dir, "sql", "admin.sql")); err == nil && code == exit.Invalid {
				t.Error("there is an admin.sql, which nobody can run")
			}
		})
	}
}
