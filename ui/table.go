package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Row is one row of a Table: its cells, and how grave what is wrong with it is.
type Row struct {
	Cells []string
	Level Level
}

// Table shows rows under columns and asks its owner to edit one, and where WithAdd
// allows it to add or remove one: it changes nothing itself.
type Table struct {
	core
	columns []string
	data    []Row
	add     string
	submits bool
	place   window
}

var _ Field = Table{}

// NewTable gives an empty table with these column titles.
func NewTable(k *Kit, h Head, columns ...string) Table {
	return Table{core: newCore(k, h), columns: columns}.placed()
}

// WithHead sets other words, to say more about the row under the cursor.
func (f Table) WithHead(h Head) Table { f.head = h; return f }

// WithRows sets the rows; the cursor stays where it can.
func (f Table) WithRows(rows ...Row) Table { f.data = rows; return f.placed() }

// WithAdd puts a last row there, with these words, that asks for a new one.
func (f Table) WithAdd(words string) Table { f.add = words; return f.placed() }

// WithEnterSubmit makes enter submit the form; space still opens a row.
func (f Table) WithEnterSubmit() Table { f.submits = true; return f }

// WithCursor puts the cursor on a row.
func (f Table) WithCursor(row int) Table { f.place.cursor = row; return f.placed() }

// Row gives the row under the cursor; on the row that adds, ok is false.
func (f Table) Row() (i int, ok bool) { return f.place.cursor, f.place.cursor < len(f.data) }

func (f Table) placed() Table {
	n := len(f.data)
	if f.add != "" {
		n++
	}
	f.place = f.place.resize(f.core.rows, n)
	return f
}

// Update moves, or asks for what the key means.
func (f Table) Update(msg tea.Msg) (Field, tea.Cmd) {
	if c, ok := msg.(fieldClick); ok {
		return f.click(c)
	}
	m, ok := msg.(tea.KeyPressMsg)
	if !ok || !f.Wants(m) {
		return f, nil
	}
	keys := f.kit.Keys
	row, isRow := f.Row()
	switch {
	case f.submits && key.Matches(m, keys.Enter):
		f.core = f.act(Submit, row)
	case key.Matches(m, keys.Add) && f.add != "":
		f.core = f.act(Add, len(f.data))
	case key.Matches(m, keys.Remove) && isRow:
		f.core = f.act(Remove, row)
	case key.Matches(m, keys.Enter, keys.Space, keys.Edit) && isRow:
		f.core = f.act(Edit, row)
	case key.Matches(m, keys.Enter, keys.Space):
		f.core = f.act(Add, len(f.data))
	default:
		f.place = f.place.update(keys, m)
	}
	return f, nil
}

// View draws the label, the column titles and the rows that have room.
func (f Table) View() string {
	k := f.kit
	widths := f.widths()
	lines := []string{f.labelled(f.inner())}
	if len(f.columns) > 0 {
		lines = append(lines, "  "+k.Muted.Render(f.cells(f.columns, widths)))
	}
	for i := f.place.top; i < f.place.end(); i++ {
		lines = append(lines, k.Fit(f.row(i, widths), f.inner()-1)+k.hidden(f.place, i))
	}
	for len(lines) < f.height()-1 {
		lines = append(lines, "")
	}
	return f.block(lines)
}

// height keeps the field as high as it may grow, so that a new row moves nothing.
func (f Table) height() int { return 2 + min(len(f.columns), 1) + f.core.rows }

func (f Table) row(i int, widths []int) string {
	k := f.kit
	here := f.focused && i == f.place.cursor
	if i >= len(f.data) {
		style := k.Muted
		if here {
			style = k.Chosen
		}
		return k.pointer(here) + style.Render(k.Glyphs.Add+" "+Clean(f.add))
	}
	style := k.Text
	if here {
		style = k.Chosen
	}
	row := k.pointer(here) + style.Render(f.cells(f.data[i].Cells, widths))
	if l := f.data[i].Level; l >= Warning {
		look, sign := k.level(l)
		row = k.Cut(row, f.inner()-3) + " " + look.Render(sign)
	}
	return row
}

const columnGap = 2

func (f Table) cells(cells []string, widths []int) string {
	var b strings.Builder
	for i, w := range widths {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", columnGap))
		}
		cell := Clean(at(cells, i))
		if !strings.Contains(cell, " ") { // a name: its end matters as much as its beginning
			cell = f.kit.CutMiddle(cell, w)
		}
		b.WriteString(f.kit.Fit(cell, w))
	}
	return strings.TrimRight(b.String(), " ")
}

// widths gives each column what its cells need, also those out of sight, so that
// none moves as the rows scroll; when that is too much, the widest give way first.
func (f Table) widths() []int {
	n := len(f.columns)
	for _, r := range f.data {
		n = max(n, len(r.Cells))
	}
	widths := make([]int, n)
	for i := range widths {
		widths[i] = Width(Clean(at(f.columns, i)))
		for _, row := range f.data {
			widths[i] = max(widths[i], Width(Clean(at(row.Cells, i))))
		}
	}
	room := f.inner() - 5 - columnGap*max(n-1, 0)
	return shrink(widths, room)
}

// shrink takes from the widest until the sum is at most room.
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

// Cursor is never shown: nothing is typed.
func (f Table) Cursor() (x, y int, ok bool) { return gutter, 0, false }

// Wants reports the keys of the table, and the arrows while there is a row to
// go to.
func (f Table) Wants(msg tea.KeyPressMsg) bool {
	k := f.kit.Keys
	_, isRow := f.Row()
	switch {
	case key.Matches(msg, k.Enter):
		return f.submits || isRow || f.add != ""
	case key.Matches(msg, k.Space):
		return isRow || f.add != ""
	case key.Matches(msg, k.Add):
		return f.add != ""
	case key.Matches(msg, k.Edit):
		return isRow
	case key.Matches(msg, k.Remove):
		return isRow && f.add != ""
	default:
		return f.place.can(k, msg)
	}
}

// Typing is always false.
func (f Table) Typing() bool { return false }

// Keys are those that do something on the row under the cursor.
func (f Table) Keys() []key.Binding {
	k := f.kit.Keys
	_, isRow := f.Row()
	var keys []key.Binding
	if f.place.n > 1 {
		keys = append(keys, k.Down)
	}
	edit, add := k.Edit, k.Add
	if !f.submits && isRow {
		edit = As(k.Enter, edit.Help().Desc)
	} else if !f.submits {
		add = As(k.Enter, add.Help().Desc)
	}
	if f.add != "" {
		keys = append(keys, add)
	}
	if isRow {
		keys = append(keys, edit)
	}
	if isRow && f.add != "" {
		keys = append(keys, k.Remove)
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
