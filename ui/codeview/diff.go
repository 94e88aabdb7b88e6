package codeview

import (
	"strings"
	"unicode/utf8"

	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/syntax"

	tea "charm.land/bubbletea/v2"
	"github.com/aymanbagabas/go-udiff"
)

// ChangedLines returns the lines of text, counted from 0, that are new or changed since old. Where lines were only
// removed, the line after them counts as changed.
func ChangedLines(old, text string) []int {
	if old == text || text == "" || len(old)+len(text) > mostDiff {
		return nil
	}
	var lines []int
	last := len(syntax.Split(text)) - 1
	shift := 0 // how many lines text has more than old so far
	for _, e := range udiff.Lines(old, text) {
		from := strings.Count(old[:e.Start], "\n") + shift
		gone, come := breaks(old[e.Start:e.End]), breaks(e.New)
		shift += come - gone
		for i := from; i < from+max(come, 1) && i <= last; i++ {
			if n := len(lines); n == 0 || lines[n-1] < i {
				lines = append(lines, i)
			}
		}
	}
	return lines
}

// breaks counts lines, including a last one without a line break.
func breaks(s string) int {
	n := strings.Count(s, "\n")
	if s != "" && !strings.HasSuffix(s, "\n") {
		n++
	}
	return n
}

// mostDiff is the largest total size of two versions that are compared, in bytes: comparing more takes seconds and
// gigabytes.
const mostDiff = 2 << 20

// beginnings returns the parts of two versions that are compared: their first lines if they are large.
func beginnings(old, text string) (oldPart, textPart string) {
	if len(old)+len(text) <= mostDiff {
		return old, text
	}
	part := func(s string) string {
		if len(s) <= mostDiff/2 {
			return s
		}
		return s[:strings.LastIndexByte(s[:mostDiff/2], '\n')+1] + "…\n"
	}
	return part(old), part(text)
}

// DiffText returns the unified diff of two versions of a file, "" if they are equal. For large files it covers the
// beginning.
func DiffText(name, old, text string) string {
	name = cells.Clean(name)
	old, text = beginnings(old, text)
	return udiff.Unified(name, name, old, text)
}

// Diff shows the unified diff of a file, coloured.
type Diff struct {
	pager
	first int // the first changed line
}

// NewDiff returns the diff of old and text. If they are equal, the view says so.
func NewDiff(k *ui.Context, name, old, text string) Diff {
	d := Diff{pager: pager{context: k, title: name}, first: -1}
	come, gone := 0, 0
	for i, line := range syntax.Split(DiffText(name, old, text)) {
		if i < 2 { // the two names: the title shows them
			continue
		}
		clean := cells.Clean(syntax.Expand(line))
		if d.first < 0 && (line[:1] == "+" || line[:1] == "-") {
			d.first = len(d.lines)
		}
		switch first, _ := utf8.DecodeRuneInString(line); first {
		case '+':
			come++
			clean = k.Good.Render(clean)
		case '-':
			gone++
			clean = k.Bad.UnsetBold().Render(clean)
		case '@':
			clean = k.Accent.Faint(true).Render(clean)
		case '\\':
			clean = k.Muted.Render(clean)
		default:
			clean = k.Text.Render(clean)
		}
		d.lines = append(d.lines, clean)
	}
	d.note = k.T("ui.diff.count", "added", come, "removed", gone)
	if len(d.lines) == 0 {
		d.note = ""
		d.lines = []string{k.Muted.Render(k.T("ui.diff.none"))}
	}
	return d
}

// SetSize sets the size of the whole view. The first time, it scrolls to the first change if not everything fits.
func (d Diff) SetSize(w, h int) Diff {
	if d.h == 0 && len(d.lines) > h-pagerHead {
		d.top = max(d.first-1, 0)
	}
	d.w, d.h = w, h
	d.pager = d.scroll(0)
	return d
}

// Update scrolls by keys.
func (d Diff) Update(msg tea.Msg) (Diff, tea.Cmd) {
	if m, ok := msg.(tea.KeyPressMsg); ok {
		d.pager = d.update(m)
	}
	return d, nil
}

// View draws the diff.
func (d Diff) View() string { return d.view(func(int) string { return "" }) }
