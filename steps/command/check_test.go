package command

import (
	"strings"
	"testing"

	"sleet/steps/command/exit"
)

func TestCheckCommandLine(t *testing.T) {
	tests := []struct {
		name string
		args []string
		code int
		said string
	}{
		{"clean", []string{"check", "app"}, exit.Success, "app: no findings"},
		{"no folder", []string{"check", "missing"}, exit.Invalid, "missing"},
		{"no app", []string{"check", "empty"}, exit.Invalid, "no Streamlit app found in empty"},
		{"no main file", []string{"check", "bare"}, exit.Invalid, "its main file does not exist, main.py"},
		{"an app and none", []string{"check", "app", "empty"}, exit.Invalid, "no Streamlit app found in empty"},
		{"a file", []string{"check", "app/streamlit_app.py"}, exit.Invalid, "is a file"},
		{"an empty name", []string{"check", ""}, exit.Invalid, "name is empty"},
		{"form", []string{"check", "app", "--format", "xml"}, exit.Invalid, "text, json, sarif"},
		{"runtime", []string{"check", "app", "--runtime", "cloud"}, exit.Invalid, "container, warehouse"},
		{"runtime by SQL's name", []string{"check", "app", "--runtime", "system$warehouse_runtime"}, exit.Success, "no findings"},
		{"version", []string{"check", "app", "--streamlit", "new"}, exit.Invalid, "1.52.2"},
		{"select", []string{"check", "app", "--select", "SL101,XX"}, exit.Invalid, `rule "XX" not found`},
		{"select by a part", []string{"check", "app", "--select", "sl1,SL201"}, exit.Success, "no findings"},
		{"ignore", []string{"check", "app", "--ignore", "SL9"}, exit.Invalid, `rule "SL9" not found`},
		{"explain a rule like others", []string{"check", "--explain", "SL119"}, exit.Invalid, "did you mean SL110, SL111, SL112, SL113, SL114?"},
		{"explain half an id", []string{"check", "--explain", "sl40"}, exit.Invalid, "did you mean SL401, SL402, SL403"},
		{"explain another word", []string{"check", "--explain", "caching"}, exit.Invalid, "the rules are SL101, SL102"},
		{"explain a folder", []string{"check", "app", "--explain", "SL101"}, exit.Invalid, `rule "app" not found`},
		{"explain as SARIF", []string{"check", "--explain", "SL101", "--format", "sarif"}, exit.Invalid, "--explain prints text or json"},
		{"jobs", []string{"check", "app", "-j", "0"}, exit.Invalid, "-j"},
		{"flag", []string{"check", "app", "--formt", "json"}, exit.Invalid, "--format"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t)
			write(t, b.Path("app/streamlit_app.py"), "import streamlit as st\n\nst.title(\"x\")\n")
			write(t, b.Path("empty/notes.md"), "nothing\n")
			write(t, b.Path("bare/sleet.toml"), "[app]\nmain_file = \"main.py\"\n")
			if code := b.run(t, test.args...); code != test.code || !strings.Contains(b.err.String(), test.said) {
				t.Errorf("exit code %d, want %d and %q:\n%s", code, test.code, test.said, &b.err)
			}
			if b.out.Len() > 0 {
				t.Errorf("standard output:\n%s", &b.out)
			}
		})
	}
}
