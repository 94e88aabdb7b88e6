package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// ExternalEdit is a new text for the field in focus, from outside the screen.
type ExternalEdit string

// Long returns the text of the field in focus where it can be edited outside the screen: a line of
// text, or a list with one item a line. A value that is masked cannot.
func (f Form) Long() (text string, ok bool) {
	if len(f.fields) == 0 {
		return "", false
	}
	switch field := f.fields[f.focus].(type) {
	case TextField:
		return field.Value() + "\n", !field.edit.mask
	case ListEdit:
		return strings.Join(append(field.Value(), ""), "\n"), true
	default:
		return "", false
	}
}

// OneLine reports whether the field in focus takes one line of text.
func (f Form) OneLine() bool {
	if len(f.fields) == 0 {
		return false
	}
	_, ok := f.fields[f.focus].(TextField)
	return ok
}

// rewrite takes a text that Long gave, as it was left. Of a one-line text the first line counts.
func (f Form) rewrite(text ExternalEdit) (Form, tea.Cmd) {
	if len(f.fields) == 0 {
		return f, nil
	}
	return f.inner(text)
}

func (f TextField) rewritten(text ExternalEdit) TextField {
	lines := PastedLines(string(text))
	f.pasted = len(lines)
	return f.WithValue(at(lines, 0))
}

// rewritten puts lines in the place of the items; what is refused stays to be fixed.
func (f ListEdit) rewritten(text ExternalEdit) ListEdit {
	f = f.WithValue()
	f.edit = f.edit.setValue("")
	f.left = 0
	return f.taken(PastedLines(string(text)))
}
