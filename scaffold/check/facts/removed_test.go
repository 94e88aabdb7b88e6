package facts

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold/testtools"
)

// TestRemovedAgainstStreamlit checks the table for the newest version with the real package.
func TestRemovedAgainstStreamlit(t *testing.T) {
	testtools.CountConformance(t)
	python := testtools.Tool(t, "app/bin/python")
	var names []string
	for name := range removedTable() {
		if !strings.Contains(name, ".") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	cmd := exec.CommandContext(t.Context(), python, "-c", "import sys, streamlit as st\nprint(st.__version__, *[n for n in sys.argv[1:] if hasattr(st, n)])", "rerun")
	cmd.Args = append(cmd.Args, names...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.TrimSpace(string(out)), knownStreamlit+" rerun"; got != want {
		t.Errorf("the real Streamlit has %q, want %q", got, want)
	}
}
