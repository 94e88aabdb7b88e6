package wizard

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
)

// A click on a step of the header goes back to it, and ahead to the review only.
func TestClicksInHeader(t *testing.T) {
	h := newHand(t, steps.State{App: app("weather")}, steps.Effects{}).size(120, 36).keys("enter", "enter", "esc", "esc")
	if h = h.clickOn("◦ Done"); h.step != steps.AppStep {
		t.Errorf("on %s: a step ahead was taken", h.step)
	}
	if h = h.clickOn("◦ Review"); h.step != steps.ReviewStep {
		t.Errorf("on %s, not the review", h.step)
	}
	if h = h.clickOn("✓ Runtime"); h.step != steps.Runtime {
		t.Errorf("on %s, not the runtime", h.step)
	}
}

// A click on the preview's title, or on its foot, which names another file, shows the next.
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

// The wheel scrolls the detail of an entry where it is over it, and moves in the list elsewhere.
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

// What can be done about a failed step is done by a click on it.
func TestClickDecides(t *testing.T) {
	h := refused(t, "en").size(120, 36).clickOn("r  retry")
	if p := h.top().(deployScreen); p.decide != nil {
		t.Errorf("nothing was decided:\n%s", h.screen())
	}
}
