package upload

import (
	"maps"
	"path"
	"slices"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/testtools"
)

// TestReadUploadPackages checks that the uploaded package lists are those that the runtime reads.
func TestReadUploadPackages(t *testing.T) {
	const project = "[project]\nname = \"a\"\nversion = \"1\"\n"
	container, nested := scaffold.App{App: scaffold.Identity{Runtime: scaffold.Container}}, scaffold.App{App: scaffold.Identity{Runtime: scaffold.Container, MainFile: "src/ui/app.py"}}
	preinstalled := scaffold.App{App: scaffold.Identity{Runtime: scaffold.Container}, Python: scaffold.Python{Source: scaffold.Preinstalled}}
	warehouse := scaffold.App{App: scaffold.Identity{Runtime: scaffold.Warehouse}}
	tests := []struct {
		name  string
		app   scaffold.App
		files []string
		want  []string
	}{
		{"requirements.txt alone", container, []string{"requirements.txt"}, []string{"requirements.txt"}},
		{"pyproject.toml alone", container, []string{"pyproject.toml"}, []string{"pyproject.toml"}},
		{"with its lock", container, []string{"pyproject.toml", "uv.lock"}, []string{"pyproject.toml", "uv.lock"}},
		{"no index, no lock", preinstalled, []string{"pyproject.toml", "uv.lock"}, []string{"pyproject.toml"}},
		{"both in one folder", container, []string{"pyproject.toml", "requirements.txt", "uv.lock"}, []string{"requirements.txt"}},
		{"what a warehouse reads", container, []string{"environment.yml", "requirements.txt"}, []string{"requirements.txt"}},
		{"none", container, []string{"environment.yml"}, nil},
		{"in a folder that is not the app's", container, []string{"docs/requirements.txt", "pyproject.toml"}, []string{"pyproject.toml"}},
		{"the nearest to the main file", nested, []string{"src/ui/pyproject.toml", "src/ui/uv.lock", "src/requirements.txt", "requirements.txt", "uv.lock"}, []string{"src/ui/pyproject.toml", "src/ui/uv.lock"}},
		{"above the main file", nested, []string{"src/requirements.txt", "src/other/requirements.txt", "pyproject.toml"}, []string{"src/requirements.txt"}},
		{"in the root", nested, []string{"requirements.txt"}, []string{"requirements.txt"}},
		{"warehouse", warehouse, []string{"environment.yml", "requirements.txt", "pyproject.toml", "uv.lock"}, []string{"environment.yml"}},
		{"warehouse, below the root", warehouse, []string{"src/environment.yml"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, name := range tt.files {
				text := "streamlit\n"
				if path.Base(name) == scaffold.PyprojectFile {
					text = project
				}
				testtools.WriteFiles(t, dir, map[string]string{name: text})
			}
			up, err := Read(tt.app, dir, Guard{})
			if err != nil {
				t.Fatal(err)
			}
			testtools.Equal(t, "sent", tt.want, slices.Sorted(maps.Keys(up.Files)))
		})
	}
	t.Run("a pyproject.toml for tools alone", func(t *testing.T) {
		dir := t.TempDir()
		testtools.WriteFiles(t, dir, map[string]string{"src/ui/pyproject.toml": "[tool.ruff]\nline-length = 100\n", "pyproject.toml": project})
		up, err := Read(nested, dir, Guard{})
		if err != nil {
			t.Fatal(err)
		}
		testtools.Equal(t, "sent", []string{"pyproject.toml"}, slices.Sorted(maps.Keys(up.Files)))
	})
}
