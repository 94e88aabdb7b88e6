//go:build unix

package command

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

// TestApplyOnScreens takes an app from its files into an account with `sleet apply` on a terminal: it asks for
// the value that is missing, shows the plan and who would run it, and ends as the text form does.
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
		t.Errorf("what stays in the terminal:\n%s", screen)
	}

	// Once all is as it should be, enter ends it; what stays as it is can be unfolded.
	s = onTerminal(t, dir, "apply", "demo", "--connection", "demo")
	s.take(t, walk{{"No changes.", ""}, {"unchanged ▾", " "}, {"schema APPS.PUBLIC", ""}, {"enter finish", enter}})
	if code := s.ends(t); code != exit.Success {
		t.Errorf("nothing to do: exit code %d:\n%s", code, s.screen())
	}
}

// TestApplyLeftOnScreens leaves the plan unapplied.
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

// TestApplyPlain prints the run in colours and columns on a terminal, without the ids of its queries.
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
			t.Errorf("no colours, or a screen of its own:\n%q", shown)
		}
		ids := strings.Contains(ansi.Strip(shown), " s  01")
		if ids != (more != nil) {
			t.Errorf("%v: names queries: %v\n%s", more, ids, ansi.Strip(shown))
		}
	}
}

// made writes the app demo into a folder.
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

// TestApplyWithoutAnAccount shows why the connection cannot be opened, beside the other connections, and says it again in the
// terminal once the person has left.
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
