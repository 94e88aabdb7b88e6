package ui

import (
	"strings"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// TextField asks for one line of text.
type TextField struct {
	core
	edit        editor
	placeholder string
	pasted      int // number of lines of the last paste
	rewrite     Rewrite
	rewrote     string // how the last paste was rewritten
}

// Rewrite returns an improved version of a pasted text and a message on what it did; words is empty if the text is
// unchanged.
type Rewrite func(text string) (better, words string)

// of applies r; a nil Rewrite changes nothing.
func (r Rewrite) of(text string) (better, words string) {
	if r == nil {
		return text, ""
	}
	if better, words = r(text); words == "" {
		return text, ""
	}
	return better, words
}

var _ Field = TextField{}

// NewTextField returns an empty field.
func NewTextField(k *Context, h Head) TextField {
	return TextField{core: newCore(k, h), edit: newEditor()}
}

// WithValue sets the text and moves the cursor to its end. Control characters in s are removed.
func (f TextField) WithValue(s string) TextField {
	f.edit = f.edit.setValue(s)
	return f
}

// WithPlaceholder sets the text of an empty field: its default value.
func (f TextField) WithPlaceholder(s string) TextField { f.placeholder = s; return f }

// WithRewrite rewrites pasted text.
func (f TextField) WithRewrite(r Rewrite) TextField { f.rewrite = r; return f }

// Placeholder returns the text set by WithPlaceholder.
func (f TextField) Placeholder() string { return f.placeholder }

// WithMask hides the text.
func (f TextField) WithMask() TextField { f.edit.mask = true; return f }

// Value returns the text; "" means the default.
func (f TextField) Value() string { return f.edit.value() }

// Update handles editing keys and pastes. If several lines are pasted, only the first is used and the field says so.
func (f TextField) Update(msg tea.Msg) (Field, tea.Cmd) {
	old := f.Value()
	switch m := msg.(type) {
	case fieldClick:
		return f.click(m)
	case ExternalEdit:
		f = f.rewritten(m)
	case tea.KeyPressMsg:
		f.pasted, f.rewrote = 0, ""
	case tea.PasteMsg:
		lines := PastedLines(m.Content)
		f.pasted = len(lines)
		var text string
		text, f.rewrote = f.rewrite.of(at(lines, 0))
		msg = tea.PasteMsg{Content: text}
	}
	var cmd tea.Cmd
	f.edit, cmd = f.edit.update(msg, f.width())
	if f.Value() != old {
		f.core = f.act(Changed, 0)
	}
	return f, cmd
}

// PastedLines returns the lines of a paste, trimmed and without empty ones.
func PastedLines(s string) []string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func (f TextField) width() int { return max(f.w-f.beside(), 1) }

// own returns the field's own notes.
func (f TextField) own() []Note {
	switch {
	case f.rewrote != "":
		return []Note{{Level: Info, Text: f.rewrote}}
	case f.pasted < 2:
		return nil
	}
	return []Note{{Level: Warning, Text: f.context.T("ui.text.pasted", "count", f.pasted)}}
}

// View draws the label and text in one line, with the first note below.
func (f TextField) View() string {
	f.notes = append(f.own(), f.notes...)
	style := f.context.Text
	if f.focused {
		style = f.context.Input
	}
	if f.Value() == "" {
		style = f.context.Muted.Inherit(style)
		return f.line(style.Render(f.context.Fit(cells.Clean(f.placeholder), f.width())))
	}
	return f.line(f.edit.view(f.context, style, f.width()))
}

// Cursor returns the position of the next character.
func (f TextField) Cursor() (x, y int, ok bool) {
	return f.beside() + f.edit.col(f.width()), 0, f.focused
}

// Wants reports whether msg is any key except those that move between fields or submit.
func (f TextField) Wants(msg tea.KeyPressMsg) bool {
	k := f.context.Keys
	return !key.Matches(msg, k.Up, k.Down, k.Enter, k.Back, k.PageUp, k.PageDown)
}

// Typing returns true.
func (f TextField) Typing() bool { return true }

// Keys returns nil: no key needs a place in the footer.
func (f TextField) Keys() []key.Binding { return nil }

func (f TextField) with(c core) Field {
	f.core = c
	f.edit = f.edit.scrolled(f.width())
	return f
}
func (f TextField) focusSpan() (from, to int) { return 0, 1 }
func (f TextField) grows() int                { return 0 }

func (f TextField) height() int { return 2 + f.noted(f.own()...) }

func (f TextField) click(c fieldClick) (Field, tea.Cmd) {
	if c.Y == 0 {
		f.edit = f.edit.clicked(c.X - f.beside())
	}
	return f, nil
}
