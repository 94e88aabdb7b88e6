package ui

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Code previews a file: its name, line numbers, the colours of its language, and
// a mark at each line that the last answer changed.
type Code struct {
	pager
	text    string
	changed []bool // by line
	marks   int
	faded   bool // the marks are those of an earlier answer
}

// HighlightedMsg brings the colours that Code.Show asked for.
type HighlightedMsg struct{ Highlighted }

// NewCode returns an empty preview.
func NewCode(k *Context) Code { return Code{pager: pager{kit: k}} }

// WithContext returns the preview another theme or language and asks for its colours
// again.
func (c Code) WithContext(k *Context) (Code, tea.Cmd) {
	c.kit = k
	c.lines = plainLines(c.text)
	return c, c.highlight()
}

// Init asks for the colours of what is shown: for a preview that was filled before
// there was anywhere to hand a command.
func (c Code) Init() tea.Cmd {
	if c.title == "" {
		return nil
	}
	return c.highlight()
}

// SetSize sets the size of the whole preview.
func (c Code) SetSize(w, h int) Code {
	first := c.h == 0
	c.w, c.h = w, h
	c.pager = c.scroll(0)
	if marks := c.marked(); first && len(marks) > 0 {
		c.pager = c.show(marks[0])
	}
	return c
}

// SetFoot sets the line under the code, drawn as it is: other files that changed,
// say.
func (c Code) SetFoot(s string) Code { c.foot = s; return c }

// SetNote sets the words beside the file's name, in place of how many lines changed.
func (c Code) SetNote(s string) Code { c.note = s; return c }

// Show shows text, marks the lines that are not in old, and scrolls to the first
// of them. The colours come later, by the command: until then lines that stay
// keep theirs. Showing the same again does nothing. Marks that the same text has
// no longer fade: once they are faint, the next time they are gone. So they go
// as a person goes on, and stay for one who reads; no clock takes them away.
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
	c.lines = plainLines(text)
	for i, line := range c.lines {
		if colours, ok := known[line]; ok {
			c.lines[i] = colours
		}
	}
	c = c.mark(marks)
	if !fresh {
		return c, nil
	}
	return c, c.highlight()
}

// Reveal scrolls to the line that holds what, one that is marked before others; no such line
// changes nothing.
func (c Code) Reveal(what string) Code {
	if what == "" {
		return c
	}
	found := -1
	for i, line := range plainLines(c.text) {
		if !strings.Contains(line, what) {
			continue
		}
		if i < len(c.changed) && c.changed[i] {
			found = i
			break
		}
		if found < 0 {
			found = i
		}
	}
	if found >= 0 {
		c.pager = c.show(found)
	}
	return c
}

// coloured returns the lines as drawn by the lines as they are.
func (c Code) coloured() map[string]string {
	known := make(map[string]string, len(c.lines))
	for i, line := range plainLines(c.text) {
		known[line] = at(c.lines, i)
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
	c.changed = make([]bool, len(c.lines))
	c.marks = len(lines)
	for _, i := range lines {
		if i < len(c.changed) {
			c.changed[i] = true
		}
	}
	c.note = ""
	if len(lines) > 0 {
		c.note = c.kit.T("ui.code.changed", "count", len(lines))
		c.pager = c.show(lines[0])
	}
	c.pager = c.scroll(0)
	return c
}

// highlight colours the text away from the event loop.
func (c Code) highlight() tea.Cmd {
	k, name, text := c.kit, c.title, c.text
	return func() tea.Msg { return HighlightedMsg{Highlight(k, name, text)} }
}

// Update takes over colours, and scrolls by keys: hand it only those that are
// meant for the preview.
func (c Code) Update(msg tea.Msg) (Code, tea.Cmd) {
	switch m := msg.(type) {
	case HighlightedMsg:
		if m.Name == c.title && m.Text == c.text {
			c.lines = m.Lines
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
	digits := max(len(strconv.Itoa(len(c.lines))), 2)
	return c.view(func(i int) string {
		number := strconv.Itoa(i + 1)
		number = c.kit.Muted.Render(strings.Repeat(" ", max(digits-len(number), 0)) + number)
		mark := " "
		switch {
		case i >= len(c.changed) || !c.changed[i]:
		case c.faded:
			mark = c.kit.Muted.Render(c.kit.Glyphs.Faded)
		default:
			mark = c.kit.Accent.Render(c.kit.Glyphs.Mark)
		}
		return number + " " + mark
	})
}
