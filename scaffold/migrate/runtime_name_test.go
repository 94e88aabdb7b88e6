package migrate

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/testtools"
)

// TestContainerNameStays checks that the name of a container runtime that sleet does not know stays in all of the app's
// files, and that a warehouse name becomes the container's.
func TestContainerNameStays(t *testing.T) {
	const known, other = "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11", "SYSTEM$ST_CONTAINER_RUNTIME_PY3_12"
	project := func(name string) string {
		return "definition_version: 2\nentities:\n  a:\n    type: streamlit\n    identifier: a\n    main_file: streamlit_app.py\n" +
			"    runtime_name: " + name + "\n    artifacts:\n      - streamlit_app.py\n"
	}
	for _, test := range []struct{ name, file, text, want, answer string }{
		{"an unknown container", scaffold.ProjectYML, project(other), "runtime_name: " + other, other},
		{"the known container", scaffold.ProjectYML, project(known), "runtime_name: " + known, ""},
		{"the warehouse", scaffold.ProjectYML, project("SYSTEM$WAREHOUSE_RUNTIME"), "runtime_name: " + known, ""},
		{"an unknown warehouse", scaffold.ProjectYML, project("SYSTEM$ST_WAREHOUSE_RUNTIME_PY3_11"), "runtime_name: " + known, ""},
		{"in SQL", "make.sql", "CREATE STREAMLIT a FROM '@s' MAIN_FILE = 'streamlit_app.py' RUNTIME_NAME = '" + other + "';\n", "RUNTIME_NAME = '" + other + "'", other},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := testtools.Folder(t, map[string]string{
				"streamlit_app.py": "import streamlit as st\n\nst.title('x')\n", "environment.yml": "dependencies:\n  - streamlit=1.52.2\n", test.file: test.text,
			})
			m := planned(t, dir)
			if got := m.App.App.RuntimeName; got != test.answer {
				t.Errorf("app.runtime_name is %q, want %q", got, test.answer)
			}
			for _, c := range m.Changes {
				text := string(c.New)
				if (c.Path == "sql/migrate.sql" || c.Path == "sql/setup.sql") && !strings.Contains(text, "RUNTIME_NAME = '"+cmp.Or(test.answer, known)+"'") {
					t.Errorf("%s does not name the runtime:\n%s", c.Path, text)
				}
				if c.Path == test.file && !strings.Contains(text, test.want) {
					t.Errorf("%s lacks %s:\n%s", c.Path, test.want, text)
				}
			}
		})
	}
}

// TestRollbackKnowsTheRuntime checks that the rollback restores the app's previous runtime if it is known.
func TestRollbackKnowsTheRuntime(t *testing.T) {
	const named = "SYSTEM$ST_WAREHOUSE_RUNTIME_PY3_10"
	app := map[string]string{"streamlit_app.py": "import streamlit as st\n\nst.title('x')\n", "environment.yml": "dependencies:\n  - streamlit=1.52.2\n"}
	project := "definition_version: 2\nentities:\n  a:\n    type: streamlit\n    identifier: a\n    main_file: streamlit_app.py\n"
	for _, test := range []struct{ name, file, text, want string }{
		{"in snowflake.yml", scaffold.ProjectYML, project + "    runtime_name: " + named + "\n    artifacts:\n      - streamlit_app.py\n", named},
		{"in SQL", "make.sql", "CREATE STREAMLIT a FROM '@s' MAIN_FILE = 'streamlit_app.py' RUNTIME_NAME = '" + named + "';\n", named},
		{"in sleet.toml", "sleet.toml", "[app]\nname = \"a\"\nruntime = \"warehouse\"\nruntime_name = \"" + named + "\"\n", named},
		{"nowhere", scaffold.ProjectYML, project + "    artifacts:\n      - streamlit_app.py\n", "SYSTEM$WAREHOUSE_RUNTIME"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{test.file: test.text}
			for name, text := range app {
				files[name] = text
			}
			for _, c := range planned(t, testtools.Folder(t, files)).Changes {
				if c.Path == "sql/rollback.sql" && !strings.Contains(string(c.New), "RUNTIME_NAME = '"+test.want+"'") {
					t.Errorf("the rollback does not name %s:\n%s", test.want, c.New)
				}
			}
		})
	}
}

// TestPythonOfTheContainer checks that pyproject.toml requires the Python version of the container in which the app
// will run.
func TestPythonOfTheContainer(t *testing.T) {
	for _, test := range []struct{ name, container, have, want string }{
		{"the known one", "==3.11.*", ">=3.9", "==3.11.*"},
		{"another", "==3.12.*", ">=3.9", "==3.12.*"},
		{"one older is admitted", "==3.12.*", ">=3.11", "==3.12.*"},
		{"none is asked for", "==3.12.*", "", "==3.12.*"},
		{"it fits", "==3.12.*", ">=3.12", ">=3.12"},
	} {
		t.Run(test.name, func(t *testing.T) {
			project := "[project]\nname = \"a\"\nversion = \"1\"\n"
			if test.have != "" {
				project += "requires-python = \"" + test.have + "\"\n"
			}
			made := "[project]\nname = \"a\"\nversion = \"1\"\nrequires-python = \"" + test.container + "\"\n"
			edits, _ := manifest.JoinProject("pyproject.toml", []byte(project), made)
			text := project
			slices.SortFunc(edits, func(a, b change.Edit) int { return b.Start - a.Start }) // from the end, so that offsets stay valid
			for _, e := range edits {
				text = text[:e.Start] + e.New + text[e.End:]
			}
			if !strings.Contains(text, "requires-python = \""+test.want+"\"") {
				t.Errorf("it does not ask for %s:\n%s", test.want, text)
			}
		})
	}
}
