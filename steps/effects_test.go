package steps

import (
	"os"
	"path/filepath"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/workspace"
)

func TestWantsLock(t *testing.T) {
	app := func(r scaffold.Runtime) scaffold.App { return scaffold.App{App: scaffold.Identity{Runtime: r}} }
	changed := func(s workspace.FileState) workspace.Result {
		return workspace.Result{Changes: []workspace.Change{{Path: "pyproject.toml", State: s}}}
	}
	tests := []struct {
		name   string
		app    scaffold.App
		locked bool
		result workspace.Result
		want   bool
	}{
		{"new", app(scaffold.Container), false, changed(workspace.FileNew), true},
		{"the default runtime", app(""), false, changed(workspace.FileNew), true},
		{"changed", app(scaffold.Container), true, changed(workspace.FileChanged), true},
		{"the same", app(scaffold.Container), true, changed(workspace.FileSame), false},
		{"the same but never locked", app(scaffold.Container), false, changed(workspace.FileSame), true},
		{"a warehouse has no lock", app(scaffold.Warehouse), false, workspace.Result{}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if test.locked {
				if err := os.WriteFile(filepath.Join(dir, scaffold.LockFile), nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if got := WantsLock(Plan{App: test.app, Folder: workspace.Folder{Dir: dir}}, test.result); got != test.want {
				t.Errorf("WantsLock() = %v, want %v", got, test.want)
			}
		})
	}
}
