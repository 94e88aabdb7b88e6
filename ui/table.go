package ui

import (
	"slices"
	"strings"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Row is one row of a Table: its cells, a text after them if it fits, and the severity of its problem.
type Row struct {
	Cells []string
	Tail  string
	Level Level
}

// Table shows rows in columns and requests edits of a row, and with WithAdd also adding and removing one. It changes
// nothing itself.
type Table struct {
	core
	columns []string
	data    []Row
	add     string
	types   bool // text typed on the row that adds starts the new row
	place   window
}

var _ Field = Table{}

// NewTable returns an empty table with these column titles.
func NewTable(k *Context, h Head, columns ...string) Table {
	return Table{core: newCore(k, h), columns: columns}.placed()
}

// WithHead replaces the head, to show more about the row under the cursor.
func (f Table) WithHead(h Head) Table { f.head = h; return f }

// WithRows replaces the rows; the cursor keeps its index if possible.
func (f Table) WithRows(rows ...Row) Table { f.data = rows; return f.placed() }

// WithAdd adds a last row with this text that requests a new row.
func (f Table) WithAdd(words string) Table { f.add = words; return f.placed() }

// WithTyping makes text typed on the row that adds start the new row, so that no letter is lost.
func (f Table) WithTyping() Table { f.types = true; return f }

// ShowAll shows all rows: if they do not fit, the form scrolls and not the table.
func (f Table) ShowAll() Table { f.core.whole = true; return f }

// WithCursor moves the cursor to a row.
func (f Table) WithCursor(row int) Table { f.place.cursor = row; return f.placed() }

// ToEnd moves the cursor to the last row, which is the one that adds if there is one.
func (f Table) ToEnd() Table { f.place.cursor = f.place.n - 1; return f.placed() }

// Row returns the index of the row under the cursor; ok is false on the row that adds.
func (f Table) Row() (i int, ok bool) { return f.place.cursor, f.place.cursor < len(f.data) }

func (f Table) placed() Table {
	n := len(f.data)
	if f.add != "" {
		n++
	}
	f.place = f.place.resize(f.core.rows, n)
	return f
}

// Update moves the cursor or makes the key's request. With WithTyping, text typed on the row that adds is the Text of
// the action.
func (f Table) Update(msg tea.Msg) (Field, tea.Cmd) {
	switch m := msg.(type) {
	case fieldClick:
		return f.click(m)
	case tea.PasteMsg:
		if text := at(PastedLines(m.Content), 0); f.Typing() && text != "" {
			f.core = f.begin(text)
		}
	case tea.KeyPressMsg:
		if f.Wants(m) {
			return f.pressed(m), nil
		}
	}
	return f, nil
}

func (f Table) pressed(m tea.KeyPressMsg) Table {
	keys := f.context.Keys
	row, isRow := f.Row()
	switch {
	case key.Matches(m, keys.Enter, keys.Space) && isRow:
		f.core = f.act(Edit, row)
	case key.Matches(m, keys.Enter, keys.Space):
		f.core = f.begin("")
	case key.Matches(m, keys.Remove) && isRow:
		f.core = f.act(Remove, row)
	case f.Typing() && m.Text != "":
		f.core = f.begin(m.Text)
	default:
		f.place = f.place.update(keys, m)
	}
	return f
}

// begin requests a new row that starts with text.
func (f Table) begin(text string) core {
	c := f.act(Add, len(f.data))
	c.action.Text = text
	return c
}

// adding reports whether the cursor is on the row that adds.
func (f Table) adding() bool {
	_, isRow := f.Row()
	return f.add != "" && !isRow
}

// titled returns the number of rows of the column titles: none in an empty table.
func (f Table) titled() int { return b2i(len(f.columns) > 0 && len(f.data) > 0) }

// View draws the label, the column titles and the rows that fit.
func (f Table) View() string {
	k := f.context
	widths := f.widths()
	lines := []string{f.labelled(f.inner())}
	if f.titled() > 0 {
		lines = append(lines, "  "+k.Muted.Render(f.cells(f.columns, widths)))
	}
	for i := f.place.top; i < f.place.end(); i++ {
		lines = append(lines, k.Fit(f.row(i, widths), f.inner()-1)+k.hidden(f.place, i))
	}
	for len(lines) < f.height()-1-f.noted() {
		lines = append(lines, "")
	}
	return f.block(lines)
}

// height reserves all rows that the field may use, so that a new row does not move anything.
func (f Table) height() int { return 2 + f.titled() + f.core.rows + f.noted() }

func (f Table) row(i int, widths []int) string {
	k := f.context
	here := f.focused && i == f.place.cursor
	if i >= len(f.data) {
		style := k.Muted
		if here {
			style = k.Chosen
		}
		return k.pointer(here) + style.Render(k.Glyphs.Add+" "+cells.Clean(f.add))
	}
	style := k.Text
	if here {
		style = k.Chosen
	}
	text := f.cells(f.data[i].Cells, widths)
	room := f.inner() - 1 - cells.Width(k.pointer(here)) - 2*b2i(f.data[i].Level >= Warning)
	if tail := cells.Clean(f.data[i].Tail); tail != "" && cells.Width(text)+1+cells.Width(tail) <= room {
		text += " " + tail
	}
	row := k.pointer(here) + style.Render(text)
	if l := f.data[i].Level; l >= Warning {
		look, sign := k.level(l)
		row = k.Cut(row, f.inner()-3) + " " + look.Render(sign)
	}
	return row
}

const columnGap = 2

func (f Table) cells(row []string, widths []int) string {
	var b strings.Builder
	for i, w := range widths {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", columnGap))
		}
		cell := cells.Clean(at(row, i))
		if !strings.Contains(cell, " ") { // a name: its end matters as much as its start
			cell = f.context.CutMiddle(cell, w)
		}
		b.WriteString(f.context.Fit(cell, w))
	}
	return strings.TrimRight(b.String(), " ")
}

// widths returns the width of each column, for all rows, so that columns do not move while scrolling. If the columns do
// not fit, the widest are narrowed first.
func (f Table) widths() []int {
	n := len(f.columns)
	for _, r := range f.data {
		n = max(n, len(r.Cells))
	}
	widths := make([]int, n)
	for i := range widths {
		widths[i] = cells.Width(cells.Clean(at(f.columns, i)))
		for _, row := range f.data {
			widths[i] = max(widths[i], cells.Width(cells.Clean(at(row.Cells, i))))
		}
	}
	beside := gutter + 1 // the pointer, and the mark of hidden rows
	if slices.ContainsFunc(f.data, func(r Row) bool { return r.Level >= Warning }) {
		beside += 2
	}
	return shrink(widths, f.inner()-beside-columnGap*max(n-1, 0))
}

// shrink reduces the widest widths until their sum is at most room.
func shrink(widths []int, room int) []int {
	sum := 0
	for _, w := range widths {
		sum += w
	}
	for ; sum > room; sum-- {
		widest := 0
		for i, w := range widths {
			if w > widths[widest] {
				widest = i
			}
		}
		if widths[widest] <= 1 {
			break
		}
		widths[widest]--
	}
	return widths
}

// Cursor returns the position of the row that adds; ok is false unless typing starts a new row.
func (f Table) Cursor() (x, y int, ok bool) {
	return 2 * gutter, 1 + min(len(f.columns), 1) + f.place.cursor - f.place.top, f.focused && f.Typing()
}

// Wants reports whether msg is a key of the table, text on the row that adds, or an arrow with a row to move to.
func (f Table) Wants(msg tea.KeyPressMsg) bool {
	k := f.context.Keys
	_, isRow := f.Row()
	switch {
	case key.Matches(msg, k.Enter, k.Space):
		return isRow || f.adding()
	case isRow && key.Matches(msg, k.Remove):
		return f.add != ""
	default:
		return f.place.can(k, msg) || f.Typing() && msg.Text != ""
	}
}

// Typing reports whether letters start a new row.
func (f Table) Typing() bool { return f.types && f.adding() }

// Keys returns the keys that work on the row under the cursor.
func (f Table) Keys() []key.Binding {
	k := f.context.Keys
	_, isRow := f.Row()
	var keys []key.Binding
	if f.place.n > 1 {
		keys = append(keys, k.Down)
	}
	switch {
	case isRow:
		keys = append(keys, WithDesc(k.Enter, k.Edit.Help().Desc))
		if f.add != "" {
			keys = append(keys, k.Remove)
		}
	case f.adding():
		keys = append(keys, WithDesc(k.Enter, k.Add.Help().Desc))
	}
	return keys
}

func (f Table) with(c core) Field { f.core = c; return f.placed() }

func (f Table) focusSpan() (from, to int) {
	line := min(len(f.columns), 1) + 1 + f.place.cursor - f.place.top
	if f.place.cursor == f.place.top {
		return 0, line
	}
	return line, line
}

func (f Table) grows() int { return f.place.n }

// click moves the cursor to a row, or opens the row if the cursor is already there.
func (f Table) click(c fieldClick) (Field, tea.Cmd) {
	row := f.place.top + c.Y - 1 - f.titled()
	switch {
	case row < f.place.top || row >= f.place.end():
		return f, nil
	case row == f.place.cursor && c.had:
		return f.Update(spaceKey)
	}
	f.place.cursor = row
	return f.placed(), nil
}
