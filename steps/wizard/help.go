package wizard

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/steps/wizard/screen"
	"sleet/ui"
)

// helped opens the help: the help on the focused field, and the keys that work now.
func (w Wizard) helped() Wizard {
	help := ui.NewHelp(w.context, w.keyGroups()...).SetSize(w.w-4, w.h-2)
	if top, ok := w.top().(screen.Explained); ok {
		help = help.WithFieldHelp(top.FieldHelp())
	}
	w.help = &help
	return w
}

// keyGroups returns the keys that work in the current step, each once.
func (w Wizard) keyGroups() []ui.KeyGroup {
	k, keys := w.context, w.context.Keys
	alone := steps.HidesPreview(w.state, w.step)
	help := keys.Help
	if w.top().Typing() { // a question mark is typed as text
		help.SetHelp("f1", help.Help().Desc)
	}
	groups := []ui.KeyGroup{
		{Title: k.T("ui.help.answering"), Keys: w.stepKeys()},
		{Title: k.T("ui.help.moving"), Keys: w.movingKeys()},
	}
	if !alone {
		groups = append(groups, ui.KeyGroup{Title: k.T("ui.help.preview"), Keys: w.previewKeys()})
	}
	everywhere := []key.Binding{keys.Mouse, keys.Suspend, help, keys.Quit}
	if !w.step.Row().Works {
		everywhere = append([]key.Binding{keys.Editor}, everywhere...)
	}
	if w.reviewable() {
		everywhere = append([]key.Binding{keys.Review}, everywhere...)
	}
	return onceEach(append(groups, ui.KeyGroup{Title: k.T("ui.help.everywhere"), Keys: everywhere}))
}

// onceEach removes keys that were listed before.
func onceEach(groups []ui.KeyGroup) []ui.KeyGroup {
	var seen []string
	for i, g := range groups {
		groups[i].Keys = slices.DeleteFunc(slices.Clone(g.Keys), func(b key.Binding) bool {
			known := slices.Contains(seen, b.Help().Key)
			seen = append(seen, b.Help().Key)
			return known
		})
	}
	return slices.DeleteFunc(groups, func(g ui.KeyGroup) bool { return len(g.Keys) == 0 })
}

// movingKeys returns the keys that change what the screen shows, by trying each on a copy.
func (w Wizard) movingKeys() []key.Binding {
	keys := w.context.Keys
	tried := []struct {
		key  key.Binding
		msgs []tea.KeyPressMsg
	}{
		{keys.Next, []tea.KeyPressMsg{{Code: tea.KeyTab}}},
		{keys.Prev, []tea.KeyPressMsg{{Code: tea.KeyTab, Mod: tea.ModShift}}},
		{keys.Down, []tea.KeyPressMsg{{Code: tea.KeyDown}, {Code: tea.KeyUp}}},
		{keys.PageUp, []tea.KeyPressMsg{{Code: tea.KeyPgUp}}},
		{keys.PageDown, []tea.KeyPressMsg{{Code: tea.KeyPgDown}}},
		{keys.Home, []tea.KeyPressMsg{{Code: tea.KeyHome}}},
		{keys.End, []tea.KeyPressMsg{{Code: tea.KeyEnd}}},
		{keys.Filter, []tea.KeyPressMsg{{Code: '/', Text: "/"}}},
	}
	var all []key.Binding
	for _, try := range tried {
		typed := w.top().Typing() && try.msgs[0].Text != ""
		if !typed && slices.ContainsFunc(try.msgs, w.moves) {
			all = append(all, try.key)
		}
	}
	return all
}

// previewKeys returns the keys that show or scroll the preview.
func (w Wizard) previewKeys() []key.Binding {
	keys := w.context.Keys
	all := []key.Binding{keys.Preview, keys.NextFile}
	shown := w.preview.view()
	if w.preview.scroll(tea.KeyPressMsg{Code: tea.KeyUp, Mod: tea.ModCtrl}).view() != shown {
		all = append(all, keys.ScrollUp)
	}
	if w.preview.scroll(tea.KeyPressMsg{Code: tea.KeyDown, Mod: tea.ModCtrl}).view() != shown {
		all = append(all, keys.ScrollDown)
	}
	return all
}

// moves reports whether a key changes what the top screen shows.
func (w Wizard) moves(m tea.KeyPressMsg) bool {
	top := w.top()
	next, _ := top.Update(m, w.state)
	x, y, on := top.Cursor()
	nx, ny, now := next.Cursor()
	return next.View() != top.View() || x != nx || y != ny || on != now
}
