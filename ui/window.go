package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// window is a position in a list of n rows, of which size are on the screen.
type window struct{ cursor, top, size, n int }

// resize sets the size and the number of rows, and keeps the cursor in the list and on the screen.
func (w window) resize(size, n int) window {
	w.size, w.n = max(size, 1), n
	return w.move(0)
}

// move moves the cursor by rows, not past the ends.
func (w window) move(by int) window {
	w.cursor = max(min(w.cursor+by, w.n-1), 0)
	w.top = min(w.top, w.cursor)
	w.top = max(w.top, w.cursor-w.size+1)
	w.top = max(min(w.top, w.n-w.size), 0)
	return w
}

// end returns one past the last row on the screen.
func (w window) end() int { return min(w.top+w.size, w.n) }

// can reports whether the key would move the cursor.
func (w window) can(k Keys, msg tea.KeyPressMsg) bool {
	switch {
	case key.Matches(msg, k.Up):
		return w.cursor > 0
	case key.Matches(msg, k.Down):
		return w.cursor < w.n-1
	default:
		return w.n > 0 && key.Matches(msg, k.PageUp, k.PageDown, k.Home, k.End)
	}
}

// update moves the cursor by a key.
func (w window) update(k Keys, msg tea.KeyPressMsg) window {
	switch {
	case key.Matches(msg, k.Up):
		return w.move(-1)
	case key.Matches(msg, k.Down):
		return w.move(1)
	case key.Matches(msg, k.PageUp):
		return w.move(-w.size)
	case key.Matches(msg, k.PageDown):
		return w.move(w.size)
	case key.Matches(msg, k.Home):
		return w.move(-w.n)
	case key.Matches(msg, k.End):
		return w.move(w.n)
	default:
		return w
	}
}

// pointer returns the glyph before a row.
func (k *Context) pointer(on bool) string {
	if on {
		return k.Accent.Render(k.Glyphs.Pointer) + " "
	}
	return "  "
}

// hidden returns the glyph at the end of a row that shows that the list continues beyond it.
func (k *Context) hidden(w window, row int) string {
	switch {
	case row == w.top && w.top > 0:
		return k.Muted.Render(k.Glyphs.Less)
	case row == w.end()-1 && w.end() < w.n:
		return k.Muted.Render(k.Glyphs.More)
	default:
		return " "
	}
}
