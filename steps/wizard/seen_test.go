package wizard

import (
	"strings"
	"testing"

	"sleet/scaffold/migrate"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/wizard/screen"
	"sleet/ui/message"
)

// TestNewSecretIsNotBlamedBeforeItIsFilledIn checks that the form of a new secret shows the problems of a field only
// once the user has left it or tried to add the secret.
func TestNewSecretIsNotBlamedBeforeItIsFilledIn(t *testing.T) {
	const noHost, noIntegration = "no host", "needs a security integration (API"
	h := newHand(t, steps.State{App: app("weather")}, steps.Effects{}).entered(steps.Secrets).keys("up", "enter")
	h = h.size(80, 60)
	for _, part := range []struct {
		name string
		keys []string
		says bool
	}{{"nothing is typed", nil, false}, {"a key is typed", []string{"k", "e", "y"}, false}, {"the hosts are in focus", []string{"tab"}, false}, {"the hosts are left", []string{"tab"}, true}} {
		if h = h.keys(part.keys...); strings.Contains(h.screen(), noHost) != part.says {
			t.Errorf("%s: %q is on the screen: %t\n%s", part.name, noHost, !part.says, h.screen())
		}
	}
	squeezed := func() string { return strings.Join(strings.Fields(h.screen()), " ") }
	if h = h.keys("down", "down"); strings.Contains(squeezed(), noIntegration) {
		t.Errorf("the integration shows a problem before it is visited:\n%s", h.screen())
	}
	if h = h.keys("enter"); !strings.Contains(squeezed(), noIntegration) {
		t.Errorf("enter does not show the problem:\n%s", h.screen())
	}
}

// TestReviewCutsNoMark checks that the mark of a default is shown in full or not at all, and never in place of the
// answer.
func TestReviewCutsNoMark(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		h := startHand(t, lang, steps.State{App: app("a_long_name_for_an_app_in_snowflake")}, steps.Effects{}).entered(steps.ReviewStep)
		for _, size := range sizes()[1:] {
			h = h.size(size[0], size[1])
			word := message.For(lang).T("review.line.default")
			for _, line := range strings.Split(h.screen(), "\n") {
				part := string([]rune(word)[:3])
				if strings.Contains(line, "SYSTEM_COMPUTE") && strings.Contains(line, part) && !strings.Contains(line, "SYSTEM_COMPUTE_POOL_CPU "+word) {
					t.Errorf("%s %v: %q", lang, size, line)
				}
				if strings.Contains(line, "Python 3") && !strings.Contains(line, "Python 3.11") {
					t.Errorf("%s %v: %q is cut", lang, size, line)
				}
			}
		}
	}
}

// TestChangesStandInColumns checks that the kinds of changes are aligned, that a file to remove has the mark of a
// removal, and that a reason that is cut has an ellipsis.
func TestChangesStandInColumns(t *testing.T) {
	files := oldApp()
	files["pages/a.py"] = "from snowflake.snowpark.context import get_active_session\n\nsession = get_active_session()\n"
	var wrote []migrate.Change
	h := moving(t, "en", files, &wrote).keys("enter", "enter", "enter").size(120, 60)
	at := map[int]bool{}
	for _, line := range strings.Split(h.screen(), "\n") {
		for _, kind := range []string{" session ", " secrets ", " deployment "} {
			if i := strings.Index(line, kind); i > 0 && strings.Contains(line, "accepted") {
				at[len([]rune(line[:i]))] = true
			}
		}
	}
	if len(at) != 1 {
		t.Errorf("the kinds start in columns %v:\n%s", at, h.screen())
	}
	if !strings.Contains(h.screen(), "- environment.yml") {
		t.Errorf("environment.yml is not marked as removed:\n%s", h.screen())
	}
	if h = h.size(80, 24); !strings.Contains(h.screen(), "…") {
		t.Errorf("the reason is cut without an ellipsis:\n%s", h.screen())
	}
}

// TestManualWorkShowsItsPlace checks that the line of a manual step is on the screen, and that the end shows how many
// steps are left.
func TestManualWorkShowsItsPlace(t *testing.T) {
	var wrote []migrate.Change
	h := moving(t, "en", oldApp(), &wrote).keys("enter", "enter", "enter", "enter")
	const want = `19  st.dataframe(session.sql("SELECT CURRENT_USER()")`
	if !strings.Contains(h.screen(), want) {
		t.Errorf("the line %q is not on the screen:\n%s", want, h.screen())
	}
	left := message.For("en").T("done.migrated_left", "count", 1)
	if done := h.keys("enter"); !strings.Contains(done.screen(), left) {
		t.Errorf("the end does not say %q:\n%s", left, done.screen())
	}
	h = h.keys("space")
	if done := h.keys("enter"); !strings.Contains(done.screen(), message.For("en").T("done.migrated")) || strings.Contains(done.screen(), " left\n") {
		t.Errorf("the end does not say that everything is done:\n%s", done.screen())
	}
}

// TestHandedOverIsNotSkipped checks that a step left to an administrator says so.
func TestHandedOverIsNotSkipped(t *testing.T) {
	h := refused(t, "en").keys("h").tell(event(deploy.EventSkipped, 3, deploy.Event{}))
	if !strings.Contains(h.screen(), message.For("en").T("live.handed")) {
		t.Errorf("the step does not say that it is for an administrator:\n%s", h.screen())
	}
}

// TestLostConnectionCountsUp checks that if several calls lose the connection, the highest number of attempts is shown,
// and that the footer shows the keys of a question over the screen.
func TestLostConnectionCountsUp(t *testing.T) {
	h := going(t, "en", fakeAccount(waiting(planned()))).still().keys("enter").tell(loggedInMsg{})
	for _, each := range []struct{ try, shown int }{{1, 1}, {2, 2}, {1, 2}, {3, 3}, {2, 3}} {
		h = h.tell(screen.AwaitedMsg{Text: message.New(deploy.LostConnection, "try", each.try, "all", 7)})
		if want := message.For("en").T(deploy.LostConnection, "try", each.shown, "all", 7); !strings.Contains(h.screen(), want) {
			t.Errorf("try %d: %q is not in\n%s", each.try, want, h.screen())
		}
	}
	h = middle(t, "en").tell(screen.AwaitedMsg{Text: message.New(deploy.LostConnection, "try", 1, "all", 7)}).keys("ctrl+c")
	if strings.Contains(h.screen(), "retrying") || !strings.Contains(h.screen(), "esc keep going") {
		t.Errorf("the footer does not show the keys of the question:\n%s", h.screen())
	}
}

// TestAnswersOfQuestionsAreCapitalised checks that the buttons of all questions start with a capital letter.
func TestAnswersOfQuestionsAreCapitalised(t *testing.T) {
	say := message.For("en").T
	for _, id := range []message.ID{
		"rows.drop.yes", "rows.drop.no", "quit.yes", "quit.no", "live.stop_yes", "live.stop_no", "live.undo_yes", "live.undo_no",
		"plan.confirm_yes", "plan.confirm_no", "paste.first", "paste.joined", "paste.none", "ui.confirm.yes", "ui.confirm.no",
	} {
		if word := say(id); strings.ToUpper(word[:1]) != word[:1] {
			t.Errorf("%s: %q", id, word)
		}
	}
}
