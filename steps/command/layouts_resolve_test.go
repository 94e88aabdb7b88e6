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

	"sleet/scaffold/pep508"
	"sleet/scaffold/testtools"
)

// TestSamplesResolve migrates every sample app in the tree and has uv resolve each distinct list of packages
// that this makes. A migration that leaves something in the list to the person may be one that does not.
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
	lists, left := map[string]string{}, map[string]string{}
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(apps))) { // a list has the first name of its apps
		files := apps[name]
		s := newSample(t, files)
		code, said := s.run("migrate", "--yes", "--no-lock")
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
			if code == Failure {
				left[list] = packagesLeft(said)
			}
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
			if err != nil && !excuses(left[list], string(out), list) {
				t.Fatalf("%v\n%s\n%s", err, out, list)
			}
			testtools.Case(t)
		})
	}
}

// packagesLeft are the lines of a report about packages that are left to the person.
func packagesLeft(said string) string {
	_, said, _ = strings.Cut(said, "Needs you:\n")
	var b strings.Builder
	for line := range strings.Lines(said) {
		if !strings.HasPrefix(line, "  ") {
			break
		}
		if strings.Contains(line, ": SL201: ") || strings.Contains(line, ": SL202: ") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// excuses reports whether what is left to the person names a package of the list that uv cannot have.
func excuses(left, uv, list string) bool {
	for text := range strings.Lines(list) {
		r, err := pep508.ParseRequirement(strings.TrimSpace(text))
		if err == nil && strings.Contains(left, r.Name) && strings.Contains(strings.ToLower(uv), r.Normal) {
			return true
		}
	}
	return false
}
