package rewrite

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"sleet/scaffold/testtools"
)

// TestMigratedFilesCompile compiles every rewritten file of the examples and apps with Python 3.11, and checks them
// with Ruff for undefined names and unused imports, ignoring those that were there before.
func TestMigratedFilesCompile(t *testing.T) {
	python, ruff := testtools.Tool(t, "app/bin/python"), testtools.Tool(t, "app/bin/ruff")
	testtools.CountConformance(t)
	root := t.TempDir()
	count := 0
	lay := func(name string, files map[string]string, choices Options) {
		after, _ := rewrite(t, files, choices)
		for p := range after {
			count++
			_, was := files[p]
			if was {
				testtools.WriteFiles(t, filepath.Join(root, "before", name), map[string]string{p: files[p]})
			}
			testtools.WriteFiles(t, filepath.Join(root, "after", name), map[string]string{p: after[p]})
		}
	}
	archives, err := filepath.Glob("testdata/python/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, archive := range archives {
		for _, e := range examples(t, archive) {
			for i, f := range forms() {
				name := fmt.Sprintf("%s%s%d", strings.TrimSuffix(filepath.Base(archive), ".txtar"), e.name, i)
				lay(name, f.of(e.before, func(string) bool { return false }), exampleOptions())
			}
		}
	}
	apps, err := filepath.Glob("../testdata/apps/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, archive := range apps {
		data, err := os.ReadFile(archive)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for _, f := range txtar.Parse(data).Files {
			files[f.Name] = string(f.Data)
		}
		lay(strings.TrimSuffix(filepath.Base(archive), ".txtar"), files, exampleOptions())
	}
	const compileAll = `
import ast, pathlib, sys
for path in pathlib.Path("after").rglob("*.py"):
    data = path.read_bytes()
    compile(data, path, "exec", dont_inherit=True)
    ast.parse(data, path, feature_version=(3, 11))
`
	cmd := exec.CommandContext(t.Context(), python, "-c", compileAll)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%.4000s", err, out)
	}
	before, after := ruffSays(t, ruff, filepath.Join(root, "before")), ruffSays(t, ruff, filepath.Join(root, "after"))
	for complaint := range after {
		if !before[complaint] {
			t.Errorf("new: %s", complaint)
		}
	}
	if count < 100 {
		t.Errorf("only %d files", count)
	}
}

// ruffSays returns Ruff's findings about unused imports and undefined names, without line numbers.
func ruffSays(t *testing.T, ruff, dir string) map[string]bool {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), ruff, "check", "--no-cache", "--isolated", "--exit-zero", "--output-format=json", "--select=F401,F811,F821,F823,E9", ".")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var found []struct{ Filename, Code, Message string }
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	resolved, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	says := map[string]bool{}
	for _, f := range found {
		name := f.Filename
		for _, d := range []string{dir, resolved} {
			name = strings.TrimPrefix(name, d)
		}
		says[strings.Join([]string{name, f.Code, f.Message}, " ")] = true
	}
	return says
}

// TestEventStream checks the parsing of an event stream against the standard.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
func TestEventStream(t *testing.T) {
	python := testtools.Tool(t, "app/bin/python")
	testtools.CountConformance(t)
	root := t.TempDir()
	testtools.WriteFiles(t, root, map[string]string{"snowflake_api.py": helperTexts{}.apiModule(), "try.py": `
from snowflake_api import read_events

CASES = {
    "": [],
    "data: {\"a\": 1}\n\n": [{"event": "message", "data": {"a": 1}}],
    "event: x\r\ndata: 1\r\n\r\nevent:y\r\ndata:[2]\r\n\r\n": [{"event": "x", "data": 1}, {"event": "y", "data": [2]}],
    ": a comment\n\nevent: alone\n\ndata: a\ndata: b\n\n": [{"event": "message", "data": "a\nb"}],
    "event: done\ndata: [DONE]": [{"event": "done", "data": "[DONE]"}],
    "id: 7\nretry: 3\ndata: \"a: b\"\n\n\n\n": [{"event": "message", "data": "a: b"}],
    "data\ndata:  two\n\n": [{"event": "message", "data": "\n two"}],
}
for stream, want in CASES.items():
    got = read_events(stream)
    assert got == want, f"{stream!r}: {got}"
`})
	cmd := exec.CommandContext(t.Context(), python, "try.py")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
