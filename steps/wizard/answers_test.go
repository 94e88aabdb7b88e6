package wizard

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"sleet/scaffold"
	"sleet/steps"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// TestPastedURLBecomesAHost checks that a pasted URL becomes its host, and that the field says so.
func TestPastedURLBecomesAHost(t *testing.T) {
	const url = "https://api.example.com/v1/weather?units=metric"
	for name, h := range map[string]hand{
		"hosts":  newHand(t, steps.State{App: app("demo"), Every: true}, steps.Effects{}).entered(steps.Hosts).send(tea.PasteMsg{Content: url}),
		"entry":  newHand(t, steps.State{App: app("demo"), Every: true}, steps.Effects{}).entered(steps.Hosts).typed(url).keys("enter"),
		"secret": newHand(t, steps.State{App: app("demo"), Every: true}, steps.Effects{}).entered(steps.Secrets).keys("up", "enter", "tab").send(tea.PasteMsg{Content: url}),
	} {
		if got := h.state.App.Network.Hosts; !slices.Equal(got, []string{"api.example.com"}) {
			t.Errorf("%s: %q", name, got)
		}
		if screen := h.screen(); strings.Contains(screen, "/v1/weather") || !strings.Contains(screen, "only the host of the URL") {
			t.Errorf("%s:\n%s", name, screen)
		}
		if h = h.typed("x"); strings.Contains(h.screen(), "only the host of the URL") {
			t.Errorf("%s: the notice stays after the next key", name)
		}
	}
}

// TestMaskOfValues checks that a password shows a dot for each character, and that its user name is shown.
func TestMaskOfValues(t *testing.T) {
	a := oneSecret("weather")
	a.Secrets = []scaffold.SecretDecl{{Key: "login", Type: scaffold.Password}}
	h := liveHand(t, "en", a, fakeAccount(waiting(planned()))).entered(steps.SecretValuesStep)
	h = h.typed("hana").keys("tab").typed("p1geon")
	screen := h.screen()
	if !strings.Contains(screen, "hana") || strings.Contains(screen, "p1geon") {
		t.Errorf("the user name is hidden, or the password is not:\n%s", screen)
	}
	if mask := strings.Repeat(h.context.Glyphs.Mask, 6); !strings.Contains(screen, mask+" ") || strings.Contains(screen, mask+h.context.Glyphs.Mask) {
		t.Errorf("the mask is not six dots:\n%s", screen)
	}
	if h = h.keys("backspace"); strings.Contains(h.screen(), strings.Repeat(h.context.Glyphs.Mask, 6)) {
		t.Errorf("a deleted character still has a dot:\n%s", h.screen())
	}
}

// TestRuntimeName checks that the name of a newer runtime is only asked for if every step is shown.
func TestRuntimeName(t *testing.T) {
	h := newHand(t, steps.State{App: app("demo")}, steps.Effects{}).entered(steps.Runtime)
	if strings.Contains(h.screen(), "Runtime name") {
		t.Errorf("the short path asks for the runtime name:\n%s", h.screen())
	}
	h = newHand(t, steps.State{App: app("demo"), Every: true}, steps.Effects{}).entered(steps.Runtime)
	if !strings.Contains(h.screen(), "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11") {
		t.Errorf("the default runtime name is not shown:\n%s", h.screen())
	}
	h = h.keys("tab", "tab").typed("SYSTEM$ST_CONTAINER_RUNTIME_PY3_12")
	if got := h.state.App.App.RuntimeName; got != "SYSTEM$ST_CONTAINER_RUNTIME_PY3_12" || !strings.Contains(h.screen(), "RUNTIME_NAME = '"+got+"'") {
		t.Errorf("%q:\n%s", got, h.screen())
	}
}

// TestUntouchedValuesAreNotMarked checks that a value that was not visited yet is not marked as missing, and that enter
// moves to it.
func TestUntouchedValuesAreNotMarked(t *testing.T) {
	a := oneSecret("weather")
	a.Secrets[0].Type = scaffold.Password
	h := liveHand(t, "en", a, fakeAccount(waiting(needing()))).keys("down", "enter", "enter")
	bad := h.context.Glyphs.Bad + " "
	h = h.typed("hana").keys("enter")
	if screen := h.screen(); strings.Contains(screen, bad) || h.top().Focus() != "secret_values.api_key.password" {
		t.Fatalf("on %s:\n%s", h.top().Focus(), screen)
	}
	if h = h.keys("enter"); strings.Count(h.screen(), bad) != 1 {
		t.Fatalf("not exactly one mark, at the empty value where enter was pressed:\n%s", h.screen())
	}
	if h = h.typed("p1geon").keys("enter"); h.step != steps.PlanStep {
		t.Fatalf("on %s:\n%s", h.step, h.screen())
	}
}

// TestSubtitlesFit checks that subtitles are never cut, neither in a narrow window nor beside the preview.
func TestSubtitlesFit(t *testing.T) {
	for _, lang := range message.Languages() {
		w := newWizard(steps.State{App: app("demo")}, steps.Effects{}, look{words: message.For(lang).T})
		for _, id := range steps.Steps() {
			width := ui.SplitWidth
			if steps.HidesPreview(w.state, id) {
				width = ui.MinWidth
			}
			room := w.frame.SetSize(width, 24).Alone(steps.HidesPreview(w.state, id)).Left().W
			if about := w.context.T(id.About()); cells.Width(about) > room {
				t.Errorf("%s: %s: %q has %d cells, %d fit", lang, id, about, cells.Width(about), room)
			}
		}
	}
}

// TestAccessIsWorded checks that the table of secrets shows the access method in the user's language.
func TestAccessIsWorded(t *testing.T) {
	w := newWizard(steps.State{App: oneSecret("weather")}, steps.Effects{}, look{profile: colorprofile.TrueColor, unicode: true, words: message.For("ja").T})
	h := hand{t: t, Wizard: w}.size(80, 24).customized().entered(steps.Secrets)
	if screen := h.screen(); !strings.Contains(screen, "関数") || strings.Contains(screen, "function") {
		t.Errorf("not in Japanese:\n%s", screen)
	}
}

// TestSmallTerminalShowsTheTheme checks that a terminal of 24 rows shows a small page in the theme's colours, light and
// dark.
func TestSmallTerminalShowsTheTheme(t *testing.T) {
	for _, lang := range message.Languages() {
		w := newWizard(steps.State{App: app("demo")}, steps.Effects{}, look{profile: colorprofile.TrueColor, unicode: true, words: message.For(lang).T})
		h := hand{t: t, Wizard: w}.size(80, 24).customized().entered(steps.Config)
		for range 4 { // for every focus
			for _, word := range []message.ID{"swatch.light", "swatch.dark", "swatch.link", "swatch.link_contrast"} {
				if !strings.Contains(h.screen(), h.context.T(word)) {
					t.Errorf("%s: no %q:\n%s", lang, h.context.T(word), h.screen())
				}
			}
			h = h.keys("tab")
		}
	}
}
