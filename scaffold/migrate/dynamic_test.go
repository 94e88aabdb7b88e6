package migrate

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/testtools"
)

// TestDynamicDependencies checks that dependencies that setuptools or Hatch reads from files are written into [project]
// if they can be read, and otherwise left to the person, with those files.
func TestDynamicDependencies(t *testing.T) {
	t.Parallel()
	const (
		head       = "[project]\nname = \"x\"\nversion = \"1\"\nrequires-python = \"==3.11.*\"\n"
		setuptools = "\n[tool.setuptools.dynamic]\n"
		want       = head + "dependencies = [\n    \"streamlit[snowflake]>=1.50,<2\",\n    \"plotly==5.9\",\n]\n"
		listed     = "streamlit\nplotly==5.9\n"
	)
	for name, c := range map[string]struct {
		files  map[string]string
		want   string // pyproject.toml afterwards
		stays  string // a file that must not go
		manual string
	}{
		"setuptools": {map[string]string{
			"pyproject.toml":   head + "dynamic = [\"dependencies\"]\n" + setuptools + "dependencies = { file = [\"requirements.txt\"] }\n",
			"requirements.txt": listed,
		}, want, "", ""},
		"one file of another name, and more": {map[string]string{
			"pyproject.toml":       head + "dynamic = [\"dependencies\", \"readme\"]\n" + setuptools + "dependencies.file = \"requirements-app.txt\"\nreadme = { file = [\"README.md\"] }\n",
			"requirements-app.txt": "-r requirements-more.txt\nstreamlit\n", "requirements-more.txt": "plotly==5.9\n",
		}, head + "dynamic = [\"readme\"]\ndependencies = [\n    \"streamlit[snowflake]>=1.50,<2\",\n    \"plotly==5.9\",\n]\n" + setuptools + "readme = { file = [\"README.md\"] }\n", "requirements-app.txt", ""},
		"hatch": {map[string]string{
			"pyproject.toml":   "[build-system]\nrequires = [\"hatchling\", \"hatch-requirements-txt\"]\n\n" + head + "dynamic = [\"dependencies\"]\n\n[tool.hatch.metadata.hooks.requirements_txt]\nfiles = [\"requirements.txt\"]\n",
			"requirements.txt": listed,
		}, "[build-system]\nrequires = [\"hatchling\", \"hatch-requirements-txt\"]\n\n" + want, "", ""},
		"a file that is not there": {map[string]string{
			"pyproject.toml":   head + "dynamic = [\"dependencies\"]\n" + setuptools + "dependencies = { file = [\"requirements.txt\", \"more.txt\"] }\n",
			"requirements.txt": listed,
		}, head + "dynamic = [\"dependencies\"]\n" + setuptools + "dependencies = { file = [\"requirements.txt\", \"more.txt\"] }\n", "requirements.txt", "two lists of packages: a container app reads requirements.txt and not the pyproject.toml beside it"},
		"a hook": {map[string]string{
			"pyproject.toml": head + "dynamic = [\"dependencies\"]\n\n[tool.hatch.metadata.hooks.custom]\n",
		}, head + "dynamic = [\"dependencies\"]\n\n[tool.hatch.metadata.hooks.custom]\n", "", "the dependencies come from elsewhere (dynamic)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.files["streamlit_app.py"] = "import streamlit as st\nst.write(1)\n"
			m := planned(t, testtools.Folder(t, c.files))
			got := c.files["pyproject.toml"]
			for _, change := range m.Changes {
				if change.Path == "pyproject.toml" {
					got = string(change.New)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("pyproject.toml (-want +got)\n%s", diff)
			}
			if slices.Contains(m.Removed, c.stays) {
				t.Errorf("%s is gone", c.stays)
			}
			var manual []string
			for _, n := range m.Manual {
				if n.Rule == manifest.RulePackages {
					manual = append(manual, n.Message.String())
				}
			}
			if got := strings.Join(manual, "|"); got != c.manual {
				t.Errorf("left to the person: %q, not %q", got, c.manual)
			}
		})
	}
}

// TestListsOfOtherTools checks that a package list of another tool is left to the person if it is the only list.
func TestListsOfOtherTools(t *testing.T) {
	t.Parallel()
	const app = "import streamlit as st\nst.write(1)\n"
	for want, files := range map[string]map[string]string{
		"Pipfile":   {"streamlit_app.py": app, "Pipfile": "[packages]\nplotly = '*'\n"},
		"setup.cfg": {"streamlit_app.py": app, "setup.cfg": "[options]\ninstall_requires =\n  plotly\n"},
		"setup.py":  {"streamlit_app.py": app, "setup.py": "from setuptools import setup\nsetup(install_requires=['plotly'])\n"},
		"":          {"streamlit_app.py": app, "Pipfile": "[packages]\nplotly = '*'\n", "requirements.txt": "plotly\n"},
	} {
		m := planned(t, testtools.Folder(t, files))
		got := ""
		for _, n := range m.Manual {
			if n.Rule == manifest.RulePackages {
				got += n.Symbol
			}
		}
		if got != want {
			t.Errorf("left to the person: %q, not %q", got, want)
		}
	}
}
