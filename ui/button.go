package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/ui/cells"
)

// Button is usually the last field of a form. Pressing it submits.
type Button struct{ core }

var _ Field = Button{}

// NewButton returns a button with the head's label.
func NewButton(k *Context, h Head) Button { return Button{core: newCore(k, h)} }

// Update submits on enter, space or a click.
func (f Button) Update(msg tea.Msg) (Field, tea.Cmd) {
	if c, ok := msg.(fieldClick); ok && c.Y == 0 {
		msg = enterKey
	}
	if m, ok := msg.(tea.KeyPressMsg); ok && f.Wants(m) {
		f.core = f.act(Submit, 0)
	}
	return f, nil
}

// View draws the label in brackets.
func (f Button) View() string {
	label := f.context.Cut(cells.Clean(f.head.Label), f.inner()-4)
	if f.focused {
		return f.block([]string{f.context.Chosen.Reverse(true).Render("[ " + label + " ]")})
	}
	return f.block([]string{f.context.Muted.Render("[ ") + f.context.Accent.Render(label) + f.context.Muted.Render(" ]")})
}

// Cursor never shows a cursor: a button has no text input.
func (f Button) Cursor() (x, y int, ok bool) { return gutter, 0, false }

// Wants reports whether msg is enter or space.
func (f Button) Wants(msg tea.KeyPressMsg) bool {
	return key.Matches(msg, f.context.Keys.Enter, f.context.Keys.Space)
}

// Typing returns false.
func (f Button) Typing() bool { return false }

// Keys returns nil: the form shows the keys of a button.
func (f Button) Keys() []key.Binding { return nil }

func (f Button) with(c core) Field         { f.core = c; return f }
func (f Button) focusSpan() (from, to int) { return 0, 1 }
func (f Button) grows() int                { return 0 }

func (f Button) height() int { return 2 + f.noted() }
