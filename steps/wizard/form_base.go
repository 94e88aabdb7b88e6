package wizard

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/ui"
)

// formScreenBase is what screens made of one form have in common.
type formScreenBase struct {
	kit  *ui.Context
	form ui.Form
}

func (formScreenBase) init() tea.Cmd                    { return nil }
func (f formScreenBase) view() string                   { return f.form.View() }
func (f formScreenBase) cursor() (x, y int, ok bool)    { return f.form.Cursor() }
func (f formScreenBase) wants(msg tea.KeyPressMsg) bool { return f.form.Wants(msg) }
func (f formScreenBase) typing() bool                   { return f.form.Typing() }
func (f formScreenBase) keys() []key.Binding            { return f.form.Keys() }
func (f formScreenBase) about() ui.Said                 { return f.form.About() }
func (formScreenBase) anchor(steps.State) string        { return "" }
func (formScreenBase) peek(s steps.State) steps.State   { return s }
