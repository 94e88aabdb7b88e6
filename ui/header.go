package ui

import (
	"fmt"
	"strings"

	"sleet/ui/cells"
)

const stepGap = "  "

// header draws the names of the program and the app, and on the right the steps, or as many around the current one as
// fit.
func (f Frame) header(s Screen) string {
	name := f.name(s)
	parts, gap := f.stepCells(s.Steps, f.stepRoom(name))
	steps := joined(parts, gap)
	return f.context.Fit(" "+name+strings.Repeat(" ", max(f.w-2-cells.Width(name)-cells.Width(steps), 1))+steps+" ", f.w)
}

// name draws the names of the program and the app.
func (f Frame) name(s Screen) string {
	k := f.context
	name := k.Accent.Bold(true).Render(f.program)
	if s.Name != "" {
		room := f.w - cells.Width(name) - 2
		name += stepGap + k.Code.Render(k.CutMiddle(cells.Clean(s.Name), max(8, min(room/3, 24))))
	}
	return name
}

func (f Frame) stepRoom(name string) int { return f.w - cells.Width(name) - 2 - 2*len(stepGap) }

// StepAt returns the index of the step drawn at a cell of the terminal.
func (f Frame) StepAt(s Screen, x, y int) (i int, ok bool) {
	if y != 0 || !f.Fits() {
		return 0, false
	}
	name := f.name(s)
	parts, gap := f.stepCells(s.Steps, f.stepRoom(name))
	at := 1 + cells.Width(name) + max(f.w-2-cells.Width(name)-cells.Width(joined(parts, gap)), 1)
	for _, c := range parts {
		if x >= at && x < at+cells.Width(c.text) {
			return c.step, c.step >= 0
		}
		at += cells.Width(c.text) + len(gap)
	}
	return 0, false
}

// stepCell is a part of the header: a step, or text that is not a step (step is -1).
type stepCell struct {
	text string
	step int
}

func joined(parts []stepCell, gap string) string {
	texts := make([]string, len(parts))
	for i, c := range parts {
		texts[i] = c.text
	}
	return strings.Join(texts, gap)
}

// stepCells draws all steps if they fit in room cells. Otherwise it draws a count and the neighbours of the current
// step, nearest first, later ones before earlier ones.
func (f Frame) stepCells(steps []Step, room int) (shown []stepCell, gap string) {
	here := 0
	parts := make([]stepCell, len(steps))
	for i, s := range steps {
		parts[i] = stepCell{f.step(s), i}
		if s.State == Here {
			here = i
		}
	}
	for _, gap := range []string{stepGap, stepGap[1:]} {
		if cells.Width(joined(parts, gap)) <= room {
			return parts, gap
		}
	}
	k := f.context
	count := k.Muted.Render(k.T("ui.frame.step", "step", here+1, "steps", len(steps)))
	more := k.Muted.Render(k.Glyphs.Ellipsis)
	room -= cells.Width(count) + len(stepGap) + 2*(cells.Width(more)+len(stepGap))
	from, to := here, here+1
	used := cells.Width(parts[here].text)
	for grown := true; grown; {
		grown = false
		if to < len(parts) && used+len(stepGap)+cells.Width(parts[to].text) <= room {
			used += len(stepGap) + cells.Width(parts[to].text)
			to, grown = to+1, true
		}
		if from > 0 && used+len(stepGap)+cells.Width(parts[from-1].text) <= room {
			from, grown = from-1, true
			used += len(stepGap) + cells.Width(parts[from].text)
		}
	}
	shown = append([]stepCell{{count, -1}}, ends(from > 0, more)...)
	shown = append(shown, parts[from:to]...)
	return append(shown, ends(to < len(parts), more)...), stepGap
}

func ends(is bool, mark string) []stepCell {
	if is {
		return []stepCell{{mark, -1}}
	}
	return nil
}

func (f Frame) step(s Step) string {
	k, title := f.context, f.context.Cut(cells.Clean(s.Title), 24)
	switch s.State {
	case Done:
		return k.Good.Render(k.Glyphs.Done) + " " + k.Text.Render(title)
	case Here:
		return k.Accent.Render(k.Glyphs.Here) + " " + k.Focus.Render(title)
	case Wrong:
		return k.Bad.Render(k.Glyphs.Bad + " " + title)
	case Ahead:
		return k.Muted.Render(k.Glyphs.Ahead + " " + title)
	default:
		return fmt.Sprintf("%d", s.State)
	}
}
