package screen

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/ui"
)

// FormBase is what screens made of one form have in common.
type FormBase struct {
	Base

	Kit  *ui.Context
	Form ui.Form
}

// View draws the form.
func (f FormBase) View() string { return f.Form.View() }

// Cursor returns where text goes in the form.
func (f FormBase) Cursor() (x, y int, ok bool) { return f.Form.Cursor() }

// Wants reports whether the form uses a key.
func (f FormBase) Wants(msg tea.KeyPressMsg) bool { return f.Form.Wants(msg) }

// Typing reports whether the field in focus takes text.
func (f FormBase) Typing() bool { return f.Form.Typing() }

// Keys returns the keys of the field in focus.
func (f FormBase) Keys() []key.Binding { return f.Form.Keys() }

// About explains the field in focus.
func (f FormBase) About() ui.Said { return f.Form.About() }
