package migrate

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/generate"
	"sleet/scaffold/validate"
	"sleet/scaffold/workspace"
)

// writtenApps returns warehouse apps as sleet generates them.
func writtenApps() map[string]scaffold.App {
	secrets := []scaffold.SecretDecl{
		{Key: "plain"},
		{Key: "login", Type: scaffold.Password},
		{Key: "drive", Type: scaffold.OAuth2, Flow: scaffold.ClientCredentials, Integration: "DRIVE_OAUTH"},
		{Key: "aws", Type: scaffold.CloudProviderToken, Integration: "AWS_API"},
	}
	apps := map[string]scaffold.App{}
	for _, language := range []scaffold.Language{scaffold.English, scaffold.Japanese} {
		for _, cortex := range []scaffold.Cortex{"", scaffold.CortexAnalyst} {
			for n := range len(secrets) + 1 {
				a := scaffold.App{App: scaffold.Identity{Runtime: scaffold.Warehouse, Language: language, Cortex: cortex}, Secrets: secrets[:n]}
				if n%2 == 1 {
					a.App.Database, a.App.Schema, a.App.Title = "DB", "PUBLIC", "売上 \"it\""
					a.Network.Hosts = []string{"api.example.com", "files.example.com:8443"}
					a.Roles.Viewers = []string{"ANALYST"}
				}
				if n > 1 {
					a.Python.Packages = []string{"numpy>=1.26", "scikit-learn==1.5.*"}
					a.Config = map[string]any{"theme.base": "dark", "snowflake.sleep.streamlitSleepTimeoutMinutes": int64(30)}
				}
				apps[fmt.Sprintf("%s cortex %t secrets %d", language, cortex != "", n)] = a
			}
		}
	}
	return apps
}

// writeApp writes an app like `sleet new`.
func writeApp(t *testing.T, a scaffold.App) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "my_app")
	a.Folder = "my_app"
	for _, p := range validate.Problems(a) {
		if p.Severity == validate.Error {
			t.Fatalf("%+v", p)
		}
	}
	if _, err := workspace.Write(dir, a, generate.Files(a), workspace.Options{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// answersOf reads a folder's sleet.toml.
func answersOf(t *testing.T, dir string) scaffold.App {
	t.Helper()
	folder, err := workspace.Read(dir)
	if err != nil || !folder.Saved {
		t.Fatal(folder.Saved, err)
	}
	return folder.App
}

// TestMigrateGeneratedApps migrates apps that sleet wrote and nobody edited. The result must be what sleet writes for
// a container, with nothing left, and undo must be exact.
func TestMigrateGeneratedApps(t *testing.T) {
	for name, a := range writtenApps() {
		t.Run(name, func(t *testing.T) {
			dir := writeApp(t, a)
			before := tree(t, dir)
			m := planned(t, dir)
			if len(m.Manual) != 0 {
				t.Errorf("left: %s", notesText(m.Manual))
			}
			if err := Apply(dir, m.Changes, WriteOptions{}); err != nil {
				t.Fatal(err)
			}
			want := a.Clone()
			want.App.Runtime, want.Folder = scaffold.Container, "my_app"
			got := answersOf(t, dir)
			for _, f := range generate.Files(want) {
				if data, err := os.ReadFile(filepath.Join(dir, f.Path)); err != nil || string(data) != string(f.Data) {
					t.Errorf("%s is not what sleet writes: %v\n%s", f.Path, err, cmp.Diff(string(f.Data), string(data)))
				}
				if got.Written[f.Path] != workspace.Hash(f.Data) {
					t.Errorf("%s is not known as written", f.Path)
				}
				delete(got.Written, f.Path)
			}
			if len(got.Written) > 0 {
				t.Errorf("written as well: %v", got.Written)
			}
			if got.Written = nil; !got.Equal(want) {
				t.Errorf("answers: %s", cmp.Diff(want, got))
			}
			movedOnce(t, dir)
			if _, err := Undo(dir, WriteOptions{}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(before, withoutBackup(tree(t, dir))); diff != "" {
				t.Errorf("undone: %s", diff)
			}
		})
	}
}

// movedOnce checks a migrated folder: a check finds nothing, and another migration changes nothing.
func movedOnce(t *testing.T, dir string) {
	t.Helper()
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range check.Folder(folder, facts.Options{Runtime: scaffold.Container}).Findings {
		if !advice(f) {
			t.Errorf("found afterwards: %+v", f)
		}
	}
	if again := planned(t, dir); len(again.Edits)+len(again.Changes) > 0 {
		t.Errorf("a second time: %+v", again.Changes)
	}
}

// TestMigrateEditedApps migrates apps that sleet wrote and a person edited. Edited files must keep their text,
// and the others are generated again.
func TestMigrateEditedApps(t *testing.T) {
	a := writtenApps()["en cortex true secrets 2"]
	for _, c := range []struct {
		name, file, text string // text to append to a file
		left             string // what is left to the person
		keeps            string // what the file contains afterwards
	}{
		{"the app itself", "streamlit_app.py", "# mine\n", "", "# mine"},
		{"options", ".streamlit/config.toml", "[server]\nport = 8502\n", "", "dark"},
		{"packages", "environment.yml", "  - altair\n", "", ""},
		{"deployment", "snowflake.yml", "# mine\n", "", "# mine"},
		{"another module", "helpers.py", "import pandas as pd\nimport streamlit as st\n\n\ndef show() -> None:\n    st.write(pd.DataFrame())\n", "", "pandas"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := writeApp(t, a)
			path := filepath.Join(dir, c.file)
			data, _ := os.ReadFile(path)
			if err := os.WriteFile(path, append(data, c.text...), 0o600); err != nil {
				t.Fatal(err)
			}
			before := tree(t, dir)
			m := planned(t, dir)
			if got := notesText(m.Manual); got != c.left {
				t.Errorf("left: %s", got)
			}
			if err := Apply(dir, m.Changes, WriteOptions{}); err != nil {
				t.Fatal(err)
			}
			if data, _ := os.ReadFile(path); !strings.Contains(string(data), c.keeps) {
				t.Errorf("%s lost %q:\n%s", c.file, c.keeps, data)
			}
			movedOnce(t, dir)
			if _, err := Undo(dir, WriteOptions{}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(before, withoutBackup(tree(t, dir))); diff != "" {
				t.Errorf("undone: %s", diff)
			}
		})
	}
}

// TestSkipGeneratedFile checks that a file that the person skips is not generated again.
func TestSkipGeneratedFile(t *testing.T) {
	dir := writeApp(t, writtenApps()["en cortex true secrets 2"])
	folder, err := existing.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Plan(folder, folder.Apps[0], Choices{
		App: Inspect(folder, folder.Apps[0]).App, Skip: map[string]bool{"streamlit_app.py:written": true},
	})
	if err != nil {
		t.Fatal(err)
	}
	offered := false
	for _, e := range m.Edits {
		offered = offered || e.Group == "streamlit_app.py:written"
	}
	if !offered {
		t.Error("it is not offered any more")
	}
	for _, c := range m.Changes {
		if c.Path == "streamlit_app.py" {
			t.Error("it is changed all the same")
		}
	}
	if len(m.Manual) == 0 {
		t.Error("nothing is left to the person")
	}
}
