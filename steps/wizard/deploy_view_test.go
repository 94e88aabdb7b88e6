package wizard

import (
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
