package steps

import (
	"testing"

	"sleet/scaffold"
)

// A person can change what becomes of a file that they edited: moving selects, while the review is
// drawn again.
func TestFateOfEditedFile(t *testing.T) {
	const path = "streamlit_app.py"
	folder := scaffold.Folder{Saved: true, App: app("demo"), Files: map[string][]byte{path: []byte("mine\n")}}
	h := newHand(t, State{App: app("demo"), Folder: folder}, Effects{})
	h.Wizard, _ = h.enter(place{step: Reviewed})
	if h = h.keys("tab", "down"); h.state.Fate(path) != FateReplace {
		t.Errorf("down to the second option: %s\n%s", h.state.Fate(path), h.screen())
	}
	if h = h.keys("tab", "shift+tab"); h.state.Fate(path) != FateReplace {
		t.Errorf("leaving the field reverts it: %s\n%s", h.state.Fate(path), h.screen())
	}
	if h = h.keys("up", "enter"); h.state.Fate(path) != FateKeep {
		t.Errorf("enter on the first option: %s\n%s", h.state.Fate(path), h.screen())
	}
}
