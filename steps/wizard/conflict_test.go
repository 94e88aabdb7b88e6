package wizard

import (
	"testing"

	"sleet/scaffold"
	"sleet/steps"
)

// A person can change what becomes of a file that they edited: moving selects, while the review is
// drawn again.
func TestFateOfEditedFile(t *testing.T) {
	const path = "streamlit_app.py"
	folder := scaffold.Folder{Saved: true, App: app("demo"), Files: map[string][]byte{path: []byte("mine\n")}}
	h := newHand(t, steps.State{App: app("demo"), Folder: folder}, steps.Effects{})
	h.Wizard, _ = h.enter(place{step: steps.ReviewStep})
	if h = h.keys("tab", "down"); h.state.ConflictChoice(path) != steps.Replace {
		t.Errorf("down to the second option: %s\n%s", h.state.ConflictChoice(path), h.screen())
	}
	if h = h.keys("tab", "shift+tab"); h.state.ConflictChoice(path) != steps.Replace {
		t.Errorf("leaving the field reverts it: %s\n%s", h.state.ConflictChoice(path), h.screen())
	}
	if h = h.keys("up", "enter"); h.state.ConflictChoice(path) != steps.KeepMine {
		t.Errorf("enter on the first option: %s\n%s", h.state.ConflictChoice(path), h.screen())
	}
}
