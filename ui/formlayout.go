package ui

import (
	"sleet/ui/cells"
)

const (
	fewRows   = 6 // rows that a growing field gets even if others scroll out of view
	footRows  = 5 // an empty line, three lines of help, the link
	midFoot   = 4
	smallFoot = 3
	narrow    = 40 // fields fit in any width from this one on; in less, lines are cut
	roomyForm = 20 // rows from which the foot has its full height
	midForm   = 12 // rows from which it has two lines of help
)

// footHeight depends only on the form's size, so that a text does not move anything.
func (f Form) footHeight() int {
	switch {
	case f.h >= roomyForm:
		return footRows
	case f.h >= midForm:
		return midFoot
	case f.h >= 2*smallFoot:
		return smallFoot
	default:
		return 0
	}
}

func (f Form) bodyHeight() int { return f.h - f.footHeight() }

// laidOut sets the size and focus of every field, and scrolls to the focused one.
func (f Form) laidOut() Form {
	f = f.sized(true)
	short := 0
	if n := len(f.ways); n > 0 && len(f.ways[n-1]) > 0 {
		short = 1 + len(f.ways[n-1]) // an empty row between
	}
	if f.total()+short > f.bodyHeight() {
		f = f.sized(false)
	}
	return f.scrolled()
}

// sized sets the size of every field, with or without empty lines.
func (f Form) sized(airy bool) Form {
	fields := make([]Field, len(f.fields))
	label := f.labelWidth()
	for i, field := range f.fields {
		c := field.base()
		c.w, c.label, c.airy = f.w-1, label, airy
		fields[i] = field.with(c)
	}
	rows := shared(fields, f.bodyHeight())
	for i, field := range fields {
		c := field.base()
		c.focused = i == f.focus
		if field.grows() > 0 {
			c.rows = rows[i]
		}
		fields[i] = field.with(c)
	}
	f.fields = fields
	return f
}

// shared divides the free rows among the fields that can grow: each gets a few in any case and none more than it can
// use.
func shared(fields []Field, free int) []int {
	rows := make([]int, len(fields))
	for i, field := range fields {
		free -= field.height()
		if field.grows() > 0 {
			rows[i] = field.grows()
			if !field.base().whole {
				rows[i] = min(rows[i], fewRows)
			}
			free += field.base().rows - rows[i]
		}
	}
	for more := true; more; {
		more = false
		for i, field := range fields {
			if free > 0 && rows[i] < field.grows() {
				rows[i]++
				free--
				more = true
			}
		}
	}
	return rows
}

// labelWidth returns the width of the widest label of a one-line field.
func (f Form) labelWidth() int {
	w := 0
	for _, field := range f.fields {
		switch field.(type) {
		case TextField, SecretField, Toggle:
			w = max(w, cells.Width(cells.Clean(field.Head().Label)))
		}
	}
	return min(w, f.w/2)
}

// start returns the first line of field i, before scrolling.
func (f Form) start(i int) int {
	line := 0
	for _, field := range f.fields[:i] {
		line += field.height()
	}
	return line
}

// total returns the number of lines of all fields, without the last one's empty row.
func (f Form) total() int {
	n := len(f.fields)
	if n == 0 {
		return 0
	}
	return f.start(n) - b2i(len(f.fields[n-1].base().notes) == 0)
}

// scrolled scrolls the fields so that the focused one is visible.
func (f Form) scrolled() Form {
	if len(f.fields) == 0 {
		return f
	}
	field := f.fields[f.focus]
	from, to := field.focusSpan()
	if field.height() <= f.bodyHeight() {
		from, to = 0, field.height()-1
	}
	start := f.start(f.focus)
	total := f.total()
	f.top = max(f.top, start+to+1-f.bodyHeight())
	f.top = min(f.top, start+from)
	f.top = max(min(f.top, total-f.bodyHeight()), 0)
	return f
}

// FieldHelp returns the help on the focused field: what is wrong with it, or why it matters.
func (f Form) FieldHelp() FieldHelp {
	if len(f.fields) == 0 {
		return FieldHelp{}
	}
	c := f.fields[f.focus].base()
	about := FieldHelp{Label: c.head.Label, Text: c.head.Why, Link: c.head.Link}
	if len(c.notes) > 0 {
		n := c.notes[0]
		about.Text = f.context.NoteText(n)
		if n.Link.URL != "" {
			about.Link = n.Link
		}
	}
	return about
}

// foot draws why the focused field matters; problems are shown at the field. A text that is too long takes up to spare
// empty lines above before it is cut.
func (f Form) foot(spare int) []string {
	rows := f.footHeight()
	if rows == 0 || len(f.fields) == 0 {
		return nil
	}
	k, w := f.context, f.w-gutter
	text, link := f.fields[f.focus].Head().Why, f.FieldHelp().Link
	room := rows - b2i(link.URL != "")
	why := k.WrapIn(cells.Clean(text), w-2, room+max(spare-1, 0))
	var lines []string
	if len(why) < room {
		lines = []string{""}
	}
	lead := "  " + k.Muted.Render(k.Glyphs.Crumb) + " "
	for _, line := range why {
		lines = append(lines, lead+k.Text.Render(line))
		lead = "    "
	}
	if link.URL != "" {
		lines = append(lines, "    "+k.RenderLink(link, w-2))
	}
	return lines
}

// slack returns how many rows of the foot no field needs, so that lines below the fields can use them for any focus.
func (f Form) slack() int {
	rows := f.footHeight()
	free := rows
	for _, field := range f.fields {
		head := field.Head()
		link := b2i(head.Link.URL != "" || len(field.base().notes) > 0)
		why := f.context.WrapIn(cells.Clean(head.Why), f.w-gutter-2, rows-1-link)
		free = min(free, rows-1-link-len(why))
	}
	return max(free, 0)
}
