package migrate

import (
	"cmp"
	"strings"
	"testing"
)

// TestContainerNameStays keeps the name of a container runtime that sleet does not know, wherever the app's
// files have it; a name of the warehouse becomes the container's.
func TestContainerNameStays(t *testing.T) {
	const known, other = "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11", "SYSTEM$ST_CONTAINER_RUNTIME_PY3_12"
	project := func(name string) string {
		return "definition_version: 2\nentities:\n  a:\n    type: streamlit\n    identifier: a\n    main_file: streamlit_app.py\n" +
			"    runtime_name: " + name + "\n    artifacts:\n      - streamlit_app.py\n"
	}
	for _, test := range []struct{ name, file, text, want, answer string }{
		{"an unknown container", projectName, project(other), "runtime_name: " + other, other},
		{"the known container", projectName, project(known), "runtime_name: " + known, ""},
		{"the warehouse", projectName, project("SYSTEM$WAREHOUSE_RUNTIME"), "runtime_name: " + known, ""},
		{"an unknown warehouse", projectName, project("SYSTEM$ST_WAREHOUSE_RUNTIME_PY3_11"), "runtime_name: " + known, ""},
		{"in SQL", "make.sql", "CREATE STREAMLIT a FROM '@s' MAIN_FILE = 'streamlit_app.py' RUNTIME_NAME = '" + other + "';\n", "RUNTIME_NAME = '" + other + "'", other},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := folderWith(t, map[string]string{
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
