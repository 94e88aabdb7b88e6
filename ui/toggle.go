package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Toggle is a yes-or-no field.
type Toggle struct {
	core
	on bool
}

var _ Field = Toggle{}

// NewToggle returns a toggle that is off.
func NewToggle(k *Context, h Head) Toggle { return Toggle{core: newCore(k, h)} }

// WithValue sets whether it is on.
func (f Toggle) WithValue(on bool) Toggle { f.on = on; return f }

// Value reports whether it is on.
func (f Toggle) Value() bool { return f.on }

// Update toggles the value on space.
func (f Toggle) Update(msg tea.Msg) (Field, tea.Cmd) {
	if c, ok := msg.(fieldClick); ok && c.Y == 0 {
		msg = spaceKey
	}
	if m, ok := msg.(tea.KeyPressMsg); ok && f.Wants(m) {
		f.on = !f.on
		f.core = f.act(Changed, 0)
	}
	return f, nil
}

// View draws the label, a box and the text of its state.
func (f Toggle) View() string {
	sign, word, style := f.context.Glyphs.Unchecked, f.context.T("ui.toggle.off"), f.context.Muted
	if f.on {
		sign, word, style = f.context.Glyphs.Checked, f.context.T("ui.toggle.on"), f.context.Text
	}
	box := style
	if f.focused {
		box, style = f.context.Chosen, f.context.Text
	}
	return f.line(box.Render(sign) + " " + style.Render(word))
}

// Cursor never shows a cursor: a toggle has no text input.
func (f Toggle) Cursor() (x, y int, ok bool) { return f.beside(), 0, false }

// Wants reports whether msg is space.
func (f Toggle) Wants(msg tea.KeyPressMsg) bool { return key.Matches(msg, f.context.Keys.Space) }

// Typing returns false.
func (f Toggle) Typing() bool { return false }

// Keys returns the key that toggles it.
func (f Toggle) Keys() []key.Binding {
	return []key.Binding{WithDesc(f.context.Keys.Space, f.context.T("ui.key.toggle"))}
}

func (f Toggle) with(c core) Field         { f.core = c; return f }
func (f Toggle) focusSpan() (from, to int) { return 0, 1 }
func (f Toggle) grows() int                { return 0 }

func (f Toggle) height() int { return 2 + f.noted() }
