//go:build unix

package command

import (
	"strings"
	"testing"
)

// TestDoctorTree looks at a broken app on a terminal: the chains are a tree, q quits, and the exit code is that of the text.
func TestDoctorTree(t *testing.T) {
	t.Parallel()
	p := newPatient(t, "testdata/doctor/01_secret_unbound.txtar")
	s := onTerminalOf(t, size{100, 30}, p.environ, p.dir, "doctor", "APPS.SALES.APP")
	s.until(t, "open or close all")
	s.take(t, walk{{"✗", "a"}, {"✓", "q"}})
	if code := s.ends(t); code != Failure {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(s.shown(), "\x1b[?1049h") {
		t.Error("no screen of its own")
	}
	plain := onTerminalOf(t, size{100, 30}, p.environ, p.dir, "doctor", "APPS.SALES.APP", "--plain")
	if code := plain.ends(t); code != Failure || strings.Contains(plain.shown(), "\x1b[?1049h") || !strings.Contains(plain.shown(), "✗") {
		t.Errorf("--plain: exit code %d\n%q", code, plain.shown())
	}
}
