package steps

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/ui"
)

// formed is what screens made of one form have in common.
type formed struct {
	kit  *ui.Kit
	form ui.Form
}

func (formed) init() tea.Cmd                    { return nil }
func (f formed) view() string                   { return f.form.View() }
func (f formed) cursor() (x, y int, ok bool)    { return f.form.Cursor() }
func (f formed) wants(msg tea.KeyPressMsg) bool { return f.form.Wants(msg) }
func (f formed) typing() bool                   { return f.form.Typing() }
func (f formed) keys() []key.Binding            { return f.form.Keys() }
func (f formed) about() ui.Said                 { return f.form.About() }
func (formed) anchor(State) string              { return "" }
func (formed) peek(s State) State               { return s }
