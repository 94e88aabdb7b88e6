package deploy_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/snowflake/snowflaketest"
	"sleet/steps/deploy"
)

// TestAssessReusesReading checks that adding what was missing after an assessment reuses its reading and applies the values,
// and that a third assessment, and one after a run, read the account again.
func TestAssessReusesReading(t *testing.T) {
	t.Parallel()
	r := newRig(t, scaffold.Container)
	cloud, err := r.cloud(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer cloud.Close() //nolint:errcheck // The account ends soon.
	assess := func(values deploy.SecretValues) (deploy.Assessment, int) {
		t.Helper()
		before := r.account.Requests()
		d := r.d
		d.Values = values
		s, err := cloud.Assess(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		return s, r.account.Requests() - before
	}
	s, asked := assess(deploy.SecretValues{})
	if len(s.NeedsValues()) == 0 || asked == 0 {
		t.Fatalf("first assessment: %d requests, values needed: %q", asked, s.NeedsValues())
	}
	write(t, r.d.Dir, "pages/new.py", "1\n")
	s, asked = assess(r.d.Values)
	if asked != 0 || len(s.NeedsValues()) != 0 || !slices.Contains(s.Uploads, "pages/new.py") {
		t.Errorf("second assessment: %d requests, values needed: %q, uploads %q", asked, s.NeedsValues(), s.Uploads)
	}
	if _, asked = assess(r.d.Values); asked == 0 {
		t.Error("third assessment: no requests")
	}
	if _, err := cloud.Apply(t.Context(), r.d, s, deploy.ApplyHooks{}); err != nil {
		t.Fatal(err)
	}
	if s, _ = assess(r.d.Values); s.Changes() {
		t.Errorf("assessment after the run has changes: %+v", s.Plan)
	}
}

// TestFailedStepStopsItsDependents refuses one statement at a time. What depends on it is not sent, and everything else
// is done.
func TestFailedStepStopsItsDependents(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		refused       string
		absent, there []string
	}{
		"a secret": {"^CREATE SECRET .*API_KEY", []string{"API_KEY", "_ACCESS", "CREATE STREAMLIT"}, []string{"CREATE STAGE", "PUT", "LOGIN"}},
		"a file":   {"^PUT ", []string{"CREATE STREAMLIT", "ON STREAMLIT"}, []string{"CREATE STAGE", "API_KEY", "_ACCESS"}},
		"the app":  {"^CREATE STREAMLIT", []string{"ON STREAMLIT", "ADD LIVE"}, []string{"PUT", "_ACCESS"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, scaffold.Container)
			r.account.Fault(&snowflaketest.Fault{
				Kind: snowflaketest.Refuse, Match: regexp.MustCompile(c.refused), Times: -1, Code: 1234, Text: "It is not to be.",
			})
			_, done, err := r.apply(context.Background())
			if err != nil || done.Failed != 1 || done.Skipped == 0 || done.Done == 0 {
				t.Errorf("Apply = %+v, %v", done, err)
			}
			var ran []string
			for _, st := range r.account.Statements() {
				if st.Code == 0 && !strings.HasPrefix(st.SQL, "SHOW") && !strings.HasPrefix(st.SQL, "DESC") {
					ran = append(ran, st.SQL)
				}
			}
			has := func(part string) bool {
				return slices.ContainsFunc(ran, func(sql string) bool { return strings.Contains(sql, part) })
			}
			for _, part := range c.absent {
				if has(part) {
					t.Errorf("%q was sent, want it skipped", part)
				}
			}
			for _, part := range c.there {
				if !has(part) {
					t.Errorf("%q was not sent", part)
				}
			}
		})
	}
}

// TestDecisions asks a person about a failed step while others run: there is one question at a time, and
// after a stop the running steps finish.
func TestDecisions(t *testing.T) {
	t.Parallel()
	for name, decision := range map[string]deploy.Decision{"stop": deploy.DecideStop, "undo": deploy.DecideUndo, "retry": deploy.DecideRetry} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, scaffold.Container)
			r.account.Fault(&snowflaketest.Fault{
				Kind: snowflaketest.Refuse, Match: regexp.MustCompile("^CREATE (SECRET|STAGE)"), Times: 2, Code: 1234, Text: "It is not to be.",
			})
			cloud, err := r.cloud(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer cloud.Close() //nolint:errcheck // The account ends soon.
			s, err := cloud.Assess(t.Context(), r.d)
			if err != nil {
				t.Fatal(err)
			}
			asked, inside := 0, false
			done, err := cloud.Apply(t.Context(), r.d, s, deploy.ApplyHooks{Decide: func(context.Context, deploy.Event) (deploy.Decision, error) {
				if inside {
					t.Error("two questions at once")
				}
				inside = true
				defer func() { inside = false }()
				asked++
				return decision, nil
			}})
			switch decision {
			case deploy.DecideRetry:
				if err != nil || !done.Complete() || asked != 2 {
					t.Errorf("Apply = %+v, %v after %d questions", done, err, asked)
				}
			case deploy.DecideUndo:
				if err != nil || !done.Undone || strings.Contains(r.account.Snapshot(), "DEMO_") {
					t.Errorf("Undone = %t, %v; the account has\n%s", done.Undone, err, r.account.Snapshot())
				}
			default:
				if err == nil || done.Done == 0 && len(done.Created) > 0 {
					t.Errorf("stopped Apply = %+v, %v", done, err)
				}
				r.d.Values = deploy.SecretValues{
					{Key: "api_key"}:                  snowflake.NewSecret(secretValues[0]),
					{Key: "login", Field: "username"}: snowflake.NewSecret(secretValues[1]),
					{Key: "login", Field: "password"}: snowflake.NewSecret(secretValues[2]),
				}
				r.applyWhole()
			}
		})
	}
}
