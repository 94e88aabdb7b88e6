package ui

import (
	"strings"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Head is what every field has: an id to find it by, a label, one line on why
// it matters, and the page that says more.
type Head struct {
	ID    string
	Label string
	Why   string
	Link  Link
}

// Level says how grave a note is.
type Level int

// The levels of a note.
const (
	None Level = iota
	Info
	Warning
	Problem
)

// Note is something to say about a field: a problem, a warning, a hint. The
// first note of a field is shown right under it, complete and with its fix; its
// page is shown at the foot of the form while the field has the focus.
type Note struct {
	Level Level
	Text  string
	Fix   string
	Link  Link
}

// ActionKind is what a field asks its owner to do.
type ActionKind int

// What the last message to a field or dialog asked for.
const (
	Nothing ActionKind = iota
	Changed            // the field's value is another one now
	Submit             // go on: enter, or the button
	Add                // a new row of a table
	Edit               // the row Index
	Remove             // the row Index
	Choose             // the item Index of a Pick or Tree, or the answer Index of a Confirm
	Cancel             // a dialog was left by esc
)

// Action is one such wish. Index counts the rows or items as they were given,
// whatever filter is set.
type Action struct {
	Kind  ActionKind
	Field string // the field's id
	Index int
	Text  string // of Add: what was typed to begin the row
}

// Field is one question of a Form. The fields are TextField, SecretField, Toggle, Choice,
// Table, ListEdit, Pick, Tree and Button; a Form gives them their size and focus.
type Field interface {
	// Head returns what the field was made with.
	Head() Head
	// Update handles a key or a paste; only the field in focus gets them.
	Update(msg tea.Msg) (Field, tea.Cmd)
	// View draws the field; its height does not depend on the focus.
	View() string
	// Cursor is where the terminal's cursor belongs, if text is being typed.
	Cursor() (x, y int, ok bool)
	// Wants reports whether the field itself uses this key now. Keys that it
	// does not want move the focus or submit the form.
	Wants(msg tea.KeyPressMsg) bool
	// Typing reports whether letters are text here, so that "?" is no command.
	Typing() bool
	// Keys are the field's own keys, for the footer.
	Keys() []key.Binding

	base() core
	with(c core) Field
	// focusSpan returns the lines of View to keep on the screen, first and last.
	focusSpan() (from, to int)
	// height is the number of lines of View.
	height() int
	// grows returns the rows that the field could use, 0 for a fixed height.
	grows() int
}

// core is what all fields carry.
type core struct {
	kit     *Context
	head    Head
	w       int  // cells for the whole field
	rows    int  // rows for the content of a field that grows
	label   int  // width of the column of labels; 0: the label stands above
	whole   bool // a field that grows shows all of its rows: the form scrolls, and nothing in it
	focused bool
	airy    bool // there is room for empty lines inside
	notes   []Note
	action  Action
}

const (
	gutter      = 2 // the bar that shows the focus
	labelGap    = 2
	defaultRows = 6
)

func newCore(k *Context, h Head) core { return core{kit: k, head: h, w: MinWidth, rows: defaultRows} }

// Head returns what the field was made with.
func (c core) Head() Head { return c.head }

func (c core) base() core { return c }

// inner is the width of the field's content below its label.
func (c core) inner() int { return max(c.w-gutter, 1) }

func (c core) act(kind ActionKind, index int) core {
	c.action = Action{Kind: kind, Field: c.head.ID, Index: index}
	return c
}

// labelled draws the label; in focus it is accented.
func (c core) labelled(w int) string {
	style := c.kit.Text
	if c.focused {
		style = c.kit.Focus
	}
	return style.Render(c.kit.Cut(cells.Clean(c.head.Label), w))
}

// beside is where the content of a one-line field starts.
func (c core) beside() int { return gutter + c.label + labelGap }

// line draws a one-line field: label, content, and the row for its note.
func (c core) line(content string) string {
	return c.block([]string{cells.Pad(c.labelled(c.label), c.label+labelGap) + content})
}

// block puts the focus bar before lines and the rows of the first note after them.
func (c core) block(lines []string) string {
	bar := strings.Repeat(" ", gutter)
	if c.focused {
		bar = c.kit.Accent.Render(c.kit.Glyphs.Bar) + " "
	}
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(bar)
		b.WriteString(c.kit.Cut(line, c.inner()))
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

// noteRows draws the first note with its fix, wrapped, and an empty row under one of several rows; without a note it is
// one empty row.
func (c core) noteRows() []string {
	if len(c.notes) == 0 {
		return []string{""}
	}
	n := c.notes[0]
	style, sign := c.kit.level(n.Level)
	lead := sign + " "
	rows := cells.Wrap(cells.Clean(c.kit.Together(n)), max(c.inner()-cells.Width(lead), 1))
	for i, row := range rows {
		rows[i] = style.Render(lead + row)
		lead = strings.Repeat(" ", cells.Width(lead))
	}
	if len(rows) > 1 { // the next field moves anyway
		rows = append(rows, "")
	}
	return rows
}

// noted is the number of rows of the note beyond the one that every field has for it.
func (c core) noted(own ...Note) int {
	c.notes = append(own, c.notes...)
	return len(c.noteRows()) - 1
}

// Together joins what is wrong and its fix; the first need not end as a sentence.
func (k *Context) Together(n Note) string {
	gap := " "
	if n.Text != "" && n.Text == strings.TrimRight(n.Text, ".!?:;。！？：") && n.Fix != "" {
		gap += k.Glyphs.Crumb + " "
	}
	return strings.TrimSpace(n.Text + gap + n.Fix)
}

// WrapIn wraps s into at most n lines, the last one cut.
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
