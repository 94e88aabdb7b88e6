package ui

import (
	"strings"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Head is what every field has: an id, a label, a line on why it matters, and a page with more.
type Head struct {
	ID    string
	Label string
	Why   string
	Link  Link
}

// Level is the severity of a note.
type Level int

// The levels of a note.
const (
	None Level = iota
	Info
	Warning
	Problem
)

// Note is a problem, warning or hint about a field. The first note of a field is shown in full right below it, with its
// fix; its link is shown at the foot of the form while the field has the focus.
type Note struct {
	Level Level
	Text  string
	Fix   string
	Link  Link
}

// ActionKind is the kind of request that a field makes to its owner.
type ActionKind int

// The requests of the last message to a field or dialog.
const (
	Nothing ActionKind = iota
	Changed            // the field's value changed
	Submit             // continue: enter, or the button
	Add                // add a row to a table
	Edit               // edit row Index
	Remove             // remove row Index
	Choose             // item Index of a Pick or Tree, or answer Index of a Confirm
	Cancel             // esc closed a dialog
)

// Action is a request of a field. Index counts all rows or items, including those that a filter hides.
type Action struct {
	Kind  ActionKind
	Field string // the field's id
	Index int
	Text  string // of Add: the text that was typed to begin the row
}

// Field is one question of a Form: a TextField, SecretField, Toggle, Choice, Table, ListEdit, Pick, Tree or Button. The
// Form sets its size and focus.
type Field interface {
	// Head returns the head that the field was created with.
	Head() Head
	// Update handles a key or a paste; only the focused field gets them.
	Update(msg tea.Msg) (Field, tea.Cmd)
	// View draws the field. Its height does not depend on the focus.
	View() string
	// Cursor returns the position of the terminal's cursor; ok is false if no text is being typed.
	Cursor() (x, y int, ok bool)
	// Wants reports whether the field handles this key now. Other keys move the focus or submit the form.
	Wants(msg tea.KeyPressMsg) bool
	// Typing reports whether letters are text here, so that "?" is not a command.
	Typing() bool
	// Keys returns the field's own keys, for the footer.
	Keys() []key.Binding

	base() core
	with(c core) Field
	// focusSpan returns the first and last line of View that must stay visible.
	focusSpan() (from, to int)
	// height returns the number of lines of View.
	height() int
	// grows returns how many rows the field could use, or 0 if its height is fixed.
	grows() int
}

// core is the state that all fields have.
type core struct {
	context *Context
	head    Head
	w       int  // width of the whole field
	rows    int  // rows for the content of a field that can grow
	label   int  // width of the column of labels; 0 if the label is above
	whole   bool // a field that can grow shows all of its rows, so that the form scrolls instead
	focused bool
	airy    bool // there is room for empty lines
	notes   []Note
	action  Action
}

const (
	gutter      = 2 // the bar that shows the focus
	labelGap    = 2
	defaultRows = 6
)

func newCore(k *Context, h Head) core {
	return core{context: k, head: h, w: MinWidth, rows: defaultRows}
}

// Head returns the head that the field was created with.
func (c core) Head() Head { return c.head }

func (c core) base() core { return c }

// inner returns the width of the field's content below its label.
func (c core) inner() int { return max(c.w-gutter, 1) }

func (c core) act(kind ActionKind, index int) core {
	c.action = Action{Kind: kind, Field: c.head.ID, Index: index}
	return c
}

// labelled draws the label, accented if the field has the focus.
func (c core) labelled(w int) string {
	style := c.context.Text
	if c.focused {
		style = c.context.Focus
	}
	return style.Render(c.context.Cut(cells.Clean(c.head.Label), w))
}

// beside returns the column of the content of a one-line field.
func (c core) beside() int { return gutter + c.label + labelGap }

// line draws a one-line field: label, content, and the row of its note.
func (c core) line(content string) string {
	return c.block([]string{cells.Pad(c.labelled(c.label), c.label+labelGap) + content})
}

// block adds the focus bar before lines, and the rows of the first note after them.
func (c core) block(lines []string) string {
	bar := strings.Repeat(" ", gutter)
	if c.focused {
		bar = c.context.Accent.Render(c.context.Glyphs.Bar) + " "
	}
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(bar)
		b.WriteString(c.context.Cut(line, c.inner()))
		b.WriteByte('\n')
	}
	for i, line := range c.noteRows() {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.Repeat(" ", gutter) + line)
	}
	return b.String()
}

// noteRows draws the first note with its fix, wrapped, and an empty row after a note of several rows. Without a note it
// is one empty row.
func (c core) noteRows() []string {
	if len(c.notes) == 0 {
		return []string{""}
	}
	n := c.notes[0]
	style, sign := c.context.level(n.Level)
	lead := sign + " "
	rows := cells.Wrap(cells.Clean(c.context.NoteText(n)), max(c.inner()-cells.Width(lead), 1))
	for i, row := range rows {
		rows[i] = style.Render(lead + row)
		lead = strings.Repeat(" ", cells.Width(lead))
	}
	if len(rows) > 1 { // the next field moves anyway
		rows = append(rows, "")
	}
	return rows
}

// noted returns how many rows the note takes beyond the one that every field reserves.
func (c core) noted(own ...Note) int {
	c.notes = append(own, c.notes...)
	return len(c.noteRows()) - 1
}

// NoteText joins the text of a note and its fix, with a separator if the text does not end a sentence.
func (k *Context) NoteText(n Note) string {
	gap := " "
	if n.Text != "" && n.Text == strings.TrimRight(n.Text, ".!?:;。！？：") && n.Fix != "" {
		gap += k.Glyphs.Crumb + " "
	}
	return strings.TrimSpace(n.Text + gap + n.Fix)
}

// WrapIn wraps s into at most n lines, cutting off the last one.
func (k *Context) WrapIn(s string, w, n int) []string {
	if s == "" || n < 1 {
		return nil
	}
	lines := cells.Wrap(s, w)
	if len(lines) > n {
		lines[n-1] = k.Cut(strings.Join(lines[n-1:], " "), w)
		lines = lines[:n]
	}
	return lines
}
