package generate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/pep508"
)

// packageTexts returns the requirements as write formats them.
func packageTexts(a scaffold.App, write func(pep508.Requirement) string) []string {
	var texts []string
	for _, r := range requirements(a.Resolve()) {
		texts = append(texts, write(r))
	}
	return texts
}

func TestRequirements(t *testing.T) {
	hosts := scaffold.Network{Hosts: []string{"api.example.com"}}
	asked := func(packages ...string) scaffold.Python { return scaffold.Python{Packages: packages} }
	tests := []struct {
		name                 string
		app                  scaffold.App
		container, warehouse []string
	}{
		{
			name:      "nothing asked for",
			container: []string{"streamlit[snowflake]>=1.50,<2"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python"},
		},
		{
			name:      "a host",
			app:       scaffold.App{Network: hosts},
			container: []string{"streamlit[snowflake]>=1.50,<2", "requests"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "requests"},
		},
		{
			name:      "Cortex, which _snowflake calls in a warehouse",
			app:       scaffold.App{App: scaffold.Identity{Cortex: scaffold.CortexAnalyst}},
			container: []string{"streamlit[snowflake]>=1.50,<2", "requests"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python"},
		},
		{
			name:      "versions",
			app:       scaffold.App{Python: asked("pandas==2.2.3", "numpy==1.*", "plotly>=5,<6", "altair", "scipy===1.13", "polars==1.0+local")},
			container: []string{"streamlit[snowflake]>=1.50,<2", "pandas==2.2.3", "numpy==1.*", "plotly>=5,<6", "altair", "scipy===1.13", "polars==1.0+local"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "pandas=2.2.3", "numpy=1.*", "plotly", "altair", "scipy", "polars"},
		},
		{
			name:      "names that differ",
			app:       scaffold.App{Python: asked("Pillow", "opencv-python==4.9.*", "PyYAML", "torch", "msgpack", "typing-extensions", "Snowflake.Core", "graphviz")},
			container: []string{"streamlit[snowflake]>=1.50,<2", "Pillow", "opencv-python==4.9.*", "PyYAML", "torch", "msgpack", "typing-extensions", "Snowflake.Core", "graphviz"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "pillow", "opencv=4.9.*", "pyyaml", "pytorch", "msgpack-python", "typing_extensions", "snowflake.core", "python-graphviz"},
		},
		{
			name:      "names of conda",
			app:       scaffold.App{Python: asked("pytorch==2.1", "opencv", "ray-default", "psycopg2")},
			container: []string{"streamlit[snowflake]>=1.50,<2", "torch==2.1", "opencv-python-headless", "ray[default]", "psycopg2"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "pytorch=2.1", "opencv", "ray-default", "psycopg2"},
		},
		{
			name:      "a package twice",
			app:       scaffold.App{Network: hosts, Python: asked("Requests==2.32.3", "pan_das[excel]>=2", "Pan.Das[xml,excel]<3")},
			container: []string{"streamlit[snowflake]>=1.50,<2", "requests==2.32.3", "pan_das[excel,xml]>=2,<3"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "requests=2.32.3", "pan-das"},
		},
		{
			name:      "two markers, an address",
			app:       scaffold.App{Python: asked("a==1; sys_platform == 'linux'", "a==2; sys_platform != 'linux'", "b @ https://example.com/b.whl")},
			container: []string{"streamlit[snowflake]>=1.50,<2", "a==1; sys_platform == 'linux'", "a==2; sys_platform != 'linux'", "b @ https://example.com/b.whl"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "a=1", "a=2", "b"},
		},
		{
			name:      "what Problems refuses",
			app:       scaffold.App{Python: asked("no requirement", "python>=3.11")},
			container: []string{"streamlit[snowflake]>=1.50,<2"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python"},
		},
		{
			name:      "a range of Streamlit",
			app:       scaffold.App{Python: scaffold.Python{Streamlit: "==1.51.0"}},
			container: []string{"streamlit[snowflake]==1.51.0"},
			warehouse: []string{"streamlit=1.51.0", "snowflake-snowpark-python"},
		},
		{
			name:      "a version of the channel",
			app:       scaffold.App{Python: scaffold.Python{Streamlit: "1.50.0"}},
			container: []string{"streamlit[snowflake]"},
			warehouse: []string{"streamlit=1.50.0", "snowflake-snowpark-python"},
		},
		{
			name:      "no package index",
			app:       scaffold.App{Network: hosts, Python: scaffold.Python{Source: scaffold.Preinstalled}},
			container: []string{"streamlit[snowflake]", "requests"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "requests"},
		},
		{
			name:      "no package index, a version all the same",
			app:       scaffold.App{Python: scaffold.Python{Source: scaffold.Preinstalled, Streamlit: ">=1.53", Packages: []string{"pandas>=2"}}},
			container: []string{"streamlit[snowflake]>=1.53", "pandas>=2"},
			warehouse: []string{"streamlit", "snowflake-snowpark-python", "pandas"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.app.App.Runtime = scaffold.Container
			if diff := cmp.Diff(tt.container, packageTexts(tt.app, pypiText)); diff != "" {
				t.Errorf("container: %s", diff)
			}
			tt.app.App.Runtime = scaffold.Warehouse
			if diff := cmp.Diff(tt.warehouse, packageTexts(tt.app, condaText)); diff != "" {
				t.Errorf("warehouse: %s", diff)
			}
		})
	}
}
