package ui

import (
	"strings"

	"sleet/ui/cells"
)

// If a StepList is wide enough, list and detail are side by side.
const (
	wideStepList = 130 // the width this needs, in cells
	leastSide    = 8   // the least width of the texts beside the titles, in cells
)

func (l StepList) wide() bool { return !l.bare && l.w >= wideStepList }

// detailRows returns how many rows the detail gets. It does not depend on the cursor, so that nothing moves when that
// does.
func (l StepList) detailRows() int {
	switch {
	case l.bare || l.h < 5:
		return 0
	case l.wide():
		return l.h
	case l.expanded:
		return max(l.h-len(l.entries)-1, min(l.h*2/3, l.failureRows()), l.h/3)
	}
	return max(l.h-len(l.entries)-1, l.h/3, 2)
}

// failureRows returns how many rows the longest detail of a failed entry takes.
func (l StepList) failureRows() int {
	rows := 0
	for _, e := range l.entries {
		if e.Mark == MarkFailed {
			rows = max(rows, len(l.detailOf(e)))
		}
	}
	return rows
}

func (l StepList) listRows() int {
	if l.wide() {
		return max(l.h, 1)
	}
	return max(l.h-l.detailRows()-b2i(l.detailRows() > 0), 1)
}

// columns returns the widths of the titles and the texts beside them: the longest of each, as far as they fit. The text
// of a running entry is longer for a moment, so it does not count.
func (l StepList) columns() (title, side int) {
	side = leastSide
	for _, e := range l.entries {
		title = max(title, cells.Width(cells.Clean(e.Title)))
		if e.Mark != MarkRunning {
			side = max(side, cells.Width(cells.Clean(e.Side)))
		}
	}
	full := l.w
	if l.wide() {
		full = l.w * 3 / 5
	}
	side = min(side, max(full*2/5, 1))
	return max(min(title, full-stepListFrame-side), 1), side
}

// stepListFrame is the number of cells of a row outside its two columns: pointer, mark, gap, and the glyph that shows
// that the list continues.
const stepListFrame = 4 + columnGap + 2

// listWidth returns the width of the list, in cells.
func (l StepList) listWidth() int {
	if !l.wide() {
		return l.w
	}
	title, side := l.columns()
	return max(title+side+stepListFrame, l.w*2/5)
}

// detailWidth returns the width of the detail, in cells.
func (l StepList) detailWidth() int {
	if !l.wide() {
		return l.w
	}
	return max(l.w-l.listWidth()-cells.Width(l.context.Glyphs.Wall)-1, 1)
}

// View draws the entries that fit and the detail.
func (l StepList) View() string {
	lines := make([]string, 0, l.h)
	for row := l.place.top; row < l.place.end(); row++ {
		lines = append(lines, l.row(row))
	}
	detail := l.shownDetail()
	switch {
	case l.detailRows() == 0:
	case l.wide():
		return l.beside(lines, detail)
	default:
		if len(lines) > 0 {
			lines = append(lines, l.context.Rules(l.w))
		}
		lines = append(lines, detail...)
	}
	return strings.Join(lines, "\n")
}

// beside draws list and detail side by side, with a vertical line between them.
func (l StepList) beside(lines, detail []string) string {
	w, wall := l.listWidth(), l.context.Rule.Render(l.context.Glyphs.Wall)
	rows := make([]string, l.h)
	for i := range rows {
		rows[i] = l.context.Fit(at(lines, i), w) + wall + " " + at(detail, i)
	}
	return strings.Join(rows, "\n")
}

// row draws one entry.
func (l StepList) row(i int) string {
	k, e := l.context, l.entries[i]
	look, sign := l.sign(e.Mark)
	here := i == l.place.cursor
	style := k.Text
	switch {
	case here:
		style = k.Chosen
	case e.Mark == MarkFailed:
		style = k.Bad
	case e.Mark == MarkSame || e.Mark == MarkSkipped || e.Mark == MarkWaiting:
		style = k.Muted
	}
	w := l.listWidth()
	column, _ := l.columns()
	side := k.Cut(cells.Clean(e.Side), max(w*2/5, 1))
	room := max(min(column, w-stepListFrame-cells.Width(side)), 1)
	title := cells.Clean(e.Title)
	if !e.Sentence {
		title = k.CutMiddle(title, room)
	}
	title = k.Fit(title, room)
	text := k.pointer(here) + look.Render(sign) + " " + style.Render(title) + strings.Repeat(" ", columnGap) + k.Muted.Render(side)
	return k.Fit(text, max(w-2, 1)) + " " + k.hidden(l.place, i)
}

// detail draws the detail of the entry under the cursor.
func (l StepList) detail() []string {
	if len(l.entries) == 0 {
		return nil
	}
	return l.detailOf(l.entries[l.place.cursor])
}

func (l StepList) detailOf(e Entry) []string {
	var lines []string
	for _, p := range e.Detail {
		lines = append(lines, l.context.Paragraph(p, l.detailWidth())...)
	}
	return lines
}

// shownDetail returns the lines of the detail on the screen.
func (l StepList) shownDetail() []string {
	detail := l.detail()
	end := min(l.scroll+l.detailRows(), len(detail))
	shown := append([]string(nil), detail[min(l.scroll, end):end]...)
	if end < len(detail) && len(shown) > 0 {
		more := l.context.Glyphs.More + " pgdn"
		room := max(l.detailWidth()-cells.Width(more)-1, 0)
		shown[len(shown)-1] = l.context.Fit(shown[len(shown)-1], room) + " " + l.context.Muted.Render(more)
	}
	return shown
}

// click moves the cursor to the entry under the mouse.
func (l StepList) click(c Click) StepList {
	row := l.place.top + c.Y
	if l.inDetail(c) || c.Y < 0 || row >= l.place.end() {
		return l
	}
	return l.WithCursor(row)
}

// wheel scrolls the detail if the mouse is over it; otherwise it moves the cursor.
func (l StepList) wheel(w Wheel) StepList {
	if l.inDetail(w.Click) {
		l.scroll += w.Lines()
		return l.placed()
	}
	return l.WithCursor(max(min(l.place.cursor+w.by(1), len(l.entries)-1), 0))
}

// inDetail reports whether a cell is in the detail's area.
func (l StepList) inDetail(c Click) bool {
	switch {
	case l.detailRows() == 0:
		return false
	case l.wide():
		return c.X >= l.listWidth()
	}
	return c.Y > l.place.end()-l.place.top
}
