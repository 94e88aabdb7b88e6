package check_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/testtools"
)

// refusedProjects are pyproject.toml files that uv rejects, with the place of the error, or accepts, with "".
var refusedProjects = []struct{ name, text, want string }{
	{"right", "[project]\nname = 'a'\nversion = '0.1.0'\nrequires-python = '==3.11.*'\ndependencies = []\n", ""},
	{"a name with marks", "[project]\nname = 'a_b.c-D1'\nversion = '1'\n", ""},
	{"a name with a space", "[project]\nname = 'My App'\nversion = '1'\n", "2:1 project.name"},
	{"a name that begins with a mark", "[project]\nname = '_a'\nversion = '1'\n", "2:1 project.name"},
	{"no name", "[project]\nversion = '1'\n", "2:1 project.version"},
	{"no version", "[project]\nname = 'a'\n", "2:1 project.name"},
	{"a version that is none", "[project]\nname = 'a'\nversion = 'one'\n", "3:1 project.version"},
	{"a number for a version", "[project]\nname = 'a'\nversion = 1.0\n", "3:1 project.version"},
	{"Poetry's way of a Python", "[project]\nname = 'a'\nversion = '1'\nrequires-python = '^3.11'\n", "4:1 project.requires-python"},
	{"a bare Python", "[project]\nname = 'a'\nversion = '1'\nrequires-python = '3.11'\n", "4:1 project.requires-python"},
	{"a table of packages", "[project]\nname = 'a'\nversion = '1'\n[project.dependencies]\npandas = '2'\n", "5:1 project.dependencies.pandas"},
	{"one package", "[project]\nname = 'a'\nversion = '1'\ndependencies = 'pandas'\n", "4:1 project.dependencies"},
	{"one extra", "[project]\nname = 'a'\nversion = '1'\n[project.optional-dependencies]\nx = 'pandas'\n", "5:1 project.optional-dependencies.x"},
}

func TestRefusedProjects(t *testing.T) { //nolint:tparallel // try makes it parallel.
	var snippets []snippet
	for _, p := range refusedProjects {
		s := snippet{name: p.name, code: app + "## pyproject.toml\n" + p.text}
		if p.want != "" {
			s.want = []string{"pyproject.toml " + p.want}
		}
		snippets = append(snippets, s)
	}
	snippets = append(snippets, []snippet{
		{name: "of Poetry", code: app + "## pyproject.toml\n[tool.poetry]\nname = 'a'\n[tool.poetry.dependencies]\npython = '^3.11'\n", want: []string{"pyproject.toml 4:1 Poetry"}},
		{name: "of Poetry beside requirements", code: app + "## requirements.txt\nstreamlit\n## pyproject.toml\n[tool.poetry.dependencies]\npython = '^3.11'\n"},
		{name: "of Poetry with a project", code: app + "## pyproject.toml\n[project]\nname = 'a'\nversion = '1'\n[tool.poetry.dependencies]\npython = '^3.11'\n"},
		{name: "of PDM", code: app + "## pyproject.toml\n[tool.pdm.dependencies]\npandas = '*'\n", want: []string{"pyproject.toml 2:1 PDM"}},
		{name: "a version of the build", code: app + "## pyproject.toml\n[project]\nname = 'a'\ndynamic = ['version']\ndependencies = []\n", want: []string{"pyproject.toml 3:1 version"}},
		{name: "dynamic packages", code: app + "## pyproject.toml\n[project]\nname = 'a'\nversion = '1'\ndynamic = ['dependencies']\n", want: []string{"pyproject.toml 4:1 dependencies"}},
		{name: "in a warehouse", code: app + "## pyproject.toml\n[tool.poetry.dependencies]\npython = '^3.11'\n", options: inWarehouse()},
	}...)
	try(t, "SL201", snippets)
}

// TestRefusedByUV checks the table with uv itself.
func TestRefusedByUV(t *testing.T) {
	testtools.CountConformance(t)
	uv := testtools.Tool(t, "app/bin/uv")
	for _, p := range refusedProjects {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "pyproject.toml"), []byte(p.text), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), uv, "lock", "--dry-run", "--offline")
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if refused := err != nil; refused != (p.want != "") {
			t.Errorf("%s: uv says %v\n%s", p.name, err, out)
		}
	}
}

func TestProjectSeverity(t *testing.T) {
	t.Parallel()
	folder := read(t, split(app+"## pyproject.toml\n[project]\nname = 'My App'\nversion = '1'\n"))
	list := check.Folder(folder, facts.Options{Select: []string{"SL201"}}).Findings
	if len(list) != 1 || list[0].Severity != facts.Error || list[0].Automatic {
		t.Errorf("%+v", list)
	}
}
