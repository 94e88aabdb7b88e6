package wizard

import (
	"errors"
	"strings"
	"testing"

	"sleet/scaffold/workspace"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"sleet/steps"
)

// onWriting returns a wizard that has just started to write; its commands have not run.
func onWriting(t *testing.T, e steps.Effects) hand {
	t.Helper()
	h := newHand(t, steps.State{App: app("demo"), Folder: workspace.Folder{Dir: t.TempDir()}}, e).typed("x").keys("enter", "enter", "enter")
	model, _ := h.Update(press("enter"))
	h.Wizard, _ = model.(Wizard)
	return h
}

// TestSkipLock checks that ctrl+c while dependencies are being locked continues without the lock, because the files have
// already been written.
func TestSkipLock(t *testing.T) {
	dropped, stopped := false, false
	h := onWriting(t, steps.Effects{
		Lock:     func(steps.Plan) (string, error) { return "", nil },
		SkipLock: func() { stopped = true },
		Drop:     func() error { dropped = true; return nil },
	}).keys("ctrl+c")
	if h.step != steps.Writing || h.ask != nil {
		t.Fatalf("ctrl+c while files are written leads to %s, asked: %v", h.step, h.ask != nil)
	}
	model, _ := h.Update(writtenMsg{lock: true})
	h.Wizard, _ = model.(Wizard)
	if !strings.Contains(h.screen(), "ctrl+c continue without the lock") {
		t.Errorf("the key that skips the lock is not shown:\n%s", h.screen())
	}
	if h = h.keys("ctrl+c"); h.step != steps.Done || !stopped || !dropped {
		t.Errorf("on %s, uv stopped: %v, draft dropped: %v", h.step, stopped, dropped)
	}
	if h = h.send(lockedMsg{err: errors.New("stopped")}); h.step != steps.Done || !h.state.Outcome.LockError.IsZero() {
		t.Errorf("the end of uv leads to %s with %q", h.step, h.state.Outcome.LockError)
	}
	if h = h.keys("ctrl+c"); h.Ending() != Finished {
		t.Errorf("left as %v", h.Ending())
	}
}

// TestLeaveFailedWriting checks that a failed write can be left like any other step.
func TestLeaveFailedWriting(t *testing.T) {
	h := onWriting(t, steps.Effects{})
	model, _ := h.Update(writtenMsg{err: errors.New("disk full")})
	h.Wizard, _ = model.(Wizard)
	if h = h.keys("ctrl+c"); h.ask == nil {
		t.Fatal("left without a question")
	}
	if h = h.keys("ctrl+c"); h.Ending() != Quit {
		t.Errorf("left as %v", h.Ending())
	}
}

// TestRefusedValueIsHeld checks that typed text that is not a valid value is not lost without notice.
func TestRefusedValueIsHeld(t *testing.T) {
	h := newHand(t, steps.State{App: app("demo"), Every: true}, steps.Effects{})
	h.Wizard, _ = h.enter(screen.Place{Step: steps.Values})
	h = h.send(tea.PasteMsg{Content: "a = 1\nbad line\nc = 2\nworse"})
	if !h.pendingInput() {
		t.Fatalf("no pending input:\n%s", h.screen())
	}
	if diff := cmp.Diff(map[string]any{"a": int64(1), "c": int64(2)}, h.state.App.Values); diff != "" {
		t.Errorf("pasted values: %s", diff)
	}
	if s := h.screen(); !strings.Contains(s, "bad line") || !strings.Contains(s, "1 more line was not added") {
		t.Errorf("the refused lines are not shown:\n%s", s)
	}
	if h = h.keys("ctrl+r"); h.step != steps.Values || !strings.Contains(h.screen(), "not valid yet") {
		t.Errorf("the review is at %s", h.step)
	}
	if h = h.keys("esc"); h.step != steps.Values {
		t.Errorf("the first esc leads to %s", h.step)
	}
	if h = h.keys("esc"); h.step == steps.Values {
		t.Error("the second esc does not go back")
	}
}

// TestPasteBehindDialog checks that a paste is ignored while a dialog is open.
func TestPasteBehindDialog(t *testing.T) {
	h := newHand(t, steps.State{App: app("demo")}, steps.Effects{}).typed("x").keys("ctrl+c").send(tea.PasteMsg{Content: "oops"})
	if name := h.state.App.App.Name; name != "x" {
		t.Errorf("the name became %q", name)
	}
}

// TestReviewKeepsItsPlace checks that a step opened from the review returns to it: enter writes the files, and tab moves
// to the line that was left.
func TestReviewKeepsItsPlace(t *testing.T) {
	for _, key := range []string{"enter", "esc", "ctrl+r"} {
		h := newHand(t, steps.State{App: app("demo")}, steps.Effects{}).keys("enter", "enter", "enter", "tab", "down", "down", "enter")
		if h.step != steps.Compute {
			t.Fatalf("a line leads to %s", h.step)
		}
		h = h.typed("apps").keys(key)
		review, ok := h.top().(reviewScreen)
		if !ok || review.Form.Focused() != reviewWrite || review.row(reviewAnswers) != 2 {
			t.Errorf("%s leads back to %s:\n%s", key, h.step, h.screen())
		}
		if !strings.Contains(h.screen(), "apps") {
			t.Errorf("%s: the review shows the old answers:\n%s", key, h.screen())
		}
	}
}

// TestHeaderOffThePath checks that the header shows the review for a step that only the review leads to.
func TestHeaderOffThePath(t *testing.T) {
	h := newHand(t, steps.State{App: app("demo")}, steps.Effects{})
	h.Wizard, _ = h.moved(screen.Outcome{State: h.state, Move: screen.Jump, To: screen.Place{Step: steps.Roles}})
	if s := h.screen(); !strings.Contains(s, "● Review  ◦ Done") {
		t.Errorf("the header is:\n%s", strings.SplitN(s, "\n", 2)[0])
	}
}
