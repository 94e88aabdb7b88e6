package generate

import (
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/resources"
)

// TestRuntimeName checks that a RUNTIME_NAME in the answers is used in every file, and that its
// Python version is the default.
func TestRuntimeName(t *testing.T) {
	for _, test := range []struct {
		runtime            scaffold.Runtime
		name, want, python string
	}{
		{scaffold.Container, "", "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11", "3.11"},
		{scaffold.Container, "SYSTEM$ST_CONTAINER_RUNTIME_PY3_12", "SYSTEM$ST_CONTAINER_RUNTIME_PY3_12", "3.12"},
		{scaffold.Container, "it's new", "it's new", "3.11"},
		{scaffold.Warehouse, "", "SYSTEM$WAREHOUSE_RUNTIME", "3.11"},
		{scaffold.Warehouse, "SYSTEM$ST_WAREHOUSE_RUNTIME_PY3_10", "SYSTEM$ST_WAREHOUSE_RUNTIME_PY3_10", "3.10"},
	} {
		app := scaffold.App{Folder: "demo", App: scaffold.Identity{Runtime: test.runtime, RuntimeName: test.name}}
		if got := app.RuntimeName(); got != test.want {
			t.Errorf("%s %q: RuntimeName() = %s, want %s", test.runtime, test.name, got, test.want)
		}
		if got := app.Resolve().Python.Version; got != test.python {
			t.Errorf("%s %q: Python version = %s, want %s", test.runtime, test.name, got, test.python)
		}
		texts := map[string]string{"sql/setup.sql": string(resources.SetupSQL(app)), "snowflake.yml": string(snowflakeYML(app.Resolve(), false))}
		if test.runtime == scaffold.Container {
			texts["sql/migrate.sql"] = string(resources.MigrateSQL(app, resources.Deployed{}))
		}
		for file, text := range texts {
			want := "RUNTIME_NAME = '" + strings.ReplaceAll(test.want, "'", "''") + "'"
			if file == "snowflake.yml" {
				want = "runtime_name: " + projectString(test.want)
			}
			if !strings.Contains(text, want) {
				t.Errorf("%s does not contain %s:\n%s", file, want, text)
			}
		}
	}
}
