package ui

import (
	"fmt"
	"strings"
)

const stepGap = "  "

// header draws the program's and the app's name, and on the right the steps, or
// as many round the current one as there is room for.
func (f Frame) header(s Screen) string {
	k := f.kit
	name := k.Accent.Bold(true).Render(f.program)
	room := f.w - Width(name) - 2
	if s.Name != "" {
		app := k.CutMiddle(Clean(s.Name), max(8, min(room/3, 24)))
		name += stepGap + k.Code.Render(app)
	}
	room = f.w - Width(name) - 2 - 2*len(stepGap)
	steps := f.steps(s.Steps, room)
	gap := max(f.w-2-Width(name)-Width(steps), 1)
	return k.Fit(" "+name+strings.Repeat(" ", gap)+steps+" ", f.w)
}

// steps draws all steps if room cells suffice; else a count and the neighbours
// of the current step, nearest first, the coming ones before the past ones.
func (f Frame) steps(steps []Step, room int) string {
	here := 0
	cells := make([]string, len(steps))
	for i, s := range steps {
		cells[i] = f.step(s)
		if s.State == Here {
			here = i
		}
	}
	for _, gap := range []string{stepGap, stepGap[1:]} {
		if all := strings.Join(cells, gap); Width(all) <= room {
			return all
		}
	}
	k := f.kit
	count := k.Muted.Render(k.T("ui.frame.step", "Step", here+1, "Steps", len(steps)))
	more := k.Muted.Render(k.Glyphs.Ellipsis)
	room -= Width(count) + len(stepGap) + 2*(Width(more)+len(stepGap))
	from, to := here, here+1
	used := Width(cells[here])
	for grown := true; grown; {
		grown = false
		if to < len(cells) && used+len(stepGap)+Width(cells[to]) <= room {
			used += len(stepGap) + Width(cells[to])
			to, grown = to+1, true
		}
		if from > 0 && used+len(stepGap)+Width(cells[from-1]) <= room {
			from, grown = from-1, true
			used += len(stepGap) + Width(cells[from])
		}
	}
	shown := append([]string{count}, ends(from > 0, more)...)
	shown = append(shown, cells[from:to]...)
	return strings.Join(append(shown, ends(to < len(cells), more)...), stepGap)
}

func ends(is bool, mark string) []string {
	if is {
		return []string{mark}
	}
	return nil
}

func (f Frame) step(s Step) string {
	k, title := f.kit, f.kit.Cut(Clean(s.Title), 24)
	switch s.State {
	case Done:
		return k.Good.Render(k.Glyphs.Done) + " " + k.Text.Render(title)
	case Here:
		return k.Accent.Render(k.Glyphs.Here) + " " + k.Focus.Render(title)
	case Ahead:
		return k.Muted.Render(k.Glyphs.Ahead + " " + title)
	default:
		return fmt.Sprintf("%d", s.State)
	}
}
