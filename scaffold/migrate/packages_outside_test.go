package migrate

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/testtools"
)

// TestPackagesUnderUv resolves the results of typical environment files with uv.
func TestPackagesUnderUv(t *testing.T) {
	for name, conda := range map[string]string{
		"old":     "dependencies:\n  - python=3.8\n  - streamlit=1.22.0\n  - pandas=1.3.5\n  - snowflake-snowpark-python=1.6.1\n  - numpy=1.21\n",
		"renamed": "dependencies:\n  - streamlit\n  - pyyaml\n  - pillow=10.*\n  - msgpack-python\n  - python-graphviz\n  - bs4\n",
		"open":    "dependencies:\n  - streamlit=1.51.0\n  - plotly=\n  - pydeck=0.8\n  - requests>=2.31,<3\n",
	} {
		t.Run(name, func(t *testing.T) {
			uv, python := testtools.Tool(t, "app/bin/uv"), testtools.Tool(t, "app/bin/python")
			dir := testtools.Folder(t, map[string]string{"streamlit_app.py": "import streamlit as st\nst.write(1)\n", scaffold.CondaFile: "name: x\nchannels: [snowflake]\n" + conda})
			folder, err := existing.Read(dir)
			if err != nil {
				t.Fatal(err)
			}
			m, err := Plan(folder, folder.Apps[0], Choices{App: Inspect(folder, folder.Apps[0]).App})
			if err != nil {
				t.Fatal(err)
			}
			if err := Apply(dir, m.Changes, WriteOptions{}); err != nil {
				t.Fatal(err)
			}
			out, err := exec.CommandContext(t.Context(), uv, "lock", "--project", dir, "--python", python).CombinedOutput()
			if err != nil {
				data, _ := os.ReadFile(filepath.Join(dir, scaffold.PyprojectFile))
				t.Fatalf("uv lock: %v\n%s\n%s", err, out, data)
			}
			testtools.CountConformance(t)
		})
	}
}
