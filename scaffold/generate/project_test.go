package generate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/scaffold/generate"
)

// entityOf returns the single entity of snowflake.yml.
func entityOf(t *testing.T, data []byte) (entity map[string]any) {
	t.Helper()
	var project struct {
		Version  int                       `yaml:"definition_version"`
		Entities map[string]map[string]any `yaml:"entities"`
	}
	if err := yaml.UnmarshalWithOptions(data, &project, yaml.Strict()); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	if project.Version != 2 || len(project.Entities) != 1 {
		t.Fatalf("version %d, %d entities", project.Version, len(project.Entities))
	}
	for _, entity = range project.Entities {
	}
	return entity
}

// projectLocked returns the snowflake.yml of an app whose folder has a uv.lock.
func projectLocked(app scaffold.App) []byte {
	files := generate.FilesLocked(app, true)
	return files[slices.IndexFunc(files, func(f scaffold.File) bool { return f.Path == "snowflake.yml" })].Data
}

func TestProject(t *testing.T) {
	none := ""
	tests := []struct {
		name string
		app  scaffold.App
		want map[string]any
	}{
		{
			"defaults",
			scaffold.App{Folder: "demo"},
			map[string]any{
				"type": "streamlit", "identifier": map[string]any{"name": "demo"}, "title": "demo",
				"query_warehouse": "COMPUTE_WH", "main_file": "streamlit_app.py", "stage": "STREAMLIT_STAGE",
				"runtime_name": "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11", "compute_pool": "SYSTEM_COMPUTE_POOL_CPU",
				"artifacts": []any{"streamlit_app.py", "pyproject.toml", ".streamlit/config.toml", "*.py"},
			},
		},
		{
			"container",
			scaffold.App{
				App: scaffold.Identity{
					Name: "売上", Title: `say "hi"`, Database: "my db", Schema: "select", Comment: "two\nlines",
					MainFile: "src/app [1].py", QueryWarehouse: "my-wh", ComputePool: &none,
				},
				Roles:   scaffold.Roles{Viewers: []string{"analyst", "Sales Team", "analyst"}},
				Network: scaffold.Network{Hosts: []string{"api.example.com"}},
				Secrets: []scaffold.SecretDecl{
					{Key: "by_function"},
					{Key: "key", Access: scaffold.AccessSecrets},
					{Key: "login", Type: scaffold.Password, Access: scaffold.AccessSecrets, Object: `other."s".LOGIN`, Existing: true},
				},
				Config: map[string]any{"theme.base": "dark"},
				Values: map[string]any{"a": "b"},
			},
			map[string]any{
				"type": "streamlit", "title": `say "hi"`, "comment": "two\nlines",
				"identifier":      map[string]any{"name": `"売上"`, "schema": `"select"`, "database": `"my db"`},
				"query_warehouse": `"my-wh"`, "main_file": "src/app [1].py", "stage": `"my db"."select".STREAMLIT_STAGE`,
				"runtime_name":                 "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11",
				"external_access_integrations": []any{"MY_DB_SELECT_APP_443FB948_ACCESS"},
				"secrets":                      map[string]any{"key": `"my db"."select".APP_443FB948_KEY`, "login": `other."s".LOGIN`},
				"grants": []any{
					map[string]any{"privilege": "USAGE", "role": "analyst"},
					map[string]any{"privilege": "USAGE", "role": `"Sales Team"`},
				},
				"artifacts": []any{
					"src/app [[]1].py", "pyproject.toml", ".streamlit/config.toml", ".streamlit/secrets.toml", "src/*.py",
				},
			},
		},
		{
			"warehouse",
			scaffold.App{
				App:     scaffold.Identity{Name: "no", Runtime: scaffold.Warehouse},
				Secrets: []scaffold.SecretDecl{{Key: "true"}},
				Config:  map[string]any{"runner.fastReruns": true},
				Values:  map[string]any{"a": "b"},
			},
			map[string]any{
				"type": "streamlit", "identifier": map[string]any{"name": "no"}, "title": "no",
				"query_warehouse": "COMPUTE_WH", "main_file": "streamlit_app.py", "stage": "STREAMLIT_STAGE",
				"runtime_name":                 "SYSTEM$WAREHOUSE_RUNTIME",
				"external_access_integrations": []any{"NO_ACCESS"},
				"secrets":                      map[string]any{"true": "NO_TRUE"},
				"artifacts":                    []any{"streamlit_app.py", "environment.yml", ".streamlit/config.toml", "*.py"},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			entity := entityOf(t, writtenFile(tt.app, "snowflake.yml"))
			if diff := cmp.Diff(tt.want, entity); diff != "" {
				t.Errorf("snowflake.yml mismatch (-want +got):\n%s", diff)
			}
			if list := tt.want["artifacts"].([]any); tt.app.LocksPackages() {
				tt.want["artifacts"] = slices.Insert(list, 2, any("uv.lock"))
			}
			entity = entityOf(t, projectLocked(tt.app))
			if diff := cmp.Diff(tt.want, entity); diff != "" {
				t.Errorf("snowflake.yml with uv.lock mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestProjectRepositories(t *testing.T) {
	app := scaffold.App{Folder: "demo"}
	const clause = "ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository);"
	if data := string(writtenFile(app, "snowflake.yml")); !strings.Contains(data, clause) {
		t.Errorf("snowflake.yml does not contain %q:\n%s", clause, data)
	}
	app.Python.Source = scaffold.Preinstalled
	if data := string(writtenFile(app, "snowflake.yml")); strings.Contains(data, "ARTIFACT_REPOSITORIES") {
		t.Errorf("snowflake.yml names a repository without a package index:\n%s", data)
	}
}

// TestProjectNamesTheCLI checks that the file names the required version of the CLI: older ones
// turn a warehouse app into a container app.
func TestProjectNamesTheCLI(t *testing.T) {
	t.Parallel()
	for _, language := range []scaffold.Language{scaffold.English, scaffold.Japanese} {
		for _, runtime := range []scaffold.Runtime{scaffold.Warehouse, scaffold.Container} {
			app := scaffold.App{Folder: "demo", App: scaffold.Identity{Runtime: runtime, Language: language}}
			if text := string(writtenFile(app, "snowflake.yml")); !strings.Contains(text, "3.27") {
				t.Errorf("snowflake.yml (%s, %s) does not name version 3.27 of the CLI:\n%s", runtime, language, text)
			}
		}
	}
}
