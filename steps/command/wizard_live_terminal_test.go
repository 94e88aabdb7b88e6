//go:build unix

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

// machineWith returns a folder of connections with one to an account.
func machineWith(t *testing.T, account *snowflaketest.Account) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "connections.toml"), []byte(account.Profile()), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func newAccount(t *testing.T) *snowflaketest.Account {
	t.Helper()
	return snowflaketest.Serve(t)
}

// TestWalkIntoAnAccount continues from the written files to an account, and compares the account with one to which
// `sleet apply --yes` applied the same answers. The value is on no screen and in no file.
func TestWalkIntoAnAccount(t *testing.T) {
	const value = "p1geon-h0le"
	walked, applied := newAccount(t), newAccount(t)
	dir, state := t.TempDir(), t.TempDir()
	t.Setenv("XDG_STATE_HOME", state)
	t.Setenv("SNOWFLAKE_HOME", machineWith(t, walked))
	s := onTerminal(t, dir, "new", "demo", "--no-lock", "--database", "APPS", "--schema", "PUBLIC",
		"--host", "api.example.com", "--secret", "api_key:generic_string:st.secrets")
	s.take(t, walk{
		{"What do you want", down + enter},
		{"The app", enter},
		{"Choose where the app", enter},
		{"API keys, passwords", enter},
		{"Create ", enter},
		{"Deploy to Snowflake now", down},
		{"enter deploy", enter},
		{"SLEET", enter},
		{"Sent to your account", value + enter},
		{"enter apply", enter},
		{"Apply the plan", "y"},
		{"open in the browser", esc},
	})
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("exit code %d:\n%s", code, s.screen())
	}
	if strings.Contains(s.shown(), value) {
		t.Error("the value was shown")
	}
	for _, folder := range []string{dir, state} {
		for path, text := range texts(t, folder) {
			if strings.Contains(text, value) {
				t.Errorf("%s has the value", path)
			}
		}
	}
	var said strings.Builder
	host := machine.Host{
		In: strings.NewReader(""), Out: &said, Err: &said, Dir: dir, Build: machine.Build{Version: "test"}, Connect: accounts.Connect,
		Environ: []string{
			"SNOWFLAKE_HOME=" + machineWith(t, applied), "SLEET_SECRET_API_KEY=" + value,
			"XDG_STATE_HOME=" + t.TempDir(), "HOME=" + t.TempDir(),
		},
	}
	if code := Run(t.Context(), []string{"apply", "demo", "--yes"}, host); code != exit.Success {
		t.Fatalf("exit code %d\n%s", code, &said)
	}
	if diff := cmp.Diff(applied.Snapshot(), walked.Snapshot()); diff != "" {
		t.Errorf("(-apply --yes +wizard):\n%s", diff)
	}
}

// TestWalkConnectsFirst logs in before the questions, and chooses the database and the warehouse from the account.
func TestWalkConnectsFirst(t *testing.T) {
	const ctrlO = "\x0f"
	account := newAccount(t)
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("SNOWFLAKE_HOME", machineWith(t, account))
	s := onTerminal(t, dir, "new", "demo", "--no-lock")
	s.take(t, walk{
		{"Connect to Snowflake first", down + down + enter},
		{"SLEET", enter},
		{"The app", tab + tab},
		{"choose (", ctrlO},
		{"SNOWFLAKE", "apps" + enter},
		{"Database   APPS", enter},
		{"Choose where the app", enter},
		{"What runs the app", ctrlO},
		{"type a name", "compute" + enter},
		{"What runs the app", ctrlR},
		{"Create ", enter},
		{"Next steps", enter},
	})
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("exit code %d:\n%s", code, s.screen())
	}
	if text := texts(t, filepath.Join(dir, "demo"))["sleet.toml"]; !strings.Contains(text, `database = "APPS"`) {
		t.Errorf("the chosen database is not a key of sleet.toml:\n%s", text)
	}
}
