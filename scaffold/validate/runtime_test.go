package validate

import (
	"sleet/scaffold"
)

func runtimeCases() []ruleCase {
	named := func(name string) func(*scaffold.App) { return func(a *scaffold.App) { a.App.RuntimeName = name } }
	return []ruleCase{
		{"runtime-name-other", "app.runtime_name", named("SYSTEM$WAREHOUSE_RUNTIME")},
		{"runtime-name-other", "app.runtime_name", named("system$st_warehouse_runtime_py3_11")},
		{"runtime-name-other", "app.runtime_name", warehouse(named("SYSTEM$ST_CONTAINER_RUNTIME_PY3_11"))},
		{"runtime-name-other", "app.runtime_name", warehouse(named("SYSTEM$ST_CONTAINER_RUNTIME_PY3_12"))},
		{"runtime-name-other", "", named("SYSTEM$ST_CONTAINER_RUNTIME_PY3_12")},
		{"runtime-name-other", "", named("SOMETHING_NEW")},
		{"runtime-name-unknown", "app.runtime_name", named("SYSTEM$ST_CONTAINER_RUNTIME_PY3_12")},
		{"runtime-name-unknown", "app.runtime_name", named("SOMETHING_NEW")},
		{"runtime-name-unknown", "app.runtime_name", warehouse(named("SYSTEM$ST_WAREHOUSE_RUNTIME_PY3_11"))},
		{"runtime-name-unknown", "", named("SYSTEM$ST_CONTAINER_RUNTIME_PY3_11")},
		{"runtime-name-unknown", "", named("system$st_container_runtime_py3_11")},
		{"runtime-name-unknown", "", warehouse(named("SYSTEM$WAREHOUSE_RUNTIME"))},
		{"runtime-name-unknown", "", named("SYSTEM$WAREHOUSE_RUNTIME")},
		{"runtime-name-unknown", "", named("")},
	}
}
