package ui

import (
	"strings"

	"sleet/ui/cells"

	"github.com/charmbracelet/x/ansi"
)

// overlay draws box in the middle of lines, which are w cells wide and lose their colours. A wide character that is cut
// in half becomes a space.
func (k *Context) overlay(lines []string, w int, box string) []string {
	rows := strings.Split(box, "\n")
	width := 0
	for _, row := range rows {
		width = max(width, cells.Width(row))
	}
	width = min(width, w)
	x, y := Frame{w: w, h: len(lines)}.DialogAt(box)
	out := make([]string, len(lines))
	for i, line := range lines {
		line = ansi.Strip(line)
		if row := i - y; row >= 0 && row < len(rows) {
			left, right := cells.Pad(cells.Cut(line, x, ""), x), cells.CutLeft(line, x+width)
			out[i] = k.Rule.Render(left) + k.Fit(rows[row], width) + k.Rule.Render(right)
			continue
		}
		out[i] = k.Rule.Render(line)
	}
	return out
}

// Box draws a border around lines, each padded to the widest, with a margin of one cell.
func (k *Context) Box(title string, lines []string, maxWidth int) string {
	inner := cells.Width(title) + 2
	for _, line := range lines {
		inner = max(inner, cells.Width(line))
	}
	inner = min(inner, maxWidth-4)
	g := k.Glyphs
	bar := func(left, right, head string) string {
		rule := strings.Repeat(g.Rule, max(inner+2-cells.Width(head), 0))
		return k.Accent.Render(left) + head + k.Accent.Render(rule+right)
	}
	head := ""
	if title != "" {
		head = " " + k.Title.Render(k.Cut(title, inner-2)) + " "
	}
	wall := k.Accent.Render(g.Wall)
	out := []string{bar(g.Corners[0], g.Corners[1], head)}
	for _, line := range lines {
		out = append(out, wall+" "+k.Fit(line, inner)+" "+wall)
	}
	return strings.Join(append(out, bar(g.Corners[2], g.Corners[3], "")), "\n")
}

// DialogAt returns where the top left corner of Screen.Dialog is drawn.
func (f Frame) DialogAt(dialog string) (x, y int) {
	rows := strings.Split(dialog, "\n")
	width := 0
	for _, row := range rows {
		width = max(width, cells.Width(row))
	}
	return (f.w - min(width, f.w)) / 2, max((f.h-len(rows))/2, 0)
}
