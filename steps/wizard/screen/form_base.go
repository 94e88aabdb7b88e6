package screen

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/ui"
)

// FormBase has the methods that screens with one form share.
type FormBase struct {
	Base

	Context *ui.Context
	Form    ui.Form
}

// View draws the form.
func (f FormBase) View() string { return f.Form.View() }

// Cursor returns the position of the form's cursor.
func (f FormBase) Cursor() (x, y int, ok bool) { return f.Form.Cursor() }

// Wants reports whether the form handles a key.
func (f FormBase) Wants(msg tea.KeyPressMsg) bool { return f.Form.Wants(msg) }

// Typing reports whether the focused field takes text.
func (f FormBase) Typing() bool { return f.Form.Typing() }

// Keys returns the keys of the form.
func (f FormBase) Keys() []key.Binding { return f.Form.Keys() }

// FieldHelp returns the help on the focused field.
func (f FormBase) FieldHelp() ui.FieldHelp { return f.Form.FieldHelp() }
