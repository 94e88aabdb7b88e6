package ui

import "strings"

const (
	maxLabel  = 18
	minRows   = 3 // of a field that grows
	footRows  = 5 // an empty line, three lines of why, the link
	smallFoot = 3
	roomyForm = 14 // rows from which the foot is full
)

// footHeight is fixed by the form's size alone: what is said moves nothing.
func (f Form) footHeight() int {
	switch {
	case f.h >= roomyForm:
		return footRows
	case f.h >= 2*smallFoot:
		return smallFoot
	default:
		return 0
	}
}

func (f Form) bodyHeight() int { return f.h - f.footHeight() }

// laidOut gives every field its size and the focus, and scrolls to it.
func (f Form) laidOut() Form {
	fields := make([]Field, len(f.fields))
	label := f.labelWidth()
	fixed, growing := 0, 0
	for _, field := range f.fields {
		if field.grows() > 0 {
			growing++
		}
		fixed += field.height() - b2i(field.grows() > 0)*field.base().rows
	}
	for i, field := range f.fields {
		c := field.base()
		c.w, c.label, c.focused = f.w-1, label, i == f.focus
		if field.grows() > 0 {
			share := max((f.bodyHeight()-fixed)/growing, minRows)
			c.rows = max(min(field.grows(), share), minRows)
		}
		fields[i] = field.with(c)
	}
	f.fields = fields
	return f.scrolled()
}

// labelWidth is that of the widest label beside a one-line field.
func (f Form) labelWidth() int {
	w := 0
	for _, field := range f.fields {
		switch field.(type) {
		case TextField, Toggle:
			w = max(w, Width(Clean(field.Head().Label)))
		}
	}
	return min(w, maxLabel, f.w/3)
}

// start is the first line of a field, before scrolling.
func (f Form) start(i int) int {
	line := 0
	for _, field := range f.fields[:i] {
		line += field.height()
	}
	return line
}

// scrolled moves the fields so that the focus is on the screen.
func (f Form) scrolled() Form {
	if len(f.fields) == 0 {
		return f
	}
	from, to := f.fields[f.focus].focusSpan()
	start := f.start(f.focus)
	total := f.start(len(f.fields))
	f.top = max(f.top, start+to+1-f.bodyHeight())
	f.top = min(f.top, start+from)
	f.top = max(min(f.top, total-f.bodyHeight()), 0)
	return f
}

// foot says what is to know about the field in focus.
func (f Form) foot() []string {
	rows := f.footHeight()
	if rows == 0 || len(f.fields) == 0 {
		return nil
	}
	k, c := f.kit, f.fields[f.focus].base()
	w := f.w - gutter
	style, sign := k.Muted, k.Glyphs.Crumb
	text, link := c.head.Why, c.head.Link
	if len(c.notes) > 0 {
		n := c.notes[0]
		style, sign = k.level(n.Level)
		text = strings.TrimSpace(n.Text + " " + n.Fix)
		if n.Link.URL != "" {
			link = n.Link
		}
	}
	lines := []string{""}
	if text != "" {
		for i, line := range Wrap(Clean(text), w-2) {
			lead := "  "
			if i == 0 {
				lead = style.Render(sign) + " "
			}
			lines = append(lines, "  "+lead+k.Text.Render(line))
		}
	}
	last := rows - b2i(link.URL != "")
	if len(lines) > last {
		lines = lines[:last]
		lines[last-1] = k.Fit(lines[last-1], f.w-1) + k.Muted.Render(k.Glyphs.Ellipsis)
	}
	for len(lines) < last {
		lines = append(lines, "")
	}
	if link.URL != "" {
		lines = append(lines, "    "+k.RenderLink(link, w-2))
	}
	return lines
}
