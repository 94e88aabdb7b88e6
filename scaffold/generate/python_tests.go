package generate

import (
	"slices"
	"strings"

	"sleet/scaffold"
)

// pythonTest is the data of the template of the tests.
type pythonTest struct {
	pythonApp
	// MainFile holds the parts of the main file's path as Python strings.
	MainFile []string
}

// testPython returns tests/test_app.py, which runs the app in Streamlit's AppTest.
// https://docs.streamlit.io/develop/api-reference/app-testing
func testPython(r scaffold.App) []byte {
	t := pythonTest{pythonApp: newPythonApp(r)}
	for part := range strings.SplitSeq(r.App.MainFile, "/") {
		t.MainFile = append(t.MainFile, pyString(part))
	}
	return pythonFile("test_app.py.tmpl", t.values())
}

// values returns the names that the template of the tests uses.
func (t pythonTest) values() map[string]any {
	values := t.pythonApp.values()
	values["MainFile"] = t.MainFile
	values["TestStandard"] = t.standard()
	values["HostCount"] = len(t.URLs) + len(t.Patterns)
	values["Stored"] = t.stored()
	return values
}

// standard returns the imports from the standard library.
func (t pythonTest) standard() []string {
	var list []string
	add := func(line string, wanted bool) {
		if wanted {
			list = append(list, line)
		}
	}
	add("import json", t.functionParts() || t.Cortex || len(t.Values) > 0)
	add("import sys", t.needsModule())
	add("from collections.abc import Iterator", t.hasHosts())
	add("from pathlib import Path", true)
	add("from types import SimpleNamespace", true)
	add("from typing import Any", t.Cortex && t.Container)
	return list
}

// stored returns the secrets that the app reads from st.secrets.
func (t pythonTest) stored() []pythonSecret {
	return slices.DeleteFunc(slices.Clone(t.Secrets), func(s pythonSecret) bool { return s.Access != scaffold.AccessSecrets })
}
