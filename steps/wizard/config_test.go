package wizard

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/catalogue"
	"sleet/steps"
	"sleet/ui/palette"
)

// TestThemesReadWell checks that the text and buttons of every preset have enough contrast.
func TestThemesReadWell(t *testing.T) {
	for _, preset := range steps.ThemePresets() {
		a := app("demo")
		a.Config = maps.Clone(preset.Options)
		if preset.ID == "streamlit" || preset.ID == "light" || preset.ID == "dark" {
			continue // Streamlit's own colours
		}
		for _, base := range []string{themeLight, themeDark} {
			c := colours(a, base)
			for _, pair := range [][2]string{{c.Text, c.Ground}, {c.Text, c.Second}, {palette.ButtonText, c.Primary}} {
				if ratio, ok := palette.Contrast(pair[0], pair[1]); !ok || ratio < palette.EnoughContrast {
					t.Errorf("%s on %s: %s on %s has %.1f", preset.ID, base, pair[0], pair[1], ratio)
				}
			}
		}
		if problems := a.Config; len(problems) > 0 {
			for key := range problems {
				if _, known := catalogue.Lookup(key); !known {
					t.Errorf("%s sets %s, which is not an option", preset.ID, key)
				}
			}
		}
	}
}

// TestThemePresets checks that moving over the themes changes the options and the pages, and that the app's own colours
// can be restored.
func TestThemePresets(t *testing.T) {
	a := app("demo")
	a.Config = map[string]any{"theme.primaryColor": "#ff0000", "client.showErrorDetails": "none"}
	h := newHand(t, steps.State{App: a, Every: true}, steps.Effects{}).size(120, 40).entered(steps.Config)
	h = h.keys("tab") // the themes come first, the button last
	if got := h.top().Focus(); got != "config.preset" {
		t.Fatalf("the focus is on %s", got)
	}
	h = h.keys("right", "right", "right")
	if want := map[string]any{"theme.base": "dark", "client.showErrorDetails": "none"}; !cmp.Equal(h.state.App.Config, want) {
		t.Errorf("dark: %s", cmp.Diff(want, h.state.App.Config))
	}
	if screen := h.screen(); !strings.Contains(screen, `base = "dark"`) || !strings.Contains(screen, "Some text") {
		t.Errorf("the theme is not in the file or on the page:\n%s", screen)
	}
	if h = h.keys("home"); !cmp.Equal(h.state.App.Config, a.Config) {
		t.Errorf("back: %s", cmp.Diff(a.Config, h.state.App.Config))
	}
	if h = h.keys("down", "enter"); h.step == steps.Config {
		t.Error("enter does not leave the step")
	}
}

// TestOptionsBySearch checks that all other options are found by typing, under Streamlit's own headings, and that an
// option with few values is a choice.
func TestOptionsBySearch(t *testing.T) {
	h := newHand(t, steps.State{App: app("demo"), Every: true}, steps.Effects{}).size(120, 40).entered(steps.Config)
	h = h.keys("up", "enter")
	if screen := h.screen(); !strings.Contains(screen, "[client]  What the page shows") || !strings.Contains(screen, "▸   global.") {
		t.Fatalf("no headings, or the cursor is on one:\n%s", screen)
	}
	h = h.keys("down", "down", "up", "up", "esc", "up")
	h = h.typed("errord").keys("enter")
	if screen := h.screen(); !strings.Contains(screen, "● ") || !strings.Contains(screen, "stacktrace") {
		t.Fatalf("no choice of the values:\n%s", screen)
	}
	if h = h.keys("down", "enter"); h.state.App.Config["client.showErrorDetails"] == nil {
		t.Errorf("answered %v", h.state.App.Config)
	}
}
