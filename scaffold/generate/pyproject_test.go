package generate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
)

func TestPyproject(t *testing.T) {
	tests := []struct {
		source scaffold.Source
		l      scaffold.Language
		says   string
	}{
		{scaffold.ArtifactRepository, scaffold.English, "snowflake.snowpark.pypi_shared_repository"},
		{scaffold.ArtifactRepository, scaffold.Japanese, "snowflake.snowpark.pypi_shared_repository"},
		{scaffold.PyPIIntegration, scaffold.English, "# APPS_S_1_DEMO_ACCESS\n"},
		{scaffold.PyPIIntegration, scaffold.Japanese, "# APPS_S_1_DEMO_ACCESS\n"},
		{scaffold.Preinstalled, scaffold.English, "No package index"},
		{scaffold.Preinstalled, scaffold.Japanese, "パッケージインデックスを割り当てない"},
	}
	for _, tt := range tests {
		t.Run(string(tt.source)+" "+string(tt.l), func(t *testing.T) {
			app := scaffold.App{Folder: "demo"}
			app.App.Database, app.App.Schema, app.App.Language = "apps", "s 1", tt.l
			app.Python.Source, app.Python.Packages = tt.source, []string{`a; platform_system == "Linux"`}
			data := writtenFile(app, "pyproject.toml")
			var got map[string]any
			if err := toml.Unmarshal(data, &got); err != nil {
				t.Fatalf("%v in\n%s", err, data)
			}
			streamlit := "streamlit[snowflake]>=1.50,<2"
			if tt.source == scaffold.Preinstalled {
				streamlit = "streamlit[snowflake]"
			}
			want := map[string]any{"project": map[string]any{
				"name": "demo-app", "version": "0.1.0", "requires-python": "==3.11.*",
				"dependencies": []any{streamlit, `a; platform_system == "Linux"`},
			}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("pyproject.toml mismatch (-want +got):\n%s", diff)
			}
			if !strings.Contains(string(data), tt.says) {
				t.Errorf("pyproject.toml does not contain %q:\n%s", tt.says, data)
			}
		})
	}
	app := scaffold.App{}
	app.App.Runtime = scaffold.Warehouse
	if writtenFile(app, "pyproject.toml") != nil {
		t.Error("a warehouse app has a pyproject.toml")
	}
}
