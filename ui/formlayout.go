package ui

import (
	"sleet/ui/cells"
)

const (
	fewRows   = 6 // that a field that grows gets even if others scroll away
	footRows  = 5 // an empty line, three lines of why, the link
	midFoot   = 4
	smallFoot = 3
	narrow    = 40 // fields keep within more than this by themselves
	roomyForm = 20 // rows from which the foot is full
	midForm   = 12 // and from which it has two lines of why
)

// footHeight is fixed by the form's size alone: what is said moves nothing.
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

// laidOut returns every field its size and the focus, and scrolls to it.
func (f Form) laidOut() Form {
	f = f.sized(true)
	short := 0
	if n := len(f.ways); n > 0 && len(f.ways[n-1]) > 0 {
		short = 1 + len(f.ways[n-1]) // an empty row stands between
	}
	if f.total()+short > f.bodyHeight() {
		f = f.sized(false)
	}
	return f.scrolled()
}

// sized returns every field its size, with or without empty lines inside.
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

// shared divides the rows that are free among the fields that grow: each gets a few in any case,
// none more than it can use, and what one leaves the others take.
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

// labelWidth is that of the widest label beside a one-line field.
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

// start is the first line of a field, before scrolling.
func (f Form) start(i int) int {
	line := 0
	for _, field := range f.fields[:i] {
		line += field.height()
	}
	return line
}

// total is the number of lines of all fields, without the last one's empty row.
func (f Form) total() int {
	n := len(f.fields)
	if n == 0 {
		return 0
	}
	return f.start(n) - b2i(len(f.fields[n-1].base().notes) == 0)
}

// scrolled moves the fields so that the focus is on the screen.
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

// About returns what is to know about the field in focus: what is wrong with it, or why it matters.
func (f Form) About() Said {
	if len(f.fields) == 0 {
		return Said{}
	}
	c := f.fields[f.focus].base()
	about := Said{Label: c.head.Label, Text: c.head.Why, Link: c.head.Link}
	if len(c.notes) > 0 {
		n := c.notes[0]
		about.Text = f.kit.Together(n)
		if n.Link.URL != "" {
			about.Link = n.Link
		}
	}
	return about
}

// foot says why the field in focus matters; what is wrong with it is shown at the field. A text that
// is too long for it takes the empty lines above, as many as there are to spare, rather than be cut.
func (f Form) foot(spare int) []string {
	rows := f.footHeight()
	if rows == 0 || len(f.fields) == 0 {
		return nil
	}
	k, w := f.kit, f.w-gutter
	text, link := f.fields[f.focus].Head().Why, f.About().Link
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

// slack is how many rows of the foot no field of the form needs: whichever has the focus, lines under
// the fields can have them.
func (f Form) slack() int {
	rows := f.footHeight()
	free := rows
	for _, field := range f.fields {
		head := field.Head()
		link := b2i(head.Link.URL != "" || len(field.base().notes) > 0)
		why := f.kit.WrapIn(cells.Clean(head.Why), f.w-gutter-2, rows-1-link)
		free = min(free, rows-1-link-len(why))
	}
	return max(free, 0)
}
