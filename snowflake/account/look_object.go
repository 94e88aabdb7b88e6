package account

import (
	"context"
	"errors"
	"slices"
	"strings"

	"sleet/snowflake"
)

// networkRule asks about a rule that the app brings: DESCRIBE gives all of it to its owner.
// https://docs.snowflake.com/en/sql-reference/sql/desc-network-rule
func networkRule(ctx context.Context, q Querier, x snowflake.Object) (snowflake.Found, error) {
	rows, err := q.Query(ctx, "DESCRIBE NETWORK RULE "+x.Name)
	if err != nil || len(rows.Values) == 0 {
		return snowflake.Found{}, err
	}
	found := foundIn(rows, 0, x.Kind)
	found.Lists["VALUE_LIST"] = entries(rows.Get(0, "value_list"))
	return found, nil
}

// function asks for what SHOW does not tell of a function that is there.
// https://docs.snowflake.com/en/sql-reference/sql/desc-function
func (l *looker) function(ctx context.Context, q Querier, x snowflake.Object) (snowflake.Found, error) {
	rows, err := q.Query(ctx, "DESCRIBE FUNCTION "+x.Name)
	if err != nil {
		return snowflake.Found{}, err
	}
	l.mu.Lock()
	shown := l.account.Found[x.Ref]
	l.mu.Unlock()
	found := describedIn(rows, "value")
	found.Owner = l.account.Roles.Owner(x.Ref)
	if secure, ok := shown.Values["SECURE"]; ok {
		found.Values["SECURE"] = secure
	}
	return found, nil
}

// integration asks about an integration. One of another kind may have its name.
// https://docs.snowflake.com/en/sql-reference/sql/desc-integration
func integration(ctx context.Context, q Querier, x snowflake.Object) (snowflake.Found, error) {
	rows, err := q.Query(ctx, "DESCRIBE INTEGRATION "+x.Name)
	if err != nil {
		return snowflake.Found{}, err
	}
	found := describedIn(rows, "property_value")
	if _, ok := found.Lists["ALLOWED_NETWORK_RULES"]; ok {
		return found, nil
	}
	if _, ok := found.Lists["ALLOWED_AUTHENTICATION_SECRETS"]; ok {
		return found, nil
	}
	b := batch{kind: x.Kind, role: x.Role, objects: []snowflake.Object{x}}
	if rows, err = q.Query(ctx, b.statement()); err != nil {
		return found, err
	}
	if at := b.row(rows, x); at >= 0 {
		found.Kind = kindOfCategory(rows.Get(at, "category"))
	}
	return found, nil
}

// kindOfCategory is what an integration is by its category in SHOW.
func kindOfCategory(category string) snowflake.Kind {
	words := strings.ToLower(strings.ReplaceAll(category, "_", " "))
	if words == "" || words == "external access" {
		return snowflake.KindIntegration
	}
	return snowflake.Kind(words + " integration")
}

// describedIn reads a DESCRIBE that gives a property a row.
func describedIn(rows Rows, value string) snowflake.Found {
	found := snowflake.Found{Presence: snowflake.Present, Values: map[string]string{}, Lists: map[string][]string{}}
	for i := range rows.Values {
		name := strings.ToUpper(rows.Get(i, "property"))
		switch name {
		case "ALLOWED_NETWORK_RULES", "ALLOWED_AUTHENTICATION_SECRETS", "EXTERNAL_ACCESS_INTEGRATIONS", "SECRETS":
			found.Lists[name] = entries(rows.Get(i, value))
		default:
			found.Values[name] = rows.Get(i, value)
		}
	}
	return found
}

// app asks about the app. DESCRIBE does not tell the owner, the grants of the owner's role do.
func (l *looker) app(ctx context.Context, q Querier, x snowflake.Object) (snowflake.Found, error) {
	rows, err := q.Query(ctx, "DESCRIBE STREAMLIT "+x.Name)
	if cut(err) {
		return snowflake.Found{}, err
	}
	if err != nil || len(rows.Values) == 0 {
		return snowflake.Found{}, errors.Join(err, l.parameters(ctx, q, x))
	}
	found := snowflake.Found{Presence: snowflake.Present, Values: map[string]string{}, Lists: map[string][]string{}}
	streamlit(rows, &found)
	if found.Owner = l.account.Roles.Owner(x.Ref); found.Owner != "" {
		return found, nil
	}
	shown, err := show(ctx, q, x)
	found.Owner = shown.Owner
	return found, err
}

// parameters asks for those of the account that bear on an app that is to be made. What is not shown
// bars nothing.
// https://docs.snowflake.com/en/sql-reference/sql/show-parameters
func (l *looker) parameters(ctx context.Context, q Querier, x snowflake.Object) error {
	has := func(name, part string) bool {
		return slices.ContainsFunc(x.Properties, func(p snowflake.Property) bool { return p.Name == name && strings.Contains(p.Want, part) })
	}
	if !has("RUNTIME_NAME", "CONTAINER") {
		return nil
	}
	patterns := []string{"%ALLOWED_SPCS_WORKLOAD_TYPES"}
	if !has("COMPUTE_POOL", "") {
		patterns = append(patterns, "DEFAULT_STREAMLIT_COMPUTE_POOL")
	}
	known := map[string]string{}
	for _, pattern := range patterns {
		rows, err := q.Query(ctx, "SHOW PARAMETERS LIKE "+snowflake.Literal(pattern)+" IN ACCOUNT")
		if cut(err) {
			return err
		}
		for i := range rows.Values {
			known[strings.ToUpper(rows.Get(i, "key"))] = rows.Get(i, "value")
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.account.Parameters = known
	return nil
}

// streamlit reads DESCRIBE STREAMLIT.
// https://docs.snowflake.com/en/sql-reference/sql/desc-streamlit
func streamlit(r Rows, found *snowflake.Found) {
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
	} {
		found.Values[c.property] = r.Get(0, c.column)
	}
	if r.Has("comment") {
		found.Values["COMMENT"] = r.Get(0, "comment")
	}
	found.Lists["EXTERNAL_ACCESS_INTEGRATIONS"] = entries(r.Get(0, "external_access_integrations"))
	found.Lists["SECRETS"] = entries(r.Get(0, "external_access_secrets"))
	if r.Has("artifact_repositories") {
		found.Lists["ARTIFACT_REPOSITORIES"] = entries(r.Get(0, "artifact_repositories"))
	}
}
