package command

import (
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/tools/txtar"

	"sleet/scaffold/testtools"
)

// TestSamplesResolve migrates every sample app in the tree and has uv resolve each distinct list of packages of the
// results.
func TestSamplesResolve(t *testing.T) {
	t.Parallel()
	apps := sampleApps(t)
	layouts, err := filepath.Glob("testdata/layouts/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range layouts {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for _, f := range archive.Files {
			files[f.Name] = string(f.Data)
		}
		apps["layouts/"+filepath.Base(name)] = files
	}
	lists := map[string]string{}
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(apps))) { // a list is named after the first of its apps
		files := apps[name]
		s := newSample(t, files)
		s.run("migrate", "--yes", "--no-lock")
		for file, text := range s.files() {
			if path.Base(file) != "pyproject.toml" || text == files[file] {
				continue
			}
			var project struct {
				Project struct {
					Dependencies []string `toml:"dependencies"`
				} `toml:"project"`
			}
			if err := toml.Unmarshal([]byte(text), &project); err != nil {
				t.Fatalf("%s: %v\n%s", name, err, text)
			}
			slices.Sort(project.Project.Dependencies)
			list := strings.Join(project.Project.Dependencies, "\n") + "\n"
			lists[list] = name
		}
	}
	if len(lists) < 5 {
		t.Fatalf("only %d lists", len(lists))
	}
	for _, list := range slices.Sorted(maps.Keys(lists)) {
		t.Run(lists[list], func(t *testing.T) {
			t.Parallel()
			uv, python := testtools.Tool(t, "app/bin/uv"), testtools.Tool(t, "app/bin/python")
			file := filepath.Join(t.TempDir(), "requirements.in")
			if err := os.WriteFile(file, []byte(list), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.CommandContext(t.Context(), uv, "pip", "compile", "--quiet", "--no-config", "--only-binary", ":all:",
				"--python", python, "--python-version", "3.11", file).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s\n%s", err, out, list)
			}
			testtools.CountConformance(t)
		})
	}
}
