package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// ExternalEdit is a new text for the focused field, from an editor.
type ExternalEdit string

// Long returns the text of the focused field if it can be edited in an editor: a line of text, or a list with one item
// per line. A masked value cannot.
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

// OneLine reports whether the focused field holds a single line of text.
func (f Form) OneLine() bool {
	if len(f.fields) == 0 {
		return false
	}
	_, ok := f.fields[f.focus].(TextField)
	return ok
}

// rewrite sets the edited text of Long. A field with a single line takes the first one.
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

// rewritten replaces the items with lines; an item that is refused stays in the input to be fixed.
func (f ListEdit) rewritten(text ExternalEdit) ListEdit {
	f = f.WithValue()
	f.edit = f.edit.setValue("")
	f.left = 0
	return f.taken(PastedLines(string(text)))
}
