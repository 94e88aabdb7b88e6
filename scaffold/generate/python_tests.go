package generate

import (
	"slices"
	"strings"

	"sleet/scaffold"
)

// pythonTest is what the template of the tests reads: the app, and what stands for the rest.
type pythonTest struct {
	pythonApp
	// MainFile are the parts of the main file's path, as Python strings.
	MainFile []string
}

// testPython is tests/test_app.py: the app under Streamlit's AppTest.
// https://docs.streamlit.io/develop/api-reference/app-testing
func testPython(r scaffold.App) []byte {
	t := pythonTest{pythonApp: newPythonApp(r)}
	for part := range strings.SplitSeq(r.App.MainFile, "/") {
		t.MainFile = append(t.MainFile, pyString(part))
	}
	return pythonFile("test_app.py.tmpl", t)
}

// TestStandard are the imports of the standard library.
func (t pythonTest) TestStandard() []string {
	var list []string
	add := func(line string, wanted bool) {
		if wanted {
			list = append(list, line)
		}
	}
	add("import json", t.FunctionParts() || t.Cortex || len(t.Values) > 0)
	add("import sys", t.NeedsModule())
	add("from collections.abc import Iterator", t.HasHosts())
	add("from pathlib import Path", true)
	add("from types import SimpleNamespace", true)
	add("from typing import Any", t.Cortex && t.Container)
	return list
}

// HostCount is how many buttons call a host.
func (t pythonTest) HostCount() int { return len(t.URLs) + len(t.Patterns) }

// Stored are the secrets that the app reads from st.secrets.
func (t pythonTest) Stored() []pythonSecret {
	return slices.DeleteFunc(slices.Clone(t.Secrets), func(s pythonSecret) bool { return s.Access != scaffold.AccessSecrets })
}

// StandIn is what stands for the secret in the tests.
func (p pythonSecret) StandIn() string {
	switch p.Type {
	case scaffold.Password:
		return "LOGIN"
	case scaffold.CloudProviderToken:
		return "CLOUD_TOKEN"
	case scaffold.GenericString, scaffold.OAuth2:
	}
	return pyString("the value of " + p.Key)
}
