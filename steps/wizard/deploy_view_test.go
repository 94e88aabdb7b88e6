package wizard

import (
	"context"
	"strings"
	"testing"

	"sleet/snowflake"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/message"
)

// TestQueryIsNamedOnce checks that a failed step names its query once if Snowflake's error already names it.
func TestQueryIsNamedOnce(t *testing.T) {
	const id = "01b2c3d4-0000-1111-2222-333344445555"
	p := refused(t, "en").top().(deployScreen)
	p.assessment.Plan.Items = []snowflake.Item{{}}
	for _, text := range []string{"no such object", "no such object (query " + id + ")"} {
		row := deployRow{mark: ui.MarkFailed, event: deploy.Event{QueryID: id, Message: message.Verbatim(text)}}
		named := 0
		for _, each := range p.detail(0, row) {
			named += strings.Count(each.Text, id)
		}
		if named != 1 {
			t.Errorf("%q: the query is named %d times, want once", text, named)
		}
	}
}

// TestRunUnfolds checks that a second click on the unchanged objects of a run shows them, and that the footer names the
// key that does.
func TestRunUnfolds(t *testing.T) {
	h := going(t, "en", fakeAccount(waiting(crowded()))).keys("enter", "enter").still().keys("enter", "y").size(120, 36)
	h = h.clickOn("= 4 objects")
	if !strings.Contains(h.screen(), "space show all") {
		t.Fatalf("the key is not named:\n%s", h.screen())
	}
	if h = h.clickOn("= 4 objects"); !strings.Contains(h.screen(), "warehouse COMPUTE_WH") || !strings.Contains(h.screen(), "space fold") {
		t.Errorf("not unfolded:\n%s", h.screen())
	}
}

// TestStopWithoutUndo checks that a run that created nothing stops without asking whether to undo it, and that the steps
// after the failed one are not waiting any longer.
func TestStopWithoutUndo(t *testing.T) {
	for _, key := range []string{"q", "esc"} {
		h := refused(t, "en").size(120, 36).keys(key)
		if p := h.top().(deployScreen); p.undo != nil || p.decide != nil {
			t.Fatalf("%s: not stopped:\n%s", key, h.screen())
		}
		h = h.tell(appliedMsg{done: deploy.Applied{Failed: 1}, err: context.Canceled})
		if text := h.screen(); strings.Contains(text, "waiting") || !strings.Contains(text, "not run") {
			t.Errorf("steps are still waiting:\n%s", text)
		}
	}
}

// TestDecisionShowsTheList checks that the detail of a failed step leaves the rows that it does not need to the list.
func TestDecisionShowsTheList(t *testing.T) {
	if text := refused(t, "en").size(80, 24).screen(); !strings.Contains(text, "= 2 objects") {
		t.Errorf("the list is cut although there is room:\n%s", text)
	}
}
