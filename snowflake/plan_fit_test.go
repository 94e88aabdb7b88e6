package snowflake_test

import (
	"strings"
	"testing"

	"sleet/snowflake"
)

// TestNewPlanIncompatible checks which existing objects cannot serve an app.
func TestNewPlanIncompatible(t *testing.T) {
	for name, c := range map[string]struct {
		kind   snowflake.Kind
		values map[string]string
		says   string // empty: compatible
	}{
		"a pool":             {snowflake.KindPool, map[string]string{"AUTO_RESUME": "true", "IS_EXCLUSIVE": "false"}, ""},
		"a pool, untold":     {snowflake.KindPool, nil, ""},
		"a pool that sleeps": {snowflake.KindPool, map[string]string{"AUTO_RESUME": "false"}, "ALTER COMPUTE POOL X SET AUTO_RESUME = TRUE"},
		"a native app's":     {snowflake.KindPool, map[string]string{"AUTO_RESUME": "true", "IS_EXCLUSIVE": "true"}, "another pool"},
		"a rule":             {snowflake.KindNetworkRule, map[string]string{"MODE": "EGRESS", "TYPE": "HOST_PORT"}, ""},
		"a rule inwards":     {snowflake.KindNetworkRule, map[string]string{"MODE": "INGRESS", "TYPE": "IPV4"}, "mode INGRESS and the type IPV4"},
		"an app":             {snowflake.KindStreamlit, map[string]string{"LIVE_VERSION": "snow://x"}, ""},
		"an old app":         {snowflake.KindStreamlit, map[string]string{"ROOT_LOCATION": "@x"}, "ROOT_LOCATION"},
	} {
		t.Run(name, func(t *testing.T) {
			x := snowflake.Resource{
				Ref: ref(c.kind, "X"), Owner: role("DEV"), Managed: c.kind != snowflake.KindPool,
			}
			account := snowflake.Account{Found: map[snowflake.Ref]snowflake.Observed{
				x.Ref: {Presence: snowflake.Present, Owner: role("DEV"), Values: c.values},
			}}
			item := snowflake.NewPlan(snowflake.DesiredResources{List: []snowflake.Resource{x}}, account, snowflake.PlanOptions{}).Items[0]
			want := snowflake.ActionSame
			if c.says != "" && c.kind != snowflake.KindPool { // for a pool it is only a forecast
				want = snowflake.ActionCannot
			}
			if item.Action != want || !strings.Contains(item.Reason.String(), c.says) {
				t.Errorf("action %s (%s), want %s (%q)", item.Action, item.Reason.String(), want, c.says)
			}
		})
	}
}

// TestNewPlanForecastsRegion checks what a plan says about a new app in regions without the container runtime or without
// st.secrets.
func TestNewPlanForecastsRegion(t *testing.T) {
	t.Parallel()
	app := func(runtime string, bindings ...snowflake.Entry) snowflake.DesiredResources {
		return snowflake.DesiredResources{List: []snowflake.Resource{{
			Ref: ref(snowflake.KindStreamlit, "D.S.APP"), Owner: role("DEV"), Managed: true, Properties: []snowflake.Property{
				{Name: "RUNTIME_NAME", Value: snowflake.TextValue(runtime)},
				{Name: "SECRETS", Value: snowflake.ListValue(bindings)},
			},
		}}}
	}
	key := snowflake.Entry{Key: "key", Name: snowflake.ShownName("D.S.KEY")}
	const container, warehouse = "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11", "SYSTEM$WAREHOUSE_RUNTIME"
	for name, c := range map[string]struct {
		region  string
		desired snowflake.DesiredResources
		want    string
	}{
		"commercial":                {"PUBLIC.AWS_US_WEST_2", app(container, key), ""},
		"China":                     {"AWS_CN_NORTHWEST_1", app(container), "in the region AWS_CN_NORTHWEST_1"},
		"government":                {"AWS_US_GOV_WEST_1", app(container), "in the region AWS_US_GOV_WEST_1"},
		"government, st.secrets":    {"AZURE_USGOVVIRGINIA", app(container, key), "st.secrets is not available"},
		"warehouse of a government": {"AWS_US_GOV_WEST_1", app(warehouse, key), ""},
	} {
		account := snowflake.Account{Context: snowflake.Context{Region: c.region}}
		item := snowflake.NewPlan(c.desired, account, snowflake.PlanOptions{}).Items[0]
		if reason := item.Reason.String(); (c.want == "") != (reason == "") || !strings.Contains(reason, c.want) || item.Action != snowflake.ActionCreate {
			t.Errorf("%s: %s, reason %q, want %q", name, item.Action, reason, c.want)
		}
	}
}
