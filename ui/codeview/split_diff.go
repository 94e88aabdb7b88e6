package codeview

import (
	"slices"
	"strconv"
	"strings"

	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/syntax"

	tea "charm.land/bubbletea/v2"
	"github.com/aymanbagabas/go-udiff"
)

// SplitDiff shows both versions of a file side by side, with a few lines around each change. In a narrow view it shows a
// unified diff.
type SplitDiff struct {
	context     *ui.Context
	title       string
	old, text   string
	come, gone  int
	rows        []sideRow // the lines
	laid        []sideRow // as drawn: a changed line that is too long takes several
	unified     Diff
	w, h, first int
}

// sideRow is one line of both versions; a line number of 0 means that the version has no line here.
type sideRow struct {
	left, right         string
	leftLine, rightLine int
	changed, gap        bool
	// more marks a row that continues the one above.
	more bool
}

// sidesContext is how many lines are shown around a change.
const sidesContext = 3

// NewSplitDiff returns the comparison of old and text. For large files it covers the beginning.
func NewSplitDiff(k *ui.Context, title, old, text string) SplitDiff {
	old, text = beginnings(old, text)
	s := SplitDiff{context: k, title: title, old: old, text: text, unified: NewDiff(k, title, old, text)}
	s.rows = around(s.pair())
	return s
}

// pair returns the lines of both versions side by side.
func (s *SplitDiff) pair() []sideRow {
	was, now := syntax.Split(s.old), syntax.Split(s.text)
	var rows []sideRow
	l, r := 0, 0
	same := func(upTo int) {
		for ; l < upTo; l, r = l+1, r+1 {
			rows = append(rows, sideRow{left: at(was, l), right: at(now, r), leftLine: l + 1, rightLine: r + 1})
		}
	}
	for _, e := range udiff.Lines(s.old, s.text) {
		same(strings.Count(s.old[:e.Start], "\n"))
		gone, come := breaks(s.old[e.Start:e.End]), breaks(e.New)
		s.gone, s.come = s.gone+gone, s.come+come
		for i := range max(gone, come) {
			row := sideRow{changed: true}
			if i < gone {
				row.left, row.leftLine = at(was, l+i), l+i+1
			}
			if i < come {
				row.right, row.rightLine = at(now, r+i), r+i+1
			}
			rows = append(rows, row)
		}
		l, r = l+gone, r+come
	}
	same(len(was))
	return rows
}

// around returns the changes and the lines near them.
func around(rows []sideRow) []sideRow {
	near := make([]bool, len(rows))
	for i, row := range rows {
		if row.changed {
			for j := max(i-sidesContext, 0); j < min(i+sidesContext+1, len(rows)); j++ {
				near[j] = true
			}
		}
	}
	var kept []sideRow
	for i, row := range rows {
		switch {
		case near[i]:
			kept = append(kept, row)
		case i == 0 || near[i-1]:
			kept = append(kept, sideRow{gap: true})
		}
	}
	return kept
}

// WithContext returns the view with another theme.
func (s SplitDiff) WithContext(k *ui.Context) SplitDiff {
	return NewSplitDiff(k, s.title, s.old, s.text).SetSize(s.w, s.h)
}

// SetSize sets the size of the whole view.
func (s SplitDiff) SetSize(w, h int) SplitDiff {
	fresh := s.h == 0
	s.w, s.h = w, h
	s.unified = s.unified.SetSize(w, h)
	s.laid = s.broken()
	if fresh && len(s.laid) > s.room() {
		s.first = max(slices.IndexFunc(s.laid, func(row sideRow) bool { return row.changed })-1, 0)
	}
	return s.scrolled(0)
}

// numberCells is the width of the line number and sign before a line.
const numberCells = 7

// broken wraps changed lines that are too long for their side, because the change is often at the end. Other lines are
// cut.
func (s SplitDiff) broken() []sideRow {
	half := (s.w - 1) / 2
	var all []sideRow
	for _, row := range s.rows {
		if !row.changed {
			all = append(all, row)
			continue
		}
		left, right := chunks(row.left, half-numberCells), chunks(row.right, s.w-half-1-numberCells)
		for i := range max(len(left), len(right)) {
			part := sideRow{left: at(left, i), right: at(right, i), changed: true, more: i > 0}
			if i < len(left) {
				part.leftLine = row.leftLine
			}
			if i < len(right) {
				part.rightLine = row.rightLine
			}
			all = append(all, part)
		}
	}
	return all
}

// chunks wraps a line into rows of at most w cells, as the preview does.
func chunks(line string, w int) []string {
	line = cells.Clean(syntax.Expand(line))
	if cells.Width(line) <= w || w < 1 {
		return []string{line}
	}
	return brokenRows(line, line, w)
}

func (s SplitDiff) split() bool { return s.w >= ui.SplitWidth-2 }

func (s SplitDiff) scrolled(by int) SplitDiff {
	s.first = max(min(s.first+by, len(s.laid)-s.room()), 0)
	return s
}

// room returns how many rows fit under the title.
func (s SplitDiff) room() int { return max(s.h-1, 1) }

// Update scrolls by the keys of a preview or by the wheel.
func (s SplitDiff) Update(msg tea.Msg) (SplitDiff, tea.Cmd) {
	if w, ok := msg.(ui.Wheel); ok {
		if s.split() {
			return s.scrolled(w.Lines()), nil
		}
		s.unified.pager = s.unified.scroll(w.Lines())
		return s, nil
	}
	m, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return s, nil
	}
	if !s.split() {
		s.unified, _ = s.unified.Update(m)
		return s, nil
	}
	switch m.Code {
	case tea.KeyUp:
		return s.scrolled(-1), nil
	case tea.KeyDown:
		return s.scrolled(1), nil
	case tea.KeyPgUp:
		return s.scrolled(-s.room()), nil
	case tea.KeyPgDown:
		return s.scrolled(s.room()), nil
	}
	return s, nil
}

// View draws both versions.
func (s SplitDiff) View() string {
	if !s.split() {
		return s.unified.View()
	}
	k := s.context
	count := k.T("ui.diff.count", "added", s.come, "removed", s.gone)
	title := k.Title.Render(k.Cut(cells.Clean(s.title), max(s.w-cells.Width(count)-2, 1)))
	lines := []string{title + strings.Repeat(" ", max(s.w-cells.Width(title)-cells.Width(count), 1)) + k.Muted.Render(count)}
	half := (s.w - 1) / 2
	for i := max(s.first, 0); i < min(s.first+s.room(), len(s.laid)); i++ {
		row := s.laid[i]
		if row.gap {
			lines = append(lines, k.Muted.Render(k.Fit(strings.Repeat(" ", 4)+k.Glyphs.Ellipsis, s.w)))
			continue
		}
		left := s.side(row, row.left, row.leftLine, k.Bad.UnsetBold().Render, "-", half)
		right := s.side(row, row.right, row.rightLine, k.Good.Render, "+", s.w-half-1)
		lines = append(lines, left+k.Rule.Render(k.Glyphs.Wall)+right)
	}
	if s.first+s.room() < len(s.laid) {
		lines[len(lines)-1] = k.Muted.Render(k.Fit(k.Glyphs.More+" pgdn", s.w))
	}
	return strings.Join(lines, "\n")
}

// side draws one half of a row in w cells.
func (s SplitDiff) side(row sideRow, text string, line int, paint func(...string) string, sign string, w int) string {
	k := s.context
	if line == 0 {
		return strings.Repeat(" ", w)
	}
	number := strconv.Itoa(line)
	if row.more {
		number = ""
	}
	number = strings.Repeat(" ", max(4-len(number), 0)) + number + " "
	clean := k.Fit(cells.Clean(syntax.Expand(text)), max(w-numberCells, 1))
	if !row.changed {
		return k.Fit(k.Muted.Render(number)+"  "+k.Text.Render(clean), w)
	}
	return k.Fit(k.Muted.Render(number)+paint(sign+" "+clean), w)
}
