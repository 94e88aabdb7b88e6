package codeview

import (
	"strings"

	"sleet/ui"
	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// pager is a scrolling view of drawn lines, shared by Code and Diff.
type pager struct {
	context *ui.Context
	w, h    int
	top     int
	left    int // cells scrolled past on the left
	title   string
	note    string // right of the title
	foot    string // already drawn, replaces the last line
	lines   []string
}

// pagerHead is the number of rows of the title and the empty line under it.
const pagerHead = 2

// shown returns how many lines fit.
func (p pager) shown() int {
	h := p.h - pagerHead
	if p.foot != "" {
		h -= 2
	}
	return max(h, 0)
}

func (p pager) scroll(by int) pager {
	p.top = max(min(p.top+by, len(p.lines)-p.shown()), 0)
	return p
}

// show scrolls so that line i is in the upper third, unless it is already on the screen.
func (p pager) show(i int) pager {
	if p.h == 0 {
		return p
	}
	if i < p.top || i >= p.top+p.shown() {
		p.top = i - p.shown()/3
	}
	return p.scroll(0)
}

const sideways = 8

// update scrolls by a key; other keys do nothing.
func (p pager) update(m tea.KeyPressMsg) pager {
	k := p.context.Keys
	switch {
	case key.Matches(m, k.Up, k.ScrollUp):
		return p.scroll(-1)
	case key.Matches(m, k.Down, k.ScrollDown):
		return p.scroll(1)
	case key.Matches(m, k.PageUp):
		return p.scroll(-p.shown())
	case key.Matches(m, k.PageDown, k.Space):
		return p.scroll(p.shown())
	case key.Matches(m, k.Home):
		p.left = 0
		return p.scroll(-len(p.lines))
	case key.Matches(m, k.End):
		return p.scroll(len(p.lines))
	case key.Matches(m, k.ScrollLeft):
		p.left = max(p.left-sideways, 0)
		return p
	case key.Matches(m, k.ScrollRight):
		p.left = min(p.left+sideways, max(p.widest()-sideways, 0))
		return p
	default:
		return p
	}
}

func (p pager) widest() int {
	w := 0
	for _, line := range p.lines {
		w = max(w, cells.Width(line))
	}
	return w
}

// view draws the title, lines and foot. gutter returns the text before a line, which stays when the text scrolls
// sideways.
func (p pager) view(gutter func(line int) string) string {
	k := p.context
	note := k.Muted.Render(k.Cut(p.note, p.w/2))
	title := k.CutMiddle(cells.Clean(p.title), max(p.w-cells.Width(note)-2, 1))
	gap := max(p.w-cells.Width(title)-cells.Width(note), 1)
	out := make([]string, 0, p.h)
	out = append(out, k.Title.Render(title)+strings.Repeat(" ", gap)+note, "")
	for i := p.top; i < p.top+p.shown(); i++ {
		if i >= len(p.lines) {
			out = append(out, "")
			continue
		}
		before := gutter(i)
		out = append(out, before+p.slice(p.lines[i], p.w-cells.Width(before)))
	}
	if p.foot != "" {
		out = append(out, "", k.Cut(p.foot, p.w))
	}
	for i, line := range out {
		out[i] = k.Fit(line, p.w)
	}
	return strings.Join(out[:min(len(out), max(p.h, 0))], "\n")
}

// slice returns the part of a line that is on the screen.
func (p pager) slice(line string, w int) string {
	if p.left > 0 {
		line = cells.CutLeft(line, p.left)
	}
	return p.context.Cut(line, w)
}

// at returns the line at i, or "" if there is none.
func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
