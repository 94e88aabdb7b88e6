//go:build unix

package command

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

// TestApplyOnScreens deploys an app with `sleet apply` on a terminal: it asks for the missing value, shows the plan and
// the role that runs it, and exits like the command without screens.
func TestApplyOnScreens(t *testing.T) {
	const value = "p1geon-h0le"
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("SNOWFLAKE_HOME", machineWith(t, newAccount(t)))
	made(t, dir)
	s := onTerminal(t, dir, "apply", "demo", "--connection", "demo")
	s.take(t, walk{
		{"Sent to your account", value + enter},
		{"(role DEV, connection demo)", ""},
		{"enter apply", enter},
		{"Apply the plan", "y"},
		{"open in the browser", esc},
	})
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("exit code %d:\n%s", code, s.screen())
	}
	if screen := s.screen(); strings.Contains(s.shown(), value) || !strings.Contains(screen, "The app is deployed:") {
		t.Errorf("left on the terminal:\n%s", screen)
	}

	// If nothing changes, Enter ends the run. Unchanged objects can be expanded.
	s = onTerminal(t, dir, "apply", "demo", "--connection", "demo")
	s.take(t, walk{{"No changes.", ""}, {"unchanged ▾", " "}, {"schema APPS.PUBLIC", ""}, {"enter finish", enter}})
	if code := s.ends(t); code != exit.Success {
		t.Errorf("no changes: exit code %d:\n%s", code, s.screen())
	}
}

// TestApplyLeftOnScreens checks that the plan can be left without applying it.
func TestApplyLeftOnScreens(t *testing.T) {
	account := newAccount(t)
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("SNOWFLAKE_HOME", machineWith(t, account))
	t.Setenv("SLEET_SECRET_API_KEY", "p1geon-h0le")
	made(t, dir)
	before := account.Snapshot()
	s := onTerminal(t, dir, "apply", "demo", "--connection", "demo")
	s.take(t, walk{{"enter apply", enter}, {"Apply the plan", "n"}, {"enter apply", "\x03"}})
	if code := s.ends(t); code != exit.Stopped {
		t.Errorf("exit code %d:\n%s", code, s.screen())
	}
	if after := account.Snapshot(); len(after) != len(before) {
		t.Errorf("the account has %d objects, %d before", len(after), len(before))
	}
}

// TestApplyPlain checks the text output on a terminal: in colours and columns, with the queries' ids only under
// --verbose.
func TestApplyPlain(t *testing.T) {
	for _, more := range [][]string{nil, {"--verbose"}} {
		dir := t.TempDir()
		t.Setenv("XDG_STATE_HOME", t.TempDir())
		t.Setenv("SNOWFLAKE_HOME", machineWith(t, newAccount(t)))
		t.Setenv("SLEET_SECRET_API_KEY", "p1geon-h0le")
		made(t, dir)
		s := onTerminal(t, dir, append([]string{"apply", "demo", "--connection", "demo", "--plain"}, more...)...)
		s.take(t, walk{{"[y/N]", "y" + enter}, {"Open it in the browser?", "n" + enter}})
		if code := s.ends(t); code != exit.Success {
			t.Fatalf("exit code %d:\n%s", code, s.screen())
		}
		shown := s.shown()
		if !strings.Contains(shown, "m✓") || strings.Contains(shown, "\x1b[?1049h") {
			t.Errorf("no colours, or an alternate screen:\n%q", shown)
		}
		ids := strings.Contains(ansi.Strip(shown), " s  01")
		if ids != (more != nil) {
			t.Errorf("%v: shows query ids: %v\n%s", more, ids, ansi.Strip(shown))
		}
	}
}

// made writes the app demo to a folder.
func made(t *testing.T, dir string) {
	t.Helper()
	var said strings.Builder
	host := machine.Host{In: strings.NewReader(""), Out: &said, Err: &said, Dir: dir, Build: machine.Build{Version: "test"}}
	code := Run(t.Context(), []string{
		"new", "demo", "--yes", "--no-lock", "--database", "APPS", "--schema", "PUBLIC", "--host", "api.example.com", "--secret", "api_key",
	}, host)
	if code != exit.Success {
		t.Fatalf("exit code %d\n%s", code, &said)
	}
}

// TestApplyWithoutAnAccount checks that the screen shows why the connection failed, beside the other connections, and
// that the terminal shows it again after the person has quit.
func TestApplyWithoutAnAccount(t *testing.T) {
	account := newAccount(t)
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("SNOWFLAKE_HOME", machineWith(t, account))
	t.Setenv("SLEET_SECRET_API_KEY", "p1geon-h0le")
	account.Close()
	made(t, dir)
	s := onTerminal(t, dir, "apply", "demo", "--connection", "demo")
	s.take(t, walk{{"Cannot reach the account", ""}, {"enter connect", "\x03"}})
	if code := s.ends(t); code != exit.Failure || !strings.Contains(s.screen(), "Cannot reach the account") {
		t.Errorf("exit code %d:\n%s", code, s.screen())
	}
}
