package ui

import (
	"strings"

	"sleet/ui/cells"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Click is a click into a part of the screen: the cell counted from the part's left upper corner.
// Forms, step lists and dialogs take it in their Update.
type Click struct{ X, Y int }

// Wheel is a notch of the wheel over a part of the screen, where Click counts its cells.
type Wheel struct {
	Click
	Up bool
}

// wheelLines is how many lines of a text a notch of the wheel scrolls.
const wheelLines = 3

// by returns the way that a notch goes, n lines down or up.
func (w Wheel) by(n int) int {
	if w.Up {
		return -n
	}
	return n
}

// Lines returns how many lines of a text a notch scrolls, up or down.
func (w Wheel) Lines() int { return w.by(wheelLines) }

// enterKey and spaceKey are what a click stands for where keys do the same.
var (
	enterKey = tea.KeyPressMsg{Code: tea.KeyEnter}
	spaceKey = tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
)

// click puts the focus on the field under the mouse, and lets it take the click.
func (f Form) click(c Click) (Form, tea.Cmd) {
	line := c.Y + f.top
	if c.Y < 0 || c.Y >= f.bodyHeight() {
		return f, nil
	}
	for i, field := range f.fields {
		rows := len(strings.Split(field.View(), "\n"))
		if line < rows {
			had := f.focus == i
			f.focus = i
			f = f.laidOut()
			return f.inner(fieldClick{Click{c.X, line}, had})
		}
		line -= rows
	}
	return f, nil
}

// fieldClick is a click into a field; had says that the field was in focus before.
type fieldClick struct {
	Click
	had bool
}

func (f Choice) click(c fieldClick) (Field, tea.Cmd) {
	if f.beside {
		n, cell := f.columns()
		to := f.place
		to.cursor = (c.Y-1)*n + min(max(c.X-gutter, 0)/max(cell, 1), n-1)
		if c.Y < 1 || to.cursor >= len(f.options) {
			return f, nil
		}
		return f.moved(to), nil
	}
	for i, rows := range f.tall {
		if from := f.begin(i); c.Y >= from && c.Y < from+rows {
			to := f.place
			to.cursor = i
			return f.moved(to), nil
		}
	}
	return f, nil
}

// click goes to a row; where the cursor stands there already it opens it.
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

func (f Pick) click(c fieldClick) (Field, tea.Cmd) {
	row := f.place.top + c.Y - 2
	switch {
	case row < f.place.top || row >= f.place.end() || f.item(row) < 0:
		return f, nil
	case row == f.place.cursor && c.had:
		return f.Update(enterKey)
	}
	f.place.cursor = row
	return f.placed(), nil
}

func (f ListEdit) click(c fieldClick) (Field, tea.Cmd) {
	row := f.place.top + c.Y - 1
	if row < f.place.top || row >= f.place.end() || f.refused() != nil {
		return f, nil
	}
	if row == f.place.cursor && f.Typing() {
		f.edit = f.edit.clicked(c.X - gutter - 2)
		return f, nil
	}
	if row == f.place.cursor && c.had {
		return f.Update(enterKey)
	}
	f = f.settle()
	f.place.cursor = min(row, len(f.items))
	return f.placed(), nil
}

func (f TextField) click(c fieldClick) (Field, tea.Cmd) {
	if c.Y == 0 {
		f.edit = f.edit.clicked(c.X - f.beside())
	}
	return f, nil
}

// clicked puts the cursor before the character drawn in a cell.
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
	e.input.SetValue(e.input.Value()) // a copy keeps older values of the model as they were
	e.input.SetCursor(pos)
	return e
}

// click moves the cursor to the entry under the mouse.
func (l StepList) click(c Click) StepList {
	row := l.place.top + c.Y
	if _, ok := l.detailLine(c); ok || c.Y < 0 || row >= l.place.end() {
		return l
	}
	return l.WithCursor(row)
}

// wheel scrolls the detail where the mouse is over it, else it moves the cursor.
func (l StepList) wheel(w Wheel) StepList {
	if _, ok := l.detailLine(w.Click); ok {
		l.scroll += w.Lines()
		return l.placed()
	}
	return l.WithCursor(max(min(l.place.cursor+w.by(1), len(l.entries)-1), 0))
}

// detailLine returns the line of the detail's room that a cell lies in.
func (l StepList) detailLine(c Click) (line int, ok bool) {
	switch {
	case l.detailRows() == 0:
		return 0, false
	case l.wide():
		return c.Y, c.X >= l.listWidth()
	}
	line = c.Y - (l.place.end() - l.place.top) - 1
	return line, line >= 0
}

// KeyAt returns the key that a click into the detail stands for: that of the passage under it.
func (l StepList) KeyAt(c Click) (key string, ok bool) {
	line, ok := l.detailLine(c)
	if !ok || len(l.entries) == 0 {
		return "", false
	}
	line += l.scroll
	for _, p := range l.entries[l.place.cursor].Detail {
		rows := len(l.kit.Paragraph(p, l.detailWidth()))
		if line < rows {
			return p.Key, p.Key != ""
		}
		line -= rows
	}
	return "", false
}

// click takes the answer under the mouse; c counts from the corner of the dialog's box.
func (c Confirm) click(at Click) Confirm {
	if rows := strings.Count(c.View(), "\n") + 1; at.Y != rows-2 {
		return c
	}
	x := 2 // the wall and a cell of air
	for i, answer := range c.answers {
		width := cells.Width("  " + cells.Clean(answer) + "  ")
		if at.X >= x && at.X < x+width {
			c.at = i
			c.action = Action{Kind: Choose, Index: i}
		}
		x += width + 2
	}
	return c
}

// DialogAt returns where the upper left corner of Screen.Dialog is drawn.
func (f Frame) DialogAt(dialog string) (x, y int) {
	rows := strings.Split(dialog, "\n")
	width := 0
	for _, row := range rows {
		width = max(width, cells.Width(row))
	}
	return (f.w - min(width, f.w)) / 2, max((f.h-len(rows))/2, 0)
}
