package ui

import (
	"strings"
	"unicode/utf8"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// editor is one line of text input. It uses bubbles' textinput for keys but draws the text itself, because textinput
// counts the cursor's column in characters, which is wrong after wide ones
// (github.com/charmbracelet/bubbles/issues/906).
type editor struct {
	input textinput.Model
	left  int // cells scrolled past
	mask  bool
}

func newEditor() editor {
	in := textinput.New()
	in.SetVirtualCursor(false)
	in.Focus()
	return editor{input: in}
}

func (e editor) value() string { return e.input.Value() }

func (e editor) setValue(s string) editor {
	e.input.SetValue(s)
	e.input.CursorEnd()
	e.left = 0
	return e
}

// update handles a message; w is the width that the text is drawn in.
func (e editor) update(msg tea.Msg, w int) (editor, tea.Cmd) {
	// textinput edits its text in place: the copy keeps earlier values of the model unchanged.
	pos := e.input.Position()
	e.input.SetValue(e.input.Value())
	e.input.SetCursor(pos)
	if m, ok := msg.(tea.KeyPressMsg); ok {
		keys := e.input.KeyMap
		switch {
		case key.Matches(m, keys.DeleteCharacterBackward) && pos > 0:
			return e.without(pos - 1).scrolled(w), nil
		case key.Matches(m, keys.DeleteCharacterForward) && pos < len([]rune(e.value())):
			return e.without(pos).scrolled(w), nil
		}
	}
	var cmd tea.Cmd
	e.input, cmd = e.input.Update(msg)
	return e.snapped(pos).scrolled(w), cmd
}

// without removes the grapheme cluster that contains the character at pos.
func (e editor) without(pos int) editor {
	from := 0
	for rest := e.value(); rest != ""; {
		cluster, _ := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		rest = rest[len(cluster):]
		to := from + utf8.RuneCountInString(cluster)
		if pos < to {
			runes := []rune(e.value())
			e.input.SetValue(string(runes[:from]) + rest)
			e.input.SetCursor(from)
			return e
		}
		from = to
	}
	return e
}

// snapped moves the cursor on, in the direction it went, if it is within a grapheme cluster.
func (e editor) snapped(was int) editor {
	pos, from := e.input.Position(), 0
	for rest := e.value(); rest != "" && from < pos; {
		cluster, _ := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		rest = rest[len(cluster):]
		to := from + utf8.RuneCountInString(cluster)
		if pos < to {
			if pos > was {
				from = to
			}
			e.input.SetCursor(from)
			break
		}
		from = to
	}
	return e
}

// scrolled scrolls the text so that the cursor is visible.
func (e editor) scrolled(w int) editor {
	before, after := e.parts("")
	col, total := cells.Width(before), cells.Width(before)+cells.Width(after)
	edge := 0
	if total >= w {
		edge = 1 // keeps the cursor off the marks of hidden text
	}
	e.left = min(e.left, max(total-w+1, 0))
	e.left = min(e.left, max(col-edge, 0))
	e.left = max(e.left, col-w+1+edge*b2i(after != ""))
	e.left = max(e.left, 0)
	return e
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// parts returns the text drawn before and after the cursor.
func (e editor) parts(mask string) (before, after string) {
	runes := []rune(e.input.Value())
	pos := min(e.input.Position(), len(runes))
	if e.mask {
		if mask == "" {
			mask = "*"
		}
		return strings.Repeat(mask, pos), strings.Repeat(mask, len(runes)-pos)
	}
	return cells.Clean(string(runes[:pos])), cells.Clean(string(runes[pos:]))
}

// col returns the cursor's column within the w cells of view.
func (e editor) col(w int) int {
	before, _ := e.parts("")
	return min(max(cells.Width(before)-e.left, 0), max(w-1, 0))
}

// view draws the text in exactly w cells.
func (e editor) view(k *Context, style lipgloss.Style, w int) string {
	before, after := e.parts(k.Glyphs.Mask)
	text := before + after
	shown := text
	if e.left > 0 {
		shown = k.Glyphs.Ellipsis + cells.CutLeft(text, e.left+1)
	}
	return underlined(style, k.Fit(shown, w))
}

// clicked moves the cursor before the character drawn at column x.
func (e editor) clicked(x int) editor {
	col, pos := -e.left, 0
	text := e.value()
	for text != "" {
		cluster, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		width := cells.Width(cells.Clean(cluster))
		if e.mask {
			width = len([]rune(cluster))
		}
		if x < col+width {
			break
		}
		col += width
		pos += len([]rune(cluster))
		text = text[len(cluster):]
	}
	e.input.SetValue(e.input.Value()) // the copy keeps earlier values of the model unchanged
	e.input.SetCursor(pos)
	return e
}
