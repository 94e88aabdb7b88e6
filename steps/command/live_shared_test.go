package command

import (
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// TestApplySharedAfterAYes lets a function of somebody else use an app's secret, and somebody else's app its
// integration. apply must alter them only with --shared.
func TestApplySharedAfterAYes(t *testing.T) {
	t.Parallel()
	account := snowflaketest.Serve(t)
	b := newBox(t, account, "warehouse")
	if r := b.apply("warehouse"); r.code != exit.Success {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	for _, sql := range []string{
		"CREATE STREAMLIT OTHER FROM '@STREAMLIT_STAGE/DEMO' MAIN_FILE = 'streamlit_app.py' QUERY_WAREHOUSE = COMPUTE_WH " +
			"RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME' EXTERNAL_ACCESS_INTEGRATIONS = (APPS_PUBLIC_DEMO_ACCESS) SECRETS = ('k' = DEMO_API_KEY)",
		"ALTER NETWORK RULE DEMO_EGRESS SET VALUE_LIST = ('other.example.com')",
	} {
		if err := account.Exec("DEV", sql); err != nil {
			t.Fatal(err)
		}
	}
	changed := append(testValues("warehouse"), "SLEET_SECRET_API_KEY=zqanother value of it")
	before := account.Snapshot()
	r := b.run(changed, "apply", "demo", "--yes")
	if r.code != exit.Failure || !strings.Contains(r.err, "streamlit APPS.PUBLIC.OTHER") || !strings.Contains(r.err, "--shared") {
		t.Errorf("without --shared: exit code %d\n%s", r.code, r.err)
	}
	if account.Snapshot() != before {
		t.Error("shared objects were altered")
	}
	if r := b.run(changed, "apply", "demo", "--yes", "--shared"); r.code != exit.Success {
		t.Errorf("with --shared: exit code %d\n%s", r.code, r.err)
	}
	if after := account.Snapshot(); after == before || !strings.Contains(after, "other.example.com") || !strings.Contains(after, "api.example.com") {
		t.Errorf("shared objects were not altered, or lost what they had:\n%s", after)
	}
	b.clean("warehouse")
}
