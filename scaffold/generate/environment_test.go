package generate_test

import (
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
)

func TestEnvironment(t *testing.T) {
	app := scaffold.App{Folder: "on"}
	app.App.Runtime = scaffold.Warehouse
	app.Python = scaffold.Python{Version: "3.9", Packages: []string{"torch==2.*", "pandas>2"}}
	data := writtenFile(app, "environment.yml")
	var got any
	if err := yaml.Unmarshal(data, &got); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	streamlit := "streamlit=" + app.Resolve().Python.Streamlit
	want := map[string]any{
		"name":     "on-app",
		"channels": []any{"snowflake"},
		"dependencies": []any{
			"python=3.9.*", streamlit, "snowflake-snowpark-python", "pytorch=2.*", "pandas",
		},
	}
	if diff := cmp.Diff(any(want), got); diff != "" {
		t.Errorf("environment.yml mismatch (-want +got):\n%s", diff)
	}
	app.App.Runtime = scaffold.Container
	if writtenFile(app, "environment.yml") != nil {
		t.Error("a container app has an environment.yml")
	}
}
