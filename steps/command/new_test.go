package command

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

// TestWhoIsAsked checks in which cases the wizard starts.
func TestWhoIsAsked(t *testing.T) {
	tests := []struct {
		name            string
		args            []string
		terminal, saved bool
		environ         []string
		asked           bool
		code            int
	}{
		{"a terminal", []string{"new"}, true, false, nil, true, exit.Success},
		{"sleet alone in a terminal", nil, true, false, nil, true, exit.Success},
		{"an app in a terminal", []string{"new"}, true, true, nil, true, exit.Success},
		{"answers that are flags", []string{"new", "--name", "a"}, true, false, nil, true, exit.Success},
		{"--yes in a terminal", []string{"new", "--yes"}, true, false, nil, false, exit.Success},
		{"--answers in a terminal", []string{"new", "--answers", "-"}, true, false, nil, false, exit.Success},
		{"--dry-run in a terminal", []string{"new", "--dry-run"}, true, false, nil, false, exit.Success},
		{"--json in a terminal", []string{"new", "--json"}, true, false, nil, false, exit.Invalid},
		{"nobody there", []string{"new"}, false, false, nil, false, exit.Invalid},
		{"nobody there, a dry run", []string{"new", "--dry-run"}, false, false, nil, false, exit.Invalid},
		{"sleet alone with nobody there", nil, false, true, nil, false, exit.Invalid},
		{"an app with nobody there", []string{"new"}, false, true, nil, false, exit.Success},
		{"line by line from a pipe", []string{"new", "--accessible"}, false, false, nil, true, exit.Success},
		{"line by line by the environment", []string{"new"}, false, false, []string{"ACCESSIBLE=1"}, true, exit.Success},
		{"line by line with --yes", []string{"new", "--accessible", "--yes"}, false, false, nil, false, exit.Success},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t)
			b.Terminal, b.Environ = test.terminal, test.environ
			if test.saved {
				if err := os.WriteFile(filepath.Join(b.Dir, "sleet.toml"), nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			asked := false
			b.Wizard = func(context.Context, machine.WizardOptions) error {
				asked = true
				return nil
			}
			if code := b.run(t, test.args...); code != test.code || asked != test.asked {
				t.Errorf("exit code %d, want %d; asked %v, want %v\n%s", code, test.code, asked, test.asked, &b.err)
			}
		})
	}
}

func TestWizardGetsEverything(t *testing.T) {
	b := newBench(t)
	b.Terminal = true
	if err := os.WriteFile(filepath.Join(b.Dir, "dash.py"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	var got machine.WizardOptions
	b.Wizard = func(_ context.Context, o machine.WizardOptions) error {
		got = o
		return context.Canceled
	}
	code := b.run(
		t, "new", ".", "--set", "app.main_file=dash.py", "--runtime", "warehouse", "--package", "pandas", "--host", "a.com",
		"--secret", "k", "--lang", "en", "--overwrite", "--no-lock",
	)
	if code != exit.Stopped {
		t.Errorf("exit code %d: %s", code, &b.err)
	}
	if got.Dir != b.Dir || got.Shown != "." || got.Lang != "en" || !got.Overwrite || !got.NoLock || got.Accessible {
		t.Errorf("options %+v", got)
	}
	app := got.App
	if app.App.Runtime != "warehouse" || app.App.MainFile != "dash.py" || app.Folder != filepath.Base(b.Dir) ||
		app.Python.Packages[0] != "pandas" || app.Network.Hosts[0] != "a.com" || app.Secrets[0].Key != "k" {
		t.Errorf("answers %+v", app)
	}
	if string(got.Folder.Files["dash.py"]) != "mine" {
		t.Errorf("the main file is not in the snapshot: %v", got.Folder.Files)
	}
}

func TestWithoutWizard(t *testing.T) {
	b := newBench(t)
	b.Terminal = true
	if code := b.run(t); code != exit.Invalid || !strings.Contains(b.err.String(), "--yes") {
		t.Errorf("exit code %d: %s", code, &b.err)
	}
}

// TestJSON checks the structure of the report, which programs depend on.
func TestJSON(t *testing.T) {
	b := newBench(t)
	if code := b.run(t, "new", "demo", "--yes", "--json", "--secret", "api_key"); code != exit.Success {
		t.Fatalf("exit code %d: %s", code, &b.err)
	}
	var got map[string]any
	if err := json.Unmarshal(b.out.Bytes(), &got); err != nil {
		t.Fatalf("%v in\n%s", err, &b.out)
	}
	if got["dir"] != filepath.Join(b.Dir, "demo") {
		t.Errorf("dir is %v", got["dir"])
	}
	states := map[string]string{}
	for _, f := range got["files"].([]any) {
		file := f.(map[string]any)
		states[file["path"].(string)] = file["state"].(string)
	}
	want := map[string]string{
		".streamlit/config.toml": "new", "pyproject.toml": "new", "streamlit_app.py": "new", "snowflake.yml": "new",
		"sql/setup.sql": "new", "sql/teardown.sql": "new", "tests/test_app.py": "new", ".gitignore": "new", "sleet.toml": "new",
	}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	problems := got["problems"].([]any)
	if len(problems) == 0 {
		t.Fatal("no warning about a secret without a host")
	}
	keys := []string{"id", "severity", "path", "message", "fix", "page"}
	for _, p := range problems {
		problem := p.(map[string]any)
		if len(problem) != len(keys) || problem["severity"] != "warning" {
			t.Errorf("problem %v", problem)
		}
		for _, key := range keys {
			if _, ok := problem[key].(string); !ok {
				t.Errorf("problem without %s: %v", key, problem)
			}
		}
	}
}

// TestJSONOfErrors checks that any error after the command line was parsed is in the JSON.
func TestJSONOfErrors(t *testing.T) {
	tests := []struct {
		name, answers string
		args          []string
		id            string
	}{
		{"no TOML", "name = ", []string{"--answers", "-"}, "answers"},
		{"a problem", "[[secrets]]\nkey = 'class'", []string{"--answers", "-"}, "secret-key"},
		{"no answers", "", nil, "failed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t)
			b.In = strings.NewReader(test.answers)
			if code := b.run(t, append([]string{"new", "demo", "--json"}, test.args...)...); code != exit.Invalid {
				t.Errorf("exit code %d", code)
			}
			var got newJSON
			if err := json.Unmarshal(b.out.Bytes(), &got); err != nil {
				t.Fatalf("%v in\n%s", err, &b.out)
			}
			if got.Files == nil || len(got.Files) > 0 || len(got.Problems) == 0 {
				t.Fatalf("report %+v", got)
			}
			if !strings.HasPrefix(got.Problems[0].ID, test.id) || got.Problems[0].Severity != "error" {
				t.Errorf("problem %+v", got.Problems[0])
			}
			if _, err := os.Stat(filepath.Join(b.Dir, "demo")); err == nil {
				t.Error("something was written")
			}
		})
	}
}
