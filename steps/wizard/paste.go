package wizard

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"sleet/ui"
)

// pasting asks what to do with several lines pasted into a field of one line; asks is false if there is nothing to ask.
func (w Wizard) pasting(m tea.PasteMsg) (next Wizard, asks bool) {
	lines := ui.PastedLines(m.Content)
	if form, ok := w.top().(formScreen); !ok || len(lines) < 2 || !form.Form.OneLine() {
		return w, false
	}
	take := func(text string) func(Wizard) (Wizard, tea.Cmd) {
		return func(w Wizard) (Wizard, tea.Cmd) {
			model, cmd := w.toScreen(tea.PasteMsg{Content: text})
			next, _ := model.(Wizard)
			return next, cmd
		}
	}
	dialog := ui.NewConfirm(w.context, w.context.T("paste.title"), w.context.T("paste.ask", "count", len(lines))).
		WithAnswers(w.context.T("paste.first"), w.context.T("paste.joined"), w.context.T("paste.none"))
	w.ask = &ask{dialog: dialog, yes: take(lines[0]), other: take(strings.Join(lines, " "))}
	return w, true
}
