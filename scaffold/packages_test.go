package scaffold

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// packageTexts returns the packages of both package files.
func packageTexts(a App, write func(Requirement) string) []string {
	var texts []string
	for _, r := range requirements(a.Resolve()) {
		texts = append(texts, write(r))
	}
	return texts
}

func TestRequirements(t *testing.T) {
	hosts := Network{Hosts: []string{"api.example.com"}}
	asked := func(packages ...string) Python { return Python{Packages: packages} }
	tests := []struct {
		name                 string
		app                  App
		container, warehouse []string
	}{
		{
			name:      "nothing asked for",
			container: []string{"streamlit[snowflake]>=1.50,<2"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python"},
		},
		{
			name:      "a host",
			app:       App{Network: hosts},
			container: []string{"streamlit[snowflake]>=1.50,<2", "requests"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "requests"},
		},
		{
			name:      "Cortex, which _snowflake calls in a warehouse",
			app:       App{App: Identity{Cortex: CortexAnalyst}},
			container: []string{"streamlit[snowflake]>=1.50,<2", "requests"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python"},
		},
		{
			name:      "versions",
			app:       App{Python: asked("pandas==2.2.3", "numpy==1.*", "plotly>=5,<6", "altair", "scipy===1.13", "polars==1.0+local")},
			container: []string{"streamlit[snowflake]>=1.50,<2", "pandas==2.2.3", "numpy==1.*", "plotly>=5,<6", "altair", "scipy===1.13", "polars==1.0+local"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "pandas=2.2.3", "numpy=1.*", "plotly", "altair", "scipy", "polars"},
		},
		{
			name:      "names that differ",
			app:       App{Python: asked("Pillow", "opencv-python==4.9.*", "PyYAML", "torch", "msgpack", "typing-extensions", "Snowflake.Core", "graphviz")},
			container: []string{"streamlit[snowflake]>=1.50,<2", "Pillow", "opencv-python==4.9.*", "PyYAML", "torch", "msgpack", "typing-extensions", "Snowflake.Core", "graphviz"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "pillow", "opencv=4.9.*", "pyyaml", "pytorch", "msgpack-python", "typing_extensions", "snowflake.core", "python-graphviz"},
		},
		{
			name:      "names of conda",
			app:       App{Python: asked("pytorch==2.1", "opencv", "ray-default", "psycopg2")},
			container: []string{"streamlit[snowflake]>=1.50,<2", "torch==2.1", "opencv-python-headless", "ray[default]", "psycopg2"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "pytorch=2.1", "opencv", "ray-default", "psycopg2"},
		},
		{
			name:      "a package twice",
			app:       App{Network: hosts, Python: asked("Requests==2.32.3", "pan_das[excel]>=2", "Pan.Das[xml,excel]<3")},
			container: []string{"streamlit[snowflake]>=1.50,<2", "requests==2.32.3", "pan_das[excel,xml]>=2,<3"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "requests=2.32.3", "pan-das"},
		},
		{
			name:      "two markers, an address",
			app:       App{Python: asked("a==1; sys_platform == 'linux'", "a==2; sys_platform != 'linux'", "b @ https://example.com/b.whl")},
			container: []string{"streamlit[snowflake]>=1.50,<2", "a==1; sys_platform == 'linux'", "a==2; sys_platform != 'linux'", "b @ https://example.com/b.whl"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "a=1", "a=2", "b"},
		},
		{
			name:      "what Problems refuses",
			app:       App{Python: asked("no requirement", "python>=3.11")},
			container: []string{"streamlit[snowflake]>=1.50,<2"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python"},
		},
		{
			name:      "a range of Streamlit",
			app:       App{Python: Python{Streamlit: "==1.51.0"}},
			container: []string{"streamlit[snowflake]==1.51.0"},
			warehouse: []string{"streamlit=1.51.0", "snowflake-snowpark-python"},
		},
		{
			name:      "a version of the channel",
			app:       App{Python: Python{Streamlit: "1.50.0"}},
			container: []string{"streamlit[snowflake]"},
			warehouse: []string{"streamlit=1.50.0", "snowflake-snowpark-python"},
		},
		{
			name:      "no package index",
			app:       App{Network: hosts, Python: Python{Source: Preinstalled}},
			container: []string{"streamlit[snowflake]", "requests"},
			warehouse: []string{"streamlit=1.52.2", "snowflake-snowpark-python", "requests"},
		},
		{
			name:      "no package index, a version all the same",
			app:       App{Python: Python{Source: Preinstalled, Streamlit: ">=1.53", Packages: []string{"pandas>=2"}}},
			container: []string{"streamlit[snowflake]>=1.53", "pandas>=2"},
			warehouse: []string{"streamlit", "snowflake-snowpark-python", "pandas"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.app.App.Runtime = Container
			if diff := cmp.Diff(tt.container, packageTexts(tt.app, pypiText)); diff != "" {
				t.Errorf("container: %s", diff)
			}
			tt.app.App.Runtime = Warehouse
			if diff := cmp.Diff(tt.warehouse, packageTexts(tt.app, condaText)); diff != "" {
				t.Errorf("warehouse: %s", diff)
			}
		})
	}
}

// TestTwins holds the rows of the table to what its lookups rely on.
func TestTwins(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range twins() {
		if row.pypi == "" {
			if row.why == "" {
				t.Errorf("%s has no twin, and nothing says why", row.conda)
			}
			if seen[row.conda] {
				t.Errorf("%s stands twice", row.conda)
			}
			seen[row.conda] = true
			continue
		}
		r, err := ParseRequirement(row.pypi)
		if err != nil {
			t.Errorf("%s: %v", row.conda, err)
		}
		if r.Name != r.Normal || len(r.Clauses) > 0 {
			t.Errorf("%s: %s is no name in PyPI's normal form", row.conda, row.pypi)
		}
		if !row.oneWay && CondaName(r.Name) != row.conda && len(r.Extras) == 0 {
			t.Errorf("%s: its twin %s leads to %s", row.conda, r.Name, CondaName(r.Name))
		}
		if row.oneWay && CondaName(r.Name) == row.conda && row.conda != r.Name {
			t.Errorf("%s: another row already leads from %s to it", row.conda, r.Name)
		}
	}
}

func TestNamesBothWays(t *testing.T) {
	tests := []struct{ conda, pypi string }{
		{"pillow", "pillow"},
		{"pytorch", "torch"},
		{"pyyaml", "pyyaml"},
		{"huggingface_hub", "huggingface-hub"},
		{"ruamel.yaml", "ruamel-yaml"},
		{"python-graphviz", "graphviz"},
		{"opencv", "opencv-python-headless"},
	}
	for _, tt := range tests {
		if got, _ := PyPIName(tt.conda); got != tt.pypi {
			t.Errorf("PyPIName(%q) = %q, not %q", tt.conda, got, tt.pypi)
		}
		if got := CondaName(tt.pypi); got != tt.conda {
			t.Errorf("CondaName(%q) = %q, not %q", tt.pypi, got, tt.conda)
		}
	}
	for _, conda := range []string{"python", "openssl", "graphviz", "Typing"} {
		if name, why := PyPIName(conda); name != "" || why.IsZero() {
			t.Errorf("PyPIName(%q) = %q, %q", conda, name, why)
		}
	}
	if name, _ := PyPIName("dask-core"); name != "dask" || CondaName("dask") != "dask" {
		t.Error("a part of a package leads to all of it, and all of it to itself")
	}
}

func TestProjectName(t *testing.T) {
	tests := []struct{ name, project, entity string }{
		{"my_app", "my-app", "my_app"},
		{"demo", "demo-app", "demo"},
		{"pandas", "pandas-app", "pandas"},
		{"Streamlit App!", "streamlit-app", "streamlit_app"},
		{`"exact Name"`, "exact-name-app", "exact_name"},
		{"2024 sales", "2024-sales-app", "2024_sales"},
		{"___", "app", "app"},
		{"売上", "app-443fb948", "app_443fb948"},
	}
	for _, tt := range tests {
		a := App{App: Identity{Name: tt.name}}.Resolve()
		if got := projectName(a); got != tt.project {
			t.Errorf("%q: project %q, not %q", tt.name, got, tt.project)
		}
		if got := slug(a); got != tt.entity {
			t.Errorf("%q: entity %q, not %q", tt.name, got, tt.entity)
		}
	}
}

// FuzzProjectName holds every name to the rules of PEP 508.
func FuzzProjectName(f *testing.F) {
	for _, name := range []string{"", "demo", "売上アプリ", "$", "-", `"a"`, "a__b", "\xff", "ſ"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		project := projectName(App{App: Identity{Name: name}}.Resolve())
		r, err := ParseRequirement(project)
		if err != nil || r.Name != project || r.Normal != project {
			t.Errorf("%q gives %q (%v)", name, project, err)
		}
		if len(project) > maxSlug+len("-app") {
			t.Errorf("%q gives %d characters", name, len(project))
		}
	})
}
