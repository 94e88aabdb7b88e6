package wizard

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/ui"
)

// touched returns the assessment of an unchanged app, except for files that were edited in the account or no longer
// exist locally.
func touched() deploy.Assessment {
	s := planned()
	for i := range s.Plan.Items {
		s.Plan.Items[i].Action, s.Plan.Items[i].Ask = snowflake.ActionSame, false
	}
	s.Plan.Items[4].Action = snowflake.ActionAlter
	s.Edited, s.Gone = []string{"pages/東京.py", "streamlit_app.py"}, []string{"old.py"}
	return s
}

// TestFilesInPlan checks that the user is asked about each file, and that the run follows the answers.
func TestFilesInPlan(t *testing.T) {
	var sent deploy.Assessment
	cloud := fakeCloud{assessment: touched(), applied: func(_ context.Context, _ deploy.Deployment, s deploy.Assessment, _ deploy.ApplyHooks) (deploy.Applied, error) {
		sent = s
		return deploy.Applied{Done: 1}, nil
	}}
	h := going(t, "en", fakeAccount(cloud)).keys("enter", "enter")
	if !strings.Contains(h.screen(), "No changes.") {
		t.Fatalf("unchanged objects count as changes:\n%s", h.screen())
	}
	h.keys("end", "up", "space", "up", "space", "space", "up", "space", "enter", "y")
	if got := slices.Concat(sent.Edited, sent.Gone); !slices.Equal(got, []string{"pages/東京.py", "old.py"}) {
		t.Errorf("the run replaces and removes %q", got)
	}
}

// TestUndoAtEnd checks that a finished run can be undone after a confirmation.
func TestUndoAtEnd(t *testing.T) {
	made := []account.CreatedObject{{Ref: snowflake.Ref{Kind: snowflake.KindSecret, Name: snowflake.ShownName("APPS.PUBLIC.WEATHER_KEY")}}}
	var undone []account.CreatedObject
	cloud := fakeCloud{assessment: planned(), undone: func(done deploy.Applied) { undone = done.Created }}
	cloud.applied = func(_ context.Context, _ deploy.Deployment, _ deploy.Assessment, hooks deploy.ApplyHooks) (deploy.Applied, error) {
		hooks.Event(deploy.Event{Event: deploy.EventStart, Step: 3})
		hooks.Event(deploy.Event{Event: deploy.EventDone, Step: 3})
		return deploy.Applied{Done: 1, Failed: 1, Created: made}, nil
	}
	h := going(t, "en", fakeAccount(cloud)).keys("enter", "enter", "enter", "y", "u")
	done := func() int {
		n := 0
		for _, row := range h.top().(deployScreen).steps {
			n += map[bool]int{true: 1}[row.mark == ui.MarkDone]
		}
		return n
	}
	if undone != nil || h.top().(deployScreen).undo == nil {
		t.Fatalf("not asked:\n%s", h.screen())
	}
	if done() != 1 {
		t.Errorf("%d steps are marked as done before the undo", done())
	}
	if h = h.keys("n"); undone != nil {
		t.Fatal("the run was undone after a no")
	}
	if h = h.keys("u", "y"); len(undone) != 1 || !strings.Contains(h.screen(), h.context.T("live.undone")) {
		t.Errorf("%d objects undone, want 1:\n%s", len(undone), h.screen())
	}
	if done() != 0 || !strings.Contains(h.screen(), h.context.T("live.undone_row")) {
		t.Errorf("%d steps are marked as done after the undo:\n%s", done(), h.screen())
	}
	if h.top().(deployScreen).undoes() {
		t.Error("the run can be undone twice")
	}
}

// TestRunLocallyAtEnd checks that an app can be run locally once it is written, after the wizard has ended.
func TestRunLocallyAtEnd(t *testing.T) {
	e := steps.Effects{
		Write: func(p steps.Plan, _ workspace.Options) (workspace.Result, error) {
			return workspace.Result{Changes: p.Changes}, p.Err()
		},
		RunLocally: func(context.Context, string, []string) error { return nil },
	}
	h := newHand(t, steps.State{App: app("demo")}, e).keys("enter", "enter", "enter", "enter")
	if h.step != steps.Done || !strings.Contains(h.screen(), "Run it locally now") {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
	if left := h.keys("enter"); left.Ending() != Finished || left.state.Outcome.RunLocally {
		t.Error("enter runs the app")
	}
	if left := h.keys("up", "esc"); left.state.Outcome.RunLocally {
		t.Error("esc runs the app")
	}
	if left := h.keys("up", "enter"); left.Ending() != Finished || !left.state.Outcome.RunLocally {
		t.Errorf("the app is not run, ended %v", left.Ending())
	}
}
