package observe

import (
	"context"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
)

// networkRule reads a network rule of the app. DESCRIBE shows all of it to its owner.
// https://docs.snowflake.com/en/sql-reference/sql/desc-network-rule
func networkRule(ctx context.Context, q query.Querier, x snowflake.Resource) (snowflake.Observed, error) {
	rows, err := q.Query(ctx, "DESCRIBE NETWORK RULE "+x.Name.SQL())
	if err != nil || len(rows.Values) == 0 {
		return snowflake.Observed{}, err
	}
	found := foundIn(rows, 0, x.Kind)
	if values := rows.Get(0, "value_list"); values != "" {
		found.Lists["VALUE_LIST"] = snowflake.ShownTexts(values)
	}
	return found, nil
}

// function reads a function. A SECURE function shows most of its properties only to its owner.
// https://docs.snowflake.com/en/sql-reference/sql/desc-function
func function(ctx context.Context, q query.Querier, x snowflake.Resource) (snowflake.Observed, error) {
	rows, err := q.Query(ctx, "DESCRIBE FUNCTION "+x.SQL())
	if err != nil {
		return snowflake.Observed{}, err
	}
	return describedIn(rows, "value"), nil
}

// integration reads an integration. An integration of another kind may have the same name.
// https://docs.snowflake.com/en/sql-reference/sql/desc-integration
func integration(ctx context.Context, q query.Querier, x snowflake.Resource) (snowflake.Observed, error) {
	rows, err := q.Query(ctx, "DESCRIBE INTEGRATION "+x.Name.SQL())
	if err != nil {
		return snowflake.Observed{}, err
	}
	found := describedIn(rows, "property_value")
	if _, ok := found.Lists["ALLOWED_NETWORK_RULES"]; ok {
		return found, nil
	}
	if _, ok := found.Lists["ALLOWED_AUTHENTICATION_SECRETS"]; ok {
		return found, nil
	}
	rows, at, err := shown(ctx, q, x)
	if err == nil && at >= 0 {
		found.Kind = kindOfCategory(rows.Get(at, "category"))
	}
	return found, err
}

// describedIn reads the result of a DESCRIBE that shows one property per row. It leaves out empty properties.
func describedIn(rows query.Rows, value string) snowflake.Observed {
	found := snowflake.Observed{Presence: snowflake.Present, Values: map[string]string{}, Lists: map[string][]snowflake.Entry{}}
	for i := range rows.Values {
		name, text := strings.ToUpper(rows.Get(i, "property")), rows.Get(i, value)
		switch name {
		case "ALLOWED_NETWORK_RULES", "ALLOWED_AUTHENTICATION_SECRETS":
			found.Lists[name] = snowflake.ShownList(text) // never empty here
		case "EXTERNAL_ACCESS_INTEGRATIONS", "SECRETS":
			if text != "" {
				found.Lists[name] = snowflake.ShownList(text)
			}
		default:
			if text != "" {
				found.Values[name] = text
			}
		}
	}
	return found
}

// app reads the app.
func app(ctx context.Context, q query.Querier, x snowflake.Resource) (snowflake.Observed, error) {
	rows, err := q.Query(ctx, "DESCRIBE STREAMLIT "+x.Name.SQL())
	if err != nil || len(rows.Values) == 0 {
		return snowflake.Observed{Presence: snowflake.Absent}, err
	}
	return Streamlit(rows), nil
}

// Streamlit returns the properties that DESCRIBE STREAMLIT shows. It leaves out NULL and empty ones, with two
// exceptions: lists are shown as empty lists, and a warehouse app may show no runtime.
// https://docs.snowflake.com/en/sql-reference/sql/desc-streamlit
func Streamlit(r query.Rows) snowflake.Observed {
	found := snowflake.Observed{Presence: snowflake.Present, Values: map[string]string{}, Lists: map[string][]snowflake.Entry{}}
	for _, c := range []struct{ column, property string }{
		{"title", "TITLE"},
		{"main_file", "MAIN_FILE"},
		{"query_warehouse", "QUERY_WAREHOUSE"},
		{"runtime_name", "RUNTIME_NAME"},
		{"compute_pool", "COMPUTE_POOL"},
		{"url_id", "URL_ID"},
		{"root_location", "ROOT_LOCATION"},
		{"live_version_location_uri", "LIVE_VERSION"},
		{"last_version_location_uri", "LAST_VERSION"},
		{"comment", "COMMENT"},
	} {
		if value := r.Get(0, c.column); value != "" {
			found.Values[c.property] = value
		}
	}
	if _, shown := found.Values["RUNTIME_NAME"]; !shown && r.Has("runtime_name") && found.Values["COMPUTE_POOL"] == "" {
		found.Values["RUNTIME_NAME"] = warehouseRuntime
	}
	for _, c := range []struct{ column, property string }{
		{"external_access_integrations", "EXTERNAL_ACCESS_INTEGRATIONS"},
		{"external_access_secrets", "SECRETS"},
		{"artifact_repositories", "ARTIFACT_REPOSITORIES"},
	} {
		if value := r.Get(0, c.column); value != "" {
			found.Lists[c.property] = snowflake.ShownList(value)
		}
	}
	return found
}

// warehouseRuntime is the runtime of an app that shows none.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/runtime-environments
const warehouseRuntime = "SYSTEM$WAREHOUSE_RUNTIME"
