// Package codeview shows a file, highlighted and with its changed lines marked, or the differences between two versions
// of a file. It knows nothing about apps.
package codeview

import (
	"slices"
	"strconv"
	"strings"

	"sleet/ui"
	"sleet/ui/syntax"

	tea "charm.land/bubbletea/v2"
)

// Code previews a file: its name, line numbers, highlighted text, and a mark at each line that the last answer changed.
// A line too long for the view continues in the rows below it.
type Code struct {
	pager            // its lines are the rows of the screen
	drawn   []string // by line
	from    []int    // the line of each row
	text    string
	changed []bool // by line
	marks   int
	faded   bool // the marks are of an earlier answer
}

// HighlightedMsg is the result of the command of Code.Show: the highlighted lines of a text.
type HighlightedMsg struct {
	Name, Text string
	Lines      []string
}

// NewCode returns an empty preview.
func NewCode(k *ui.Context) Code { return Code{pager: pager{context: k}} }

// WithContext returns the preview with another theme or language, and a command that highlights it again.
func (c Code) WithContext(k *ui.Context) (Code, tea.Cmd) {
	c.context = k
	c.drawn = syntax.Plain(c.text)
	return c.rows(), c.highlight()
}

// Init returns the command that highlights the text, for a preview filled before a command could be returned.
func (c Code) Init() tea.Cmd {
	if c.title == "" {
		return nil
	}
	return c.highlight()
}

// SetSize sets the size of the whole preview.
func (c Code) SetSize(w, h int) Code {
	first := c.h == 0
	top := 0
	if c.top < len(c.from) {
		top = c.from[c.top]
	}
	resized := w != c.w
	c.w, c.h = w, h
	if resized {
		c = c.rows()
		c.top = c.row(top)
	}
	c.pager = c.scroll(0)
	if marks := c.marked(); first && len(marks) > 0 {
		c = c.showLine(c.longest(marks))
	}
	return c
}

// SetFoot sets the line under the code, already drawn; for example, other files that changed.
func (c Code) SetFoot(s string) Code { c.foot = s; return c }

// SetNote sets the text beside the file's name, replacing the number of changed lines.
func (c Code) SetNote(s string) Code { c.note = s; return c }

// Show shows text, marks the lines that are not in old, and scrolls to the longest run of them. The returned command
// highlights the text; until then, lines that were shown before keep their colours. Showing the same text and marks
// again does nothing. If the same text comes without marks, the marks fade first and disappear the next time: they go
// away as the user continues, not after a time.
func (c Code) Show(name, old, text string) (Code, tea.Cmd) {
	marks := ChangedLines(old, text)
	if same := name == c.title && text == c.text; same && !c.faded && slices.Equal(marks, c.marked()) {
		return c, nil
	} else if same && !c.faded && len(marks) == 0 {
		c.faded = true
		return c, nil
	}
	c.faded = false
	known := map[string]string{}
	if name == c.title {
		known = c.coloured()
	} else {
		c.top, c.left = 0, 0
	}
	fresh := name != c.title || text != c.text
	c.title, c.text = name, text
	c.drawn = syntax.Plain(text)
	for i, line := range c.drawn {
		if colours, ok := known[line]; ok {
			c.drawn[i] = colours
		}
	}
	c = c.rows().mark(marks)
	if !fresh {
		return c, nil
	}
	return c, c.highlight()
}

// Reveal scrolls to the first line that contains what. If lines are marked, it scrolls to the first marked line from
// there on, or not at all.
func (c Code) Reveal(what string) Code {
	if what == "" {
		return c
	}
	marks, found := c.marked(), -1
	for i, line := range syntax.Plain(c.text) {
		if !strings.Contains(line, what) {
			continue
		}
		if len(marks) == 0 || c.changed[i] {
			return c.showLine(i)
		}
		if found < 0 {
			found = i
		}
	}
	if next, _ := slices.BinarySearch(marks, found); found >= 0 && next < len(marks) {
		return c.showLine(marks[next])
	}
	return c
}

// coloured returns the drawn lines by their plain text.
func (c Code) coloured() map[string]string {
	known := make(map[string]string, len(c.drawn))
	for i, line := range syntax.Plain(c.text) {
		known[line] = at(c.drawn, i)
	}
	return known
}

func (c Code) marked() []int {
	var lines []int
	for i, is := range c.changed {
		if is {
			lines = append(lines, i)
		}
	}
	return lines
}

func (c Code) mark(lines []int) Code {
	c.changed = make([]bool, len(c.drawn))
	c.marks = len(lines)
	for _, i := range lines {
		if i < len(c.changed) {
			c.changed[i] = true
		}
	}
	c.note = ""
	if len(lines) > 0 {
		c.note = c.context.T("ui.code.changed", "count", len(lines))
		c = c.showLine(c.longest(lines))
	}
	c.pager = c.scroll(0)
	return c
}

// longest returns the first line of the longest run of consecutive lines, the first one if several are equal. Lines of
// code count for more than comments.
func (c Code) longest(lines []int) int {
	if lines[len(lines)-1]-lines[0] == len(lines)-1 {
		return lines[0] // all in one run
	}
	text, signs := syntax.Split(c.text), syntax.Comments(c.title)
	weight := func(line int) int {
		body := strings.TrimLeft(at(text, line), " ")
		if body == "" || slices.ContainsFunc(signs, func(sign string) bool { return strings.HasPrefix(body, sign) }) {
			return 1
		}
		return len(lines)
	}
	best, most, sum := 0, 0, 0
	for i, from := 0, 0; i < len(lines); i++ {
		if i > 0 && lines[i] != lines[i-1]+1 {
			from, sum = i, 0
		}
		if sum += weight(lines[i]); sum > most {
			best, most = lines[from], sum
		}
	}
	return best
}

// highlight highlights the text outside the event loop.
func (c Code) highlight() tea.Cmd {
	k, name, text := c.context, c.title, c.text
	return func() tea.Msg { return HighlightedMsg{name, text, k.Highlight(name, text)} }
}

// Update applies highlighted text, and scrolls by keys: pass it only keys for the preview.
func (c Code) Update(msg tea.Msg) (Code, tea.Cmd) {
	switch m := msg.(type) {
	case HighlightedMsg:
		if m.Name == c.title && m.Text == c.text {
			c.drawn = m.Lines
			c = c.rows()
		}
	case tea.KeyPressMsg:
		c.pager = c.update(m)
	}
	return c, nil
}

// View draws the preview.
func (c Code) View() string {
	if c.title == "" {
		return ""
	}
	return c.view(func(row int) string {
		i := c.from[row]
		number := ""
		if row == 0 || c.from[row-1] != i {
			number = strconv.Itoa(i + 1)
		}
		number = c.context.Muted.Render(strings.Repeat(" ", max(c.digits()-len(number), 0)) + number)
		mark := " "
		switch {
		case i >= len(c.changed) || !c.changed[i]:
		case c.faded:
			mark = c.context.Muted.Render(c.context.Glyphs.Faded)
		default:
			mark = c.context.Accent.Render(c.context.Glyphs.Mark)
		}
		return number + " " + mark
	})
}

// digits returns the width of the line numbers.
func (c Code) digits() int { return max(len(strconv.Itoa(len(c.drawn))), 2) }

// rows wraps the lines to the width of the view.
func (c Code) rows() Code {
	const marks = 2 // the gap after the number, and the mark
	room := c.w - c.digits() - marks
	look, signs := c.context.Syntax(), syntax.Comments(c.title)
	c.lines, c.from = make([]string, 0, len(c.drawn)), make([]int, 0, len(c.drawn))
	for i, plain := range syntax.Plain(c.text) {
		for _, row := range codeRows(look, signs, plain, at(c.drawn, i), room) {
			c.lines, c.from = append(c.lines, row), append(c.from, i)
		}
	}
	return c
}

// row returns the first row of a line.
func (c Code) row(line int) int {
	row, _ := slices.BinarySearch(c.from, line)
	return row
}

// showLine scrolls to a line.
func (c Code) showLine(line int) Code {
	c.pager = c.show(c.row(line))
	return c
}
