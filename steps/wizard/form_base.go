package wizard

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/ui"
)

// formScreenBase is what screens made of one form have in common.
type formBase struct {
	kit  *ui.Context
	form ui.Form
}

func (formBase) Init() tea.Cmd                    { return nil }
func (f formBase) View() string                   { return f.form.View() }
func (f formBase) Cursor() (x, y int, ok bool)    { return f.form.Cursor() }
func (f formBase) Wants(msg tea.KeyPressMsg) bool { return f.form.Wants(msg) }
func (f formBase) Typing() bool                   { return f.form.Typing() }
func (f formBase) Keys() []key.Binding            { return f.form.Keys() }
func (f formBase) About() ui.Said                 { return f.form.About() }
func (formBase) Anchor(steps.State) string        { return "" }
func (formBase) Peek(s steps.State) steps.State   { return s }
