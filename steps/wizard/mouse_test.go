package wizard

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
)

// TestClicksInHeader checks that a click on a step in the header goes back to it, and forward only to the review.
func TestClicksInHeader(t *testing.T) {
	h := newHand(t, steps.State{App: app("weather")}, steps.Effects{}).size(120, 36).keys("enter", "enter", "esc", "esc")
	if h = h.clickOn("◦ Done"); h.step != steps.AppStep {
		t.Errorf("on %s: a click opened a later step", h.step)
	}
	if h = h.clickOn("◦ Review"); h.step != steps.ReviewStep {
		t.Errorf("on %s, want the review", h.step)
	}
	if h = h.clickOn("✓ Runtime"); h.step != steps.Runtime {
		t.Errorf("on %s, want the runtime", h.step)
	}
}

// TestClicksInPreview checks that a click on the title of the preview shows the next file.
func TestClicksInPreview(t *testing.T) {
	h := newHand(t, steps.State{App: app("weather")}, steps.Effects{}).size(120, 36)
	right := h.frame.Right()
	was := h.preview.path
	h = h.send(tea.MouseClickMsg{X: right.X + 2, Y: right.Y + 3, Button: tea.MouseLeft})
	if h.preview.path != was {
		t.Errorf("a click on the text shows %s", h.preview.path)
	}
	h = h.send(tea.MouseClickMsg{X: right.X + 2, Y: right.Y, Button: tea.MouseLeft})
	if h.preview.path == was {
		t.Errorf("a click on the title still shows %s", was)
	}
}

// TestWheelInPlan checks that the wheel scrolls the detail if it is over it, and otherwise moves in the list.
func TestWheelInPlan(t *testing.T) {
	for _, cells := range [][2]int{{80, 24}, {200, 24}} {
		h := going(t, "en", fakeAccount(waiting(planned()))).keys("enter", "enter").size(cells[0], cells[1])
		plan := func() planScreen { return h.top().(planScreen) }
		at, _ := plan().list.Cursor()
		h = h.send(tea.MouseWheelMsg{X: 4, Y: 8, Button: tea.MouseWheelDown})
		if now, _ := plan().list.Cursor(); now != at+1 {
			t.Errorf("%v: at %d after %d", cells, now, at)
		}
		was := h.screen()
		y := h.h - 4
		h = h.send(tea.MouseWheelMsg{X: h.w - 4, Y: y, Button: tea.MouseWheelDown})
		if now, _ := plan().list.Cursor(); now != at+1 {
			t.Errorf("%v: the wheel over the detail moves the cursor to %d", cells, now)
		}
		if strings.Contains(was, "pgdn") && h.screen() == was {
			t.Errorf("%v: the wheel does not scroll the detail:\n%s", cells, was)
		}
	}
}

// TestClickDecides checks that a click on a choice after a failed step chooses it.
func TestClickDecides(t *testing.T) {
	h := refused(t, "en").size(120, 36).clickOn("r retry")
	if p := h.top().(deployScreen); p.decide != nil {
		t.Errorf("nothing was decided:\n%s", h.screen())
	}
}

// TestClicksInFooter checks that a click on a key in the footer presses it, in a dialog too, and that a notice over the
// keys is not a key.
func TestClicksInFooter(t *testing.T) {
	h := newHand(t, steps.State{App: app("weather")}, steps.Effects{}).size(120, 36)
	if next := h.clickOn("enter continue"); next.step != steps.Runtime {
		t.Errorf("enter leads to %s, want the runtime", next.step)
	}
	if next := h.clickOn("f1 help"); next.help == nil {
		t.Errorf("no help:\n%s", next.screen())
	}
	asked := h.typed("x").clickOn("ctrl+c quit")
	if asked.ask == nil {
		t.Fatalf("not asked:\n%s", asked.screen())
	}
	if next := asked.clickOn("esc keep editing"); next.ask != nil || next.Ending() != Running {
		t.Error("esc does not close the dialog")
	}
	x := strings.Index(h.screen()[strings.LastIndex(h.screen(), "\n")+1:], "enter continue")
	h.notice = "a notice"
	h = h.send(tea.MouseClickMsg{X: x, Y: h.h - 1, Button: tea.MouseLeft})
	if h.step != steps.AppStep || h.notice != "" {
		t.Errorf("on %s after a click on the notice %q", h.step, h.notice)
	}
}
