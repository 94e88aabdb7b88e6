package wizard

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"sleet/steps"
	"sleet/ui/message"
)

// TestPasteAnswersFit checks that the three answers to a paste of several lines fit in the dialog in every language.
func TestPasteAnswersFit(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		words := message.For(lang).T
		w := newWizard(steps.State{App: app("weather")}, steps.Effects{}, look{profile: colorprofile.TrueColor, unicode: true, words: words})
		h := hand{t: t, Wizard: w}.size(60, 16).customized().send(tea.PasteMsg{Content: "one\ntwo"})
		if text := h.screen(); h.ask == nil || !strings.Contains(text, words("paste.first")) || !strings.Contains(text, words("paste.none")+" ") {
			t.Errorf("%s:\n%s", lang, text)
		}
	}
}
