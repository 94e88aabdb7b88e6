package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Form is a column of fields, one of which has the focus. tab and shift+tab move between fields, and so do arrows at a
// field's ends; enter submits unless the field handles it. The foot shows why the focused field matters; problems are
// shown below their field.
type Form struct {
	context *Context
	fields  []Field
	focus   int
	w, h    int
	top     int // lines scrolled past
	ways    [][]string
	action  Action
}

// NewForm returns a form with the focus on its first field.
func NewForm(k *Context, fields ...Field) Form {
	return Form{context: k, fields: fields, w: MinWidth - 2, h: MinHeight}.laidOut()
}

// WithContext returns the form and its fields with another theme or language.
func (f Form) WithContext(k *Context) Form {
	f.context = k
	f.fields = append([]Field(nil), f.fields...)
	for i, field := range f.fields {
		c := field.base()
		c.context = k
		f.fields[i] = field.with(c)
	}
	return f
}

// SetSize sets the size of the whole form, including its foot.
func (f Form) SetSize(w, h int) Form {
	f.w, f.h = max(w, 1), max(h, 1)
	return f.laidOut()
}

// Focus moves the focus to the field with this id; if there is none it does nothing.
func (f Form) Focus(id string) Form {
	for i, field := range f.fields {
		if field.Head().ID == id {
			f.focus = i
		}
	}
	return f.laidOut()
}

// Focused returns the id of the focused field, or "" if the form is empty.
func (f Form) Focused() string {
	if len(f.fields) == 0 {
		return ""
	}
	return f.fields[f.focus].Head().ID
}

// Get returns the field with this id; ok is false if there is none of type F.
func Get[F Field](f Form, id string) (field F, ok bool) {
	for _, each := range f.fields {
		if each.Head().ID == id {
			field, ok = each.(F)
			return field, ok
		}
	}
	return field, false
}

// Set replaces the field with the same id, keeping its size, focus and notes; if there is none it does nothing.
func (f Form) Set(field Field) Form {
	f.fields = append([]Field(nil), f.fields...)
	for i, old := range f.fields {
		if old.Head().ID == field.Head().ID {
			c := old.base()
			c.head = field.Head()
			f.fields[i] = field.with(c)
		}
	}
	return f.laidOut()
}

// SetNotes replaces the notes of all fields; notes are by id.
func (f Form) SetNotes(notes map[string][]Note) Form {
	f.fields = append([]Field(nil), f.fields...)
	for i, field := range f.fields {
		c := field.base()
		c.notes = notes[field.Head().ID]
		f.fields[i] = field.with(c)
	}
	return f.laidOut() // a note takes rows: keep the focus visible
}

// Action returns what the last Update requested.
func (f Form) Action() Action { return f.action }

// PendingInput reports whether the focused field has a refused line: it is not part of the field's value and is lost if
// the form is left.
func (f Form) PendingInput() bool {
	if len(f.fields) == 0 {
		return false
	}
	list, ok := f.fields[f.focus].(ListEdit)
	return ok && list.refused() != nil
}

// Next moves the focus to the next field, if there is one.
func (f Form) Next() Form { return f.move(1, false) }

// Typing reports whether letters are text in the focused field.
func (f Form) Typing() bool { return len(f.fields) > 0 && f.fields[f.focus].Typing() }

// Wants reports whether the focused field handles a key itself; for example, esc clears its filter instead of going back
// a step.
func (f Form) Wants(msg tea.KeyPressMsg) bool {
	return len(f.fields) > 0 && f.fields[f.focus].Wants(msg)
}

// Keys returns the keys of the focused field and those that move on, for the footer.
func (f Form) Keys() []key.Binding {
	var keys []key.Binding
	if len(f.fields) > 0 {
		keys = f.fields[f.focus].Keys()
	}
	if len(f.fields) > 1 {
		keys = append(keys, f.context.Keys.Next)
	}
	enter := f.context.Keys.Enter
	for _, b := range keys {
		if b.Help().Key == enter.Help().Key {
			return keys
		}
	}
	return append(keys, enter)
}

// Update passes a message to the focused field, or moves the focus.
func (f Form) Update(msg tea.Msg) (Form, tea.Cmd) {
	f.action = Action{}
	if len(f.fields) == 0 {
		return f, nil
	}
	switch m := msg.(type) {
	case Click:
		return f.click(m)
	case ExternalEdit:
		return f.rewrite(m)
	}
	if m, ok := msg.(tea.KeyPressMsg); ok {
		keys := f.context.Keys
		switch {
		case key.Matches(m, keys.Next):
			return f.move(1, true), nil
		case key.Matches(m, keys.Prev):
			return f.move(-1, true), nil
		case key.Matches(m, keys.Filter) && !f.Typing():
			return f.filter(), nil
		case f.fields[f.focus].Wants(m):
		case key.Matches(m, keys.Down):
			return f.move(1, false), nil
		case key.Matches(m, keys.Up):
			return f.move(-1, false), nil
		case key.Matches(m, keys.Enter):
			f.action = Action{Kind: Submit, Field: f.Focused()}
			return f, nil
		}
	}
	return f.inner(msg)
}

// filter moves the focus to the field with a filter.
func (f Form) filter() Form {
	for i, field := range f.fields {
		if _, ok := field.(Pick); ok {
			f.focus = i
			return f.laidOut()
		}
	}
	return f
}

// inner passes msg to the focused field and takes its action.
func (f Form) inner(msg tea.Msg) (Form, tea.Cmd) {
	field, cmd := f.fields[f.focus].Update(msg)
	c := field.base()
	f.action, c.action = c.action, Action{}
	f.fields = append([]Field(nil), f.fields...)
	f.fields[f.focus] = field.with(c)
	return f.laidOut(), cmd
}

// move moves the focus by fields; turn wraps around at the ends.
func (f Form) move(by int, turn bool) Form {
	n := len(f.fields)
	to := f.focus + by
	switch {
	case turn:
		to = (to + n) % n
	case to < 0 || to >= n:
		return f
	}
	f.focus = to
	return f.laidOut()
}

// View draws the fields that fit, and the foot.
func (f Form) View() string {
	lines := make([]string, f.h)
	shown := f.bodyHeight()
	line := -f.top
	for _, field := range f.fields {
		view := strings.Split(field.View(), "\n")
		if line < shown && line+len(view) > 0 {
			for i, s := range view {
				if line+i >= 0 && line+i < shown {
					lines[line+i] = s
				}
			}
		}
		line += len(view)
	}
	if line >= 0 && line < shown {
		below := f.below()
		shown = max(shown, line+len(below))
		copy(lines[line:], below)
	}
	spare := 0
	if more := f.total() > f.top+shown; !more {
		for spare < shown && strings.TrimSpace(lines[shown-1-spare]) == "" {
			spare++
		}
	}
	if f.top > 0 {
		lines[0] = f.scrollMark(lines[0], f.context.Glyphs.Less)
	}
	if f.total() > f.top+shown && shown > 0 {
		lines[shown-1] = f.scrollMark(lines[shown-1], f.context.Glyphs.More)
	}
	foot := f.foot(spare)
	copy(lines[min(shown, len(lines)-len(foot)):], foot)
	if f.w < narrow {
		for i, s := range lines {
			lines[i] = f.context.Cut(s, f.w)
		}
	}
	return strings.Join(lines, "\n")
}

func (f Form) scrollMark(line, sign string) string {
	return f.context.Fit(line, f.w-1) + f.context.Accent.Render(sign)
}

// Cursor returns the position of the terminal's cursor; ok is false if no text is being typed.
func (f Form) Cursor() (x, y int, ok bool) {
	if len(f.fields) == 0 {
		return 0, 0, false
	}
	x, y, ok = f.fields[f.focus].Cursor()
	y += f.start(f.focus) - f.top
	return x, y, ok && x < f.w && y >= 0 && y < f.bodyHeight()
}

// click moves the focus to the field under the mouse and passes it the click.
func (f Form) click(c Click) (Form, tea.Cmd) {
	line := c.Y + f.top
	if c.Y < 0 || c.Y >= f.bodyHeight() {
		return f, nil
	}
	for i, field := range f.fields {
		rows := len(strings.Split(field.View(), "\n"))
		if line < rows {
			had := f.focus == i
			f.focus = i
			f = f.laidOut()
			return f.inner(fieldClick{Click{c.X, line}, had})
		}
		line -= rows
	}
	return f, nil
}
