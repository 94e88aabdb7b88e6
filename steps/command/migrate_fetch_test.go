package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

// fetching is a machine with a warehouse app in an account.
type fetching struct {
	t       *testing.T
	dir     string
	account *snowflaketest.Account
	environ []string
}

func newFetching(t *testing.T) fetching {
	t.Helper()
	account, err := snowflaketest.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(account.Close)
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, "connections.toml"), []byte(account.Profile()), 0o600); err != nil {
		t.Fatal(err)
	}
	f := fetching{t, t.TempDir(), account, []string{
		"SNOWFLAKE_HOME=" + home, "HOME=" + t.TempDir(), "XDG_STATE_HOME=" + t.TempDir(), "SLEET_SECRET_API_KEY=p1geon-h0le",
	}}
	f.run(exit.Success, "new", "old", "--yes", "--runtime", "warehouse", "--database", "APPS", "--schema", "PUBLIC", "--secret", "api_key", "--host", "api.example.com")
	f.run(exit.Success, "apply", "old", "--yes")
	return f
}

func (f fetching) run(code int, args ...string) (said string) {
	f.t.Helper()
	var out strings.Builder
	host := machine.Host{In: strings.NewReader(""), Out: &out, Err: &out, Dir: f.dir, Build: machine.Build{Version: "test"}, Connect: accounts.Connect, Environ: f.environ}
	if got := Run(f.t.Context(), args, host); got != code {
		f.t.Fatalf("%v: exit code %d, want %d\n%s", args, got, code, &out)
	}
	return out.String()
}

func (f fetching) read(path string) string {
	f.t.Helper()
	data, err := os.ReadFile(filepath.Join(f.dir, path))
	if err != nil {
		f.t.Fatal(err)
	}
	return string(data)
}

// TestMigrateFromAccount checks that an app is downloaded from its account with its files, secrets and viewers, and
// migrated like a local one. Undo restores the files as the account has them.
func TestMigrateFromAccount(t *testing.T) {
	t.Parallel()
	f := newFetching(t)
	for _, each := range [][2]string{
		{"USERADMIN", "CREATE ROLE ANALYST"}, {"DEV", "GRANT USAGE ON STREAMLIT APPS.PUBLIC.OLD TO ROLE ANALYST"},
	} {
		if err := f.account.Exec(each[0], each[1]); err != nil {
			t.Fatal(err)
		}
	}
	f.run(exit.Success, "migrate", "moved", "--from", "APPS.PUBLIC.OLD", "--yes", "--no-lock")
	answers := f.read("moved/sleet.toml")
	for _, want := range []string{`name = "OLD"`, `runtime = "container"`, `object = "APPS.PUBLIC.OLD_API_KEY"`, `rules = ["APPS.PUBLIC.OLD_EGRESS"]`, `"ANALYST"`} {
		if !strings.Contains(answers, want) {
			t.Errorf("sleet.toml has no %s:\n%s", want, answers)
		}
	}
	f.run(exit.Success, "migrate", "moved", "--undo")
	for _, path := range []string{"streamlit_app.py", "environment.yml", ".streamlit/config.toml"} {
		if diff := cmp.Diff(f.read("old/"+path), f.read("moved/"+path)); diff != "" {
			t.Errorf("%s (-sent +fetched):\n%s", path, diff)
		}
	}
}

// TestMigrateLegacyFromAccount checks that an app with ROOT_LOCATION is downloaded from its stage, with what it
// imports, and cannot be altered.
func TestMigrateLegacyFromAccount(t *testing.T) {
	t.Parallel()
	f := newFetching(t)
	sql := "CREATE STREAMLIT APPS.PUBLIC.OLDER ROOT_LOCATION = '@APPS.PUBLIC.STREAMLIT_STAGE/OLD' MAIN_FILE = 'streamlit_app.py' QUERY_WAREHOUSE = COMPUTE_WH"
	if err := f.account.Exec("DEV", sql); err != nil {
		t.Fatal(err)
	}
	f.run(exit.Success, "migrate", "moved", "--from", "APPS.PUBLIC.OLDER", "--yes", "--no-lock")
	if text := f.read("moved/sql/migrate.sql"); !strings.Contains(text, "CREATE STREAMLIT") || strings.Contains(text, "SET\n  RUNTIME_NAME") {
		t.Errorf("an app with ROOT_LOCATION is altered:\n%s", text)
	}
}

// TestMigrateFromAccountRefused checks that nothing is written for a folder with files, an invalid name, or an unknown
// app.
func TestMigrateFromAccountRefused(t *testing.T) {
	t.Parallel()
	f := newFetching(t)
	tests := []struct {
		args []string
		code int
		says string
	}{
		{[]string{"migrate", "old", "--from", "APPS.PUBLIC.OLD", "--yes"}, exit.Invalid, "not empty"},
		{[]string{"migrate", "moved", "--from", "OLD", "--yes"}, exit.Invalid, "DATABASE.SCHEMA.NAME"},
		{[]string{"migrate", "moved", "--from", "APPS.PUBLIC.NOBODY", "--yes"}, exit.Failure, "NOBODY"},
	}
	for _, tt := range tests {
		if said := f.run(tt.code, tt.args...); !strings.Contains(said, tt.says) {
			t.Errorf("%v does not print %q:\n%s", tt.args, tt.says, said)
		}
	}
	if _, err := os.Stat(filepath.Join(f.dir, "moved")); err == nil {
		t.Error("a folder was created")
	}
}
