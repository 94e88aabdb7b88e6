package deploy_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/snowflake/snowflaketest"
	"sleet/steps/deploy"
)

// TestTrialAccount checks a run in a trial account: the integration is refused, everything that does not depend on it
// is created, and the message says what works without it.
func TestTrialAccount(t *testing.T) {
	t.Parallel()
	r := newRig(t, scaffold.Container)
	r.account = snowflaketest.Serve(t, snowflaketest.WithTrial())
	var failed []deploy.Event
	cloud, err := r.cloud(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer cloud.Close() //nolint:errcheck // The account ends soon.
	s, err := cloud.Assess(t.Context(), r.d)
	if err != nil {
		t.Fatal(err)
	}
	done, err := cloud.Apply(t.Context(), r.d, s, deploy.ApplyHooks{Event: func(e deploy.Event) {
		if e.Event == deploy.EventFailed {
			failed = append(failed, e)
		}
	}})
	if err != nil || done.Failed != 1 || done.Skipped == 0 || done.Done == 0 {
		t.Errorf("Apply = %+v, %v", done, err)
	}
	if len(failed) != 1 || failed[0].Code != "509009" {
		t.Fatalf("failed steps %+v, want one with 509009", failed)
	}
	if text := failed[0].Message.String(); !strings.Contains(text, "artifact-repository") || !strings.Contains(text, "trial") {
		t.Errorf("the message lacks what works in a trial account:\n%s", text)
	}
}

// TestRemovedAnswers removes the secrets and hosts from the answers: what sleet attached for them is unset, and
// another run has nothing to do.
func TestRemovedAnswers(t *testing.T) {
	t.Parallel()
	for _, runtime := range []scaffold.Runtime{scaffold.Container, scaffold.Warehouse} {
		r := newRig(t, runtime)
		r.applyWhole()
		r.d.App.Network.Hosts, r.d.App.Secrets, r.d.Values = nil, nil, deploy.SecretValues{}
		before := len(r.changes())
		r.applyWhole()
		if sent := r.changes()[before:]; !slices.ContainsFunc(sent, func(sql string) bool { return strings.Contains(sql, "UNSET") }) {
			t.Errorf("%s: statements without UNSET: %q", runtime, sent)
		}
		if s := r.applyWhole(); s.Changes() {
			t.Errorf("%s: another run has changes:\n%+v", runtime, s.Plan)
		}
	}
}

// TestDestroyKeepsSchemaInUse checks that a schema that sleet created is kept if somebody put an object into it that
// SHOW OBJECTS does not list, or can do so, and is dropped if it is empty.
func TestDestroyKeepsSchemaInUse(t *testing.T) {
	t.Parallel()
	for name, theirs := range map[string]string{
		"empty":                   "",
		"a stage":                 "CREATE STAGE APPS.MADE.THEIRS",
		"a secret":                "CREATE SECRET APPS.MADE.THEIRS TYPE = GENERIC_STRING SECRET_STRING = 'x'",
		"a stage like the secret": "CREATE STAGE APPS.MADE.DEMO_API_KEY COMMENT = 'THEIRS'",
		"a role that creates":     "GRANT CREATE TABLE ON SCHEMA APPS.MADE TO ROLE PUBLIC",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, scaffold.Container)
			r.d.App.App.Schema = "MADE"
			r.applyWhole()
			if theirs != "" {
				if err := r.account.Exec("DEV", theirs); err != nil {
					t.Fatal(err)
				}
			}
			cloud, err := r.cloud(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer cloud.Close() //nolint:errcheck // The account ends soon.
			s, err := cloud.AssessDestroy(t.Context(), r.d)
			if err != nil {
				t.Fatal(err)
			}
			if done, err := cloud.Destroy(context.Background(), r.d, s, deploy.ApplyHooks{}); err != nil || !done.Complete() {
				t.Errorf("Destroy = %+v, %v", done, err)
			}
			dropped := false
			for _, st := range r.account.Statements() {
				dropped = dropped || strings.HasPrefix(st.SQL, "DROP SCHEMA")
			}
			if left := strings.Contains(r.account.Snapshot(), "THEIRS") || strings.Contains(r.account.Snapshot(), "CREATE TABLE"); dropped != (theirs == "") || left != (theirs != "") {
				t.Errorf("schema dropped: %t, other object kept: %t", dropped, left)
			}
		})
	}
}

// TestDestroyNamesWhatIsNotShown checks that a removal names an object that sleet created and the account no longer shows.
func TestDestroyNamesWhatIsNotShown(t *testing.T) {
	t.Parallel()
	r := newRig(t, scaffold.Container)
	r.applyWhole()
	if err := r.account.Exec("DEV", "DROP STREAMLIT APPS.PUBLIC.DEMO"); err != nil {
		t.Fatal(err)
	}
	cloud, err := r.cloud(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer cloud.Close() //nolint:errcheck // The account ends soon.
	s, err := cloud.AssessDestroy(t.Context(), r.d)
	if err != nil {
		t.Fatal(err)
	}
	var named []snowflake.Kind
	for _, item := range s.Plan.Items {
		if item.Reason.ID == "planned.stays.not_shown" {
			named = append(named, item.Kind)
		}
	}
	if !slices.Equal(named, []snowflake.Kind{snowflake.KindStreamlit}) {
		t.Errorf("named as not shown: %v", named)
	}
	if done, err := cloud.Destroy(t.Context(), r.d, s, deploy.ApplyHooks{}); err != nil || !done.Complete() {
		t.Errorf("Destroy = %+v, %v", done, err)
	}
}
