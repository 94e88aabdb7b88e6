package command

import (
	"strings"
	"testing"

	"sleet/steps/command/exit"
)

func TestExcerpt(t *testing.T) {
	tests := []struct {
		name, line string
		from, to   int
		text       string
		at, width  int
	}{
		{"plain", "x = 1", 1, 2, "x = 1", 0, 1},
		{"tab before", "\tx = 1", 2, 3, "    x = 1", 4, 1},
		{"tab to its stop", "ab\tx", 4, 5, "ab  x", 4, 1},
		{"wide before", "日本 = x", 6, 7, "日本 = x", 7, 1},
		{"wide meant", "x = 日本", 5, 7, "x = 日本", 4, 4},
		{"to the end", "abc", 2, 9, "abc", 1, 2},
		{"behind the end", "abc", 9, 9, "abc", 3, 1},
		{"empty span", "abc", 2, 2, "abc", 1, 1},
		{"control", "a\x1b[31mb", 1, 2, "a␛[31mb", 0, 1},
		{
			"long", strings.Repeat("a", 200) + "XY" + strings.Repeat("b", 200), 201, 203,
			"…" + strings.Repeat("a", 30) + "XY" + strings.Repeat("b", 88) + "…", 31, 2,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := excerptOf(test.line, test.from, test.to)
			if want := (excerpt{test.text, test.at, test.width}); got != want {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestCheckCommandLine(t *testing.T) {
	tests := []struct {
		name string
		args []string
		code int
		said string
	}{
		{"clean", []string{"check", "app"}, exit.Success, "app: no findings"},
		{"no folder", []string{"check", "missing"}, exit.Wrong, "missing"},
		{"no app", []string{"check", "empty"}, exit.Wrong, "no Streamlit app found in empty"},
		{"no main file", []string{"check", "bare"}, exit.Wrong, "its main file does not exist, main.py"},
		{"an app and none", []string{"check", "app", "empty"}, exit.Wrong, "no Streamlit app found in empty"},
		{"a file", []string{"check", "app/streamlit_app.py"}, exit.Wrong, "is a file"},
		{"an empty name", []string{"check", ""}, exit.Wrong, "name is empty"},
		{"form", []string{"check", "app", "--format", "xml"}, exit.Wrong, "text, json, sarif"},
		{"runtime", []string{"check", "app", "--runtime", "cloud"}, exit.Wrong, "container, warehouse"},
		{"runtime by SQL's name", []string{"check", "app", "--runtime", "system$warehouse_runtime"}, exit.Success, "no findings"},
		{"version", []string{"check", "app", "--streamlit", "new"}, exit.Wrong, "1.52.2"},
		{"select", []string{"check", "app", "--select", "SL101,XX"}, exit.Wrong, `rule "XX" not found`},
		{"select by a part", []string{"check", "app", "--select", "sl1,SL201"}, exit.Success, "no findings"},
		{"ignore", []string{"check", "app", "--ignore", "SL9"}, exit.Wrong, `rule "SL9" not found`},
		{"explain a rule like others", []string{"check", "--explain", "SL119"}, exit.Wrong, "did you mean SL110, SL111, SL112, SL113, SL114?"},
		{"explain half an id", []string{"check", "--explain", "sl40"}, exit.Wrong, "did you mean SL401, SL402, SL403"},
		{"explain another word", []string{"check", "--explain", "caching"}, exit.Wrong, "the rules are SL101, SL102"},
		{"explain a folder", []string{"check", "app", "--explain", "SL101"}, exit.Wrong, `rule "app" not found`},
		{"explain as SARIF", []string{"check", "--explain", "SL101", "--format", "sarif"}, exit.Wrong, "--explain prints text or json"},
		{"jobs", []string{"check", "app", "-j", "0"}, exit.Wrong, "-j"},
		{"flag", []string{"check", "app", "--formt", "json"}, exit.Wrong, "--format"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t)
			write(t, b.Path("app/streamlit_app.py"), "import streamlit as st\n\nst.title(\"x\")\n")
			write(t, b.Path("empty/notes.md"), "nothing\n")
			write(t, b.Path("bare/sleet.toml"), "[app]\nmain_file = \"main.py\"\n")
			if code := b.run(t, test.args...); code != test.code || !strings.Contains(b.err.String(), test.said) {
				t.Errorf("exit code %d, want %d; it should say %q:\n%s", code, test.code, test.said, &b.err)
			}
			if b.out.Len() > 0 {
				t.Errorf("standard output:\n%s", &b.out)
			}
		})
	}
}
