package observe_test

import (
	"strings"
	"testing"

	"sleet/snowflake"
)

// TestDriftIsFixed changes objects of an app. The plan must show what changed, keep what others added, and after it ran
// there must be nothing left to change.
func TestDriftIsFixed(t *testing.T) {
	t.Parallel()
	app := parsed(t, lookedAt()["container"])
	a, c := deployed(t, app)
	for _, st := range []struct{ role, sql string }{
		{"DEV", `ALTER STREAMLIT APPS.PUBLIC."looked at" SET COMMENT = 'else', TITLE = 'Else'`},
		{"DEV", `ALTER STREAMLIT APPS.PUBLIC."looked at" UNSET SECRETS`},
		{"DEV", `ALTER FUNCTION APPS.PUBLIC.LOOKED_AT_GET_API_KEY() UNSET SECURE`},
		{"DEV", `ALTER NETWORK RULE APPS.PUBLIC.LOOKED_AT_EGRESS SET VALUE_LIST = ('others.example.com')`},
	} {
		if err := a.Exec(st.role, st.sql); err != nil {
			t.Fatalf("%s: %v", st.sql, err)
		}
	}
	plan := surveyed(t, c, app, snowflake.PlanOptions{})
	changed := map[string]string{}
	for _, item := range plan.Items {
		for _, change := range item.Changes {
			changed[change.Property] = change.To
		}
	}
	for property, want := range map[string]string{
		"COMMENT": `it's \ one`, "SECRETS": "'login' = ", "VALUE_LIST": "others.example.com, api.example.com",
		"SECURE": "true",
	} {
		if to, ok := changed[property]; !ok || !strings.Contains(to, want) {
			t.Errorf("%s goes to %q, want %q: %v", property, to, want, changed)
		}
	}
	perform(t, a, c, plan)
	for _, item := range surveyed(t, c, app, snowflake.PlanOptions{}).Items {
		if item.Kind != snowflake.KindUpload && item.Action != snowflake.ActionSame {
			t.Errorf("%s %s: %s %v %s", item.Kind, item.Name, item.Action, item.Changes, item.Reason)
		}
	}
}
