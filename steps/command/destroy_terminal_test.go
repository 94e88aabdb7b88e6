//go:build unix

package command

import (
	"regexp"
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// TestDestroyOnScreens removes an app on a terminal: plan, question, run, and what stays on the terminal.
func TestDestroyOnScreens(t *testing.T) {
	account := newAccount(t)
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("SNOWFLAKE_HOME", machineWith(t, account))
	t.Setenv("SLEET_SECRET_API_KEY", "p1geon-h0le")
	made(t, dir)
	before := account.Snapshot()
	s := onTerminal(t, dir, "apply", "demo", "--connection", "demo", "--yes")
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("apply: exit code %d:\n%s", code, s.screen())
	}
	applied := account.Snapshot()

	s = onTerminal(t, dir, "destroy", "demo", "--connection", "demo")
	s.take(t, walk{{"(role DEV, connection demo)", ""}, {" to remove", ""}, {"enter remove", enter}, {"Remove the app", "n"}, {"enter remove", "\x03"}})
	if code := s.ends(t); code != exit.Stopped {
		t.Errorf("canceled: exit code %d:\n%s", code, s.screen())
	}
	if left := account.Snapshot(); len(left) != len(applied) {
		t.Errorf("canceled: the account has %d objects, %d before", len(left), len(applied))
	}

	s = onTerminal(t, dir, "destroy", "demo", "--connection", "demo")
	s.take(t, walk{{"enter remove", enter}, {"cannot be recovered", "y"}, {"Removed", ""}, {"enter finish", enter}})
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("exit code %d:\n%s", code, s.screen())
	}
	screen := s.screen()
	for _, want := range []string{"The app was removed from the account.", "UNDROP STREAMLIT"} {
		if !strings.Contains(screen, want) {
			t.Errorf("%q is not left on the terminal:\n%s", want, screen)
		}
	}
	if after := account.Snapshot(); len(after) != len(before) {
		t.Errorf("the account has %d objects, %d before apply", len(after), len(before))
	}

	s = onTerminal(t, dir, "destroy", "demo", "--connection", "demo")
	s.take(t, walk{{"Nothing to remove", ""}, {"enter finish", enter}})
	if code := s.ends(t); code != exit.Success {
		t.Errorf("no changes: exit code %d:\n%s", code, s.screen())
	}
}

// TestDestroyPlain checks the question and the text output on a terminal.
func TestDestroyPlain(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("SNOWFLAKE_HOME", machineWith(t, newAccount(t)))
	t.Setenv("SLEET_SECRET_API_KEY", "p1geon-h0le")
	made(t, dir)
	s := onTerminal(t, dir, "apply", "demo", "--connection", "demo", "--yes")
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("apply: exit code %d:\n%s", code, s.screen())
	}
	s = onTerminalOf(t, size{60, 30}, nil, dir, "destroy", "demo", "--connection", "demo", "--plain")
	s.take(t, walk{{"Remove it?", "y" + enter}})
	if code := s.ends(t); code != exit.Success {
		t.Errorf("exit code %d:\n%s", code, s.screen())
	}
	if text := s.shown(); !strings.Contains(text, "1/") || !strings.Contains(text, "UNDROP STREAMLIT") {
		t.Errorf("output:\n%s", text)
	}
	if text := s.shown(); !strings.Contains(text, "(role ") || regexp.MustCompile(`\(role [^)\n]*\n`).MatchString(text) {
		t.Errorf("a role is broken in\n%s", text)
	}
}

// TestDestroyFailsOnScreens checks that a removal stops after a failed step, and that the next run continues it.
func TestDestroyFailsOnScreens(t *testing.T) {
	account := newAccount(t)
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("SNOWFLAKE_HOME", machineWith(t, account))
	t.Setenv("SLEET_SECRET_API_KEY", "p1geon-h0le")
	made(t, dir)
	before := account.Snapshot()
	s := onTerminal(t, dir, "apply", "demo", "--connection", "demo", "--yes")
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("apply: exit code %d:\n%s", code, s.screen())
	}
	account.Fault(&snowflaketest.Fault{
		Kind: snowflaketest.Refuse, Match: regexp.MustCompile(`(?i)^DROP FUNCTION`), Times: 1, Code: 3001, State: "42501", Text: "Insufficient privileges",
	})
	s = onTerminal(t, dir, "destroy", "demo", "--connection", "demo")
	s.take(t, walk{{"enter remove", enter}, {"Remove the app", "y"}, {"A step failed", ""}, {"q stop", "q"}, {"enter finish", enter}})
	if screen := s.shown(); strings.Contains(screen, "Undo this run?") || strings.Contains(screen, "edit the answer") {
		t.Errorf("the screen offers what a removal cannot do:\n%s", screen)
	}
	if code := s.ends(t); code != exit.Stopped {
		t.Errorf("exit code %d:\n%s", code, s.screen())
	}

	s = onTerminal(t, dir, "destroy", "demo", "--connection", "demo")
	s.take(t, walk{{"enter remove", enter}, {"Remove the app", "y"}, {"Removed", ""}, {"enter finish", enter}})
	if code := s.ends(t); code != exit.Success {
		t.Errorf("again: exit code %d:\n%s", code, s.screen())
	}
	if after := account.Snapshot(); after != before {
		t.Errorf("the account has\n%s\nbefore apply\n%s", after, before)
	}
}
