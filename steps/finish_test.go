package steps

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/generate"
	"sleet/scaffold/workspace"
)

// TestFinishListsLock checks that snowflake.yml lists uv.lock after uv wrote it, also in a merged text, and not if uv
// failed.
func TestFinishListsLock(t *testing.T) {
	const entry = "- uv.lock\n"
	for _, test := range []struct {
		name   string
		merged bool
		fails  bool
	}{{"written", false, false}, {"merged", true, false}, {"uv fails", false, true}} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			folder, err := workspace.Read(dir)
			if err != nil {
				t.Fatal(err)
			}
			s := State{App: scaffold.App{App: scaffold.Identity{Name: "demo"}}, Folder: folder}
			if test.merged {
				s = mergedProject(t, s)
			}
			effects := Effects{
				Write: func(p Plan, o workspace.Options) (workspace.Result, error) { return p.Write(o) },
				Lock: func(p Plan) (string, error) {
					if test.fails {
						return "", errors.New("uv lock failed")
					}
					return "", os.WriteFile(filepath.Join(p.Folder.Dir, scaffold.LockFile), []byte("version = 1\n"), 0o600)
				},
				List: func(p Plan, result workspace.Result, merged []byte) error {
					_, err := p.ListLock(result.Kept, merged)
					return err
				},
				Reread: func() (workspace.Folder, error) { return workspace.Read(dir) },
			}
			end, err := Finish(s, effects, func() {})
			if err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(filepath.Join(dir, projectFile))
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(data), entry) == test.fails || end.Outcome.Locked == test.fails {
				t.Errorf("Locked = %t, snowflake.yml:\n%s", end.Outcome.Locked, data)
			}
			if strings.Contains(string(data), "# mine\n") != test.merged {
				t.Errorf("the person's line is missing or unexpected:\n%s", data)
			}
			if !bytes.Equal(end.Folder.Files[projectFile], data) {
				t.Error("the State has an older snowflake.yml")
			}
			if generated := generate.FilesLocked(end.App, !test.fails); end.App.Written[projectFile] != workspace.Hash(fileAt(generated, projectFile)) {
				t.Error("sleet.toml does not have the hash of the new text")
			}
		})
	}
}

// mergedProject writes the State's app, adds a line to snowflake.yml as a person would, changes an answer, and chooses
// to merge both.
func mergedProject(t *testing.T, s State) State {
	t.Helper()
	if _, err := NewPlan(s.App, s.Folder).Write(workspace.Options{}); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(s.Folder.Dir, projectFile)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, append([]byte("# mine\n"), data...), 0o600); err != nil {
		t.Fatal(err)
	}
	if s.Folder, err = workspace.Read(s.Folder.Dir); err != nil {
		t.Fatal(err)
	}
	s.App = s.Folder.App
	s.App.App.Title = "Sales"
	s.App.Python.Packages = []string{"pandas"}
	for _, c := range PlanOf(s, nil).Changes {
		if c.Path == projectFile {
			if s.Conflict(c).Choice != MergeEdited {
				t.Fatal("a clean merge is not the default")
			}
			s = s.WithChoice(c, MergeEdited)
		}
	}
	return s
}

// fileAt returns the text of a generated file.
func fileAt(files []scaffold.File, path string) []byte {
	for _, f := range files {
		if f.Path == path {
			return f.Data
		}
	}
	return nil
}
