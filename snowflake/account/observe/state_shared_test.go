package observe_test

import (
	"strings"
	"testing"

	"sleet/scaffold/resources"
	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/snowflake/account/session"
	"sleet/snowflake/snowflaketest"
)

// TestSharedIntegration lets another app use the integration of an app. The plan may alter the integration only
// after confirmation, although sleet created it, and must name the other app.
func TestSharedIntegration(t *testing.T) {
	t.Parallel()
	app := parsed(t, lookedAt()["container"])
	a, c := deployed(t, app)
	for _, st := range []struct{ role, sql string }{
		{"ACCOUNTADMIN", `GRANT USAGE ON INTEGRATION "LOOKED_AT_ACCESS" TO ROLE DEV`},
		{"DEV", `CREATE STREAMLIT APPS.PUBLIC.OTHER FROM '@APPS.PUBLIC.STREAMLIT_STAGE/LOOKED_AT' MAIN_FILE = 'streamlit_app.py'
			QUERY_WAREHOUSE = COMPUTE_WH RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME' EXTERNAL_ACCESS_INTEGRATIONS = (LOOKED_AT_ACCESS)`},
		{"ACCOUNTADMIN", `ALTER EXTERNAL ACCESS INTEGRATION LOOKED_AT_ACCESS SET ENABLED = FALSE`},
	} {
		if err := a.Exec(st.role, st.sql); err != nil {
			t.Fatal(err)
		}
	}
	session, roles, err := observe.ReadIdentity(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	desired := resources.For(app, session, resources.CodeFacts{})
	looked, err := observe.ReadState(t.Context(), c, session, roles, desired, observe.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	options := snowflake.PlanOptions{Created: map[snowflake.Ref]bool{}}
	for _, x := range desired.List {
		options.Created[x.Ref] = true
	}
	plan := snowflake.NewPlan(desired, looked, options)
	if found, err := observe.FindOtherUsers(t.Context(), c, looked, plan); err != nil || !found {
		t.Fatalf("found %v, %v", found, err)
	}
	for _, allowed := range []bool{false, true} {
		options.Shared = allowed
		for _, item := range snowflake.NewPlan(desired, looked, options).Items {
			if item.Kind != snowflake.KindIntegration {
				continue
			}
			want := map[bool]snowflake.Action{false: snowflake.ActionCannot, true: snowflake.ActionAlter}[allowed]
			if item.Action != want || !item.Ask || !allowed && !strings.Contains(item.Reason.String(), "APPS.PUBLIC.OTHER") {
				t.Errorf("allowed %v: %s, asks %v: %s", allowed, item.Action, item.Ask, item.Reason)
			}
		}
	}
}

// TestTokenForOneRole checks that the plan knows in advance that a session cannot switch its role.
func TestTokenForOneRole(t *testing.T) {
	t.Parallel()
	app := parsed(t, "roles.owner = \"DEV\"\n"+lookedAt()["container"])
	a := snowflaketest.Serve(t, snowflaketest.WithUser(snowflaketest.User{
		Name: "ROBOT", Role: "DEV", Roles: []string{"DEV", "ACCOUNTADMIN"}, Token: "pat-of-robot", TokenRole: "DEV",
		Database: "APPS", Schema: "PUBLIC", Warehouse: "COMPUTE_WH",
	}))
	p := profileAt(a.Addr())
	p.User, p.Authenticator, p.Token = "ROBOT", "PROGRAMMATIC_ACCESS_TOKEN", snowflake.NewSecret("pat-of-robot")
	c, err := session.Open(t.Context(), p, nil, session.Options{Application: "sleet"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	plan := surveyed(t, c, app, snowflake.PlanOptions{NewValues: map[string]bool{"api_key": true, "login": true}})
	for _, item := range plan.Items {
		if item.Kind == snowflake.KindIntegration && (item.Action != snowflake.ActionCannot || !strings.Contains(item.Reason.String(), "cannot switch from its role DEV")) {
			t.Errorf("%s: %s", item.Action, item.Reason)
		}
	}
}
