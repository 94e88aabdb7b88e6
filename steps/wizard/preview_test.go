package wizard

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"sleet/scaffold"
	"sleet/steps"
)

// shownFile returns the title of the preview.
func (h hand) shownFile() string {
	first, _, _ := strings.Cut(h.preview.view(), "\n")
	return strings.Fields(ansi.Strip(first))[0]
}

// TestPreviewStaysOnTheFile checks that the preview starts with the app's code, and that typing into a field changes the
// lines but not the file.
func TestPreviewStaysOnTheFile(t *testing.T) {
	a := app("demo")
	a.Secrets = []scaffold.SecretDecl{{Key: "api_key"}}
	h := newHand(t, steps.State{App: a}, steps.Effects{})
	if got := h.shownFile(); got != "streamlit_app.py" {
		t.Fatalf("starts with %s", got)
	}
	for _, key := range []string{"w", "e", "x"} {
		if h = h.keys(key); h.shownFile() != "streamlit_app.py" {
			t.Errorf("after %s the preview shows %s", key, h.shownFile())
		}
	}
	if screen := ansi.Strip(h.preview.view()); !strings.Contains(screen, `▌TITLE = "wex"`) {
		t.Errorf("the change is not visible:\n%s", screen)
	}
}

// TestPreviewOfTheRuntime checks that the step of the runtime shows the code that reads the secrets.
func TestPreviewOfTheRuntime(t *testing.T) {
	a := app("demo")
	a.Secrets = []scaffold.SecretDecl{{Key: "api_key"}}
	h := newHand(t, steps.State{App: a}, steps.Effects{}).keys("enter")
	for _, key := range []string{"down", "up"} {
		if screen := ansi.Strip(h.preview.view()); h.shownFile() != "streamlit_app.py" || !strings.Contains(screen, "def secret_api_key(") {
			t.Errorf("before %s:\n%s", key, screen)
		}
		h = h.keys(key)
	}
}
