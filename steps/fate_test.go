package steps

import (
	"testing"

	"sleet/scaffold"
)

// A person can change what becomes of a file that they edited: the option looked at stays while
// the review is drawn anew.
func TestFateOfEditedFile(t *testing.T) {
	const path = "streamlit_app.py"
	folder := scaffold.Folder{Saved: true, App: app("demo"), Files: map[string][]byte{path: []byte("mine\n")}}
	h := newHand(t, State{App: app("demo"), Folder: folder}, Effects{})
	h.Wizard, _ = h.enter(place{step: Reviewed})
	h = h.keys("tab", "down")
	if h.state.Fate(path) != FateKeep {
		t.Fatalf("looking at an option decides: %s", h.state.Fate(path))
	}
	if h = h.keys("space"); h.state.Fate(path) != FateReplace {
		t.Errorf("space on the second option: %s\n%s", h.state.Fate(path), h.screen())
	}
	if h = h.keys("up", "enter"); h.state.Fate(path) != FateKeep {
		t.Errorf("enter on the first option: %s\n%s", h.state.Fate(path), h.screen())
	}
}
