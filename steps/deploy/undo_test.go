package deploy_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold"
	"sleet/snowflake/snowflaketest"
	"sleet/steps/deploy"
)

// TestUndo refuses the last statements of a run and undoes it. The account must be as before, including
// objects that already existed, and the next run must create the app.
func TestUndo(t *testing.T) {
	t.Parallel()
	for _, runtime := range []scaffold.Runtime{scaffold.Container, scaffold.Warehouse} {
		for _, at := range []string{"^CREATE STREAMLIT", "ADD LIVE VERSION", "^GRANT USAGE ON STREAMLIT"} {
			for _, there := range []string{"", "CREATE STAGE APPS.PUBLIC.STREAMLIT_STAGE ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE')"} {
				t.Run(fmt.Sprintf("%s %s %t", runtime, at, there != ""), func(t *testing.T) {
					t.Parallel()
					r := newRig(t, runtime)
					if there != "" {
						if err := r.account.Exec("DEV", there); err != nil {
							t.Fatal(err)
						}
					}
					before := r.account.Snapshot()
					r.account.Fault(&snowflaketest.Fault{
						Kind: snowflaketest.Refuse, Match: regexp.MustCompile(at), Code: 3001, State: "42501", Text: "Insufficient privileges",
					})
					done := r.undone()
					if !done.Undone {
						t.Errorf("Undo = %+v, want Undone\n%s", done, r.output.String())
					}
					if diff := cmp.Diff(before, r.account.Snapshot()); diff != "" {
						t.Errorf("the account changed (-before +after):\n%s\n%s", diff, r.output.String())
					}
					r.applyWhole()
					r.checkNoSecrets()
				})
			}
		}
	}
}

// undone applies, and undoes the run when a step fails.
func (r *rig) undone() deploy.Applied {
	r.t.Helper()
	cloud, err := r.cloud(context.Background())
	if err != nil {
		r.t.Fatal(err)
	}
	defer cloud.Close() //nolint:errcheck // The account ends soon.
	assessment, err := cloud.Assess(context.Background(), r.d)
	if err != nil {
		r.t.Fatal(err)
	}
	done, err := cloud.Apply(context.Background(), r.d, assessment, deploy.ApplyHooks{
		Event:  func(e deploy.Event) { r.print(fmt.Sprintf("%+v", e)) },
		Decide: func(context.Context, deploy.Event) (deploy.Decision, error) { return deploy.DecideUndo, nil },
	})
	if err != nil {
		r.t.Fatalf("Undo: %v\n%s", err, r.output.String())
	}
	return done
}

// TestDestroyKeepsObjectsInUse lets another app use the integration, and a function a secret. Both must be kept with
// what they depend on, while the app is removed.
func TestDestroyKeepsObjectsInUse(t *testing.T) {
	t.Parallel()
	r := newRig(t, scaffold.Container)
	r.applyWhole()
	integration := "APPS_PUBLIC_DEMO_ACCESS"
	for _, sql := range []string{
		"CREATE STAGE APPS.PUBLIC.OTHERS", "CREATE STREAMLIT APPS.PUBLIC.OTHER FROM '@APPS.PUBLIC.STREAMLIT_STAGE/DEMO' MAIN_FILE = 'streamlit_app.py' " +
			"QUERY_WAREHOUSE = COMPUTE_WH RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME' EXTERNAL_ACCESS_INTEGRATIONS = (" + integration + ")",
	} {
		if err := r.account.Exec("DEV", sql); err != nil {
			t.Fatal(err)
		}
	}
	cloud, err := r.cloud(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer cloud.Close() //nolint:errcheck // The account ends soon.
	assessment, err := cloud.AssessDestroy(context.Background(), r.d)
	if err != nil {
		t.Fatal(err)
	}
	stays := map[string]string{}
	for _, item := range assessment.Plan.Items {
		if item.Action == "same" {
			stays[item.SQL()] = item.Reason.String()
		}
	}
	for name, why := range map[string]string{
		integration: "streamlit APPS.PUBLIC.OTHER uses it", "APPS.PUBLIC.DEMO_EGRESS": "external access integration " + integration,
		"APPS.PUBLIC.DEMO_API_KEY": "external access integration " + integration,
	} {
		if !strings.Contains(stays[name], why) {
			t.Errorf("%s: reason %q, want %q", name, stays[name], why)
		}
	}
	done, err := cloud.Destroy(context.Background(), r.d, assessment, deploy.ApplyHooks{})
	if err != nil || !done.Complete() {
		t.Fatalf("Destroy = %+v, %v", done, err)
	}
	after := r.account.Snapshot()
	for name, there := range map[string]bool{
		"DEMO_EGRESS": true, integration: true, "DEMO_API_KEY": true, "DEMO_LOGIN": true, "OTHER": true,
		"USAGE ON INTEGRATION " + integration + " TO ROLE DEV": true,
		"STREAMLIT APPS.PUBLIC.DEMO\n":                         false, "DEMO_GET_API_KEY": false,
	} {
		if strings.Contains(after, name) != there {
			t.Errorf("%s exists: %t, want %t\n%s", name, !there, there, after)
		}
	}
}
