//go:build unix

package command

import (
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// TestDoctorTree shows a broken app on a terminal: the chains are a tree, q quits, and the exit code is that of the
// text output.
func TestDoctorTree(t *testing.T) {
	t.Parallel()
	p := newPatient(t, "testdata/doctor/01_secret_unbound.txtar")
	s := onTerminalOf(t, size{100, 30}, p.environ, p.dir, "doctor", "APPS.SALES.APP")
	s.until(t, "open or close all")
	s.take(t, walk{{"✗", "a"}, {"✓", "q"}})
	if code := s.ends(t); code != exit.Failure {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(s.shown(), "\x1b[?1049h") {
		t.Error("no alternate screen")
	}
	plain := onTerminalOf(t, size{100, 30}, p.environ, p.dir, "doctor", "APPS.SALES.APP", "--plain")
	if code := plain.ends(t); code != exit.Failure || strings.Contains(plain.shown(), "\x1b[?1049h") || !strings.Contains(plain.shown(), "✗") {
		t.Errorf("--plain: exit code %d\n%q", code, plain.shown())
	}
}

// TestApplyIsLeft deploys an app that writes no output. Esc stops waiting, which is not an error.
func TestApplyIsLeft(t *testing.T) {
	t.Parallel()
	b := emptyBox(t, snowflaketest.Serve(t, snowflaketest.WithStart()))
	b.must(0, "new", "demo", "--yes", "--no-lock", "--database", "APPS", "--schema", "PUBLIC")
	s := onTerminalOf(t, size{100, 30}, b.env, b.root, "apply", "demo", "--yes")
	s.take(t, walk{{"Waiting for the app to start", esc}})
	if code := s.ends(t); code != exit.Success || !strings.Contains(s.shown(), "still starting") {
		t.Errorf("exit code %d\n%q", code, s.shown())
	}
}

// TestApplyWaitsOnScreens waits on the last screen: a failed start is explained and is the run's error, and Esc stops
// waiting for an app that writes no output.
func TestApplyWaitsOnScreens(t *testing.T) {
	for name, test := range map[string]struct {
		lines []string
		walk  walk
		code  int
		stays string
	}{
		"fails":  {[]string{"ModuleNotFoundError: No module named 'openpyxl'"}, walk{{"openpyxl is not installed", esc}}, exit.Failure, "the app does not start"},
		"silent": {nil, walk{{"esc stop waiting", esc}}, exit.Success, "The app is deployed:"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			t.Setenv("XDG_STATE_HOME", t.TempDir())
			t.Setenv("SNOWFLAKE_HOME", machineWith(t, snowflaketest.Serve(t, snowflaketest.WithStart(test.lines...))))
			t.Setenv("SLEET_SECRET_API_KEY", "p1geon-h0le")
			made(t, dir)
			s := onTerminal(t, dir, "apply", "demo", "--connection", "demo")
			s.take(t, append(walk{{"enter apply", enter}, {"Apply the plan", "y"}}, test.walk...))
			if code := s.ends(t); code != test.code || !strings.Contains(s.screen(), test.stays) {
				t.Errorf("exit code %d:\n%s", code, s.screen())
			}
		})
	}
}
