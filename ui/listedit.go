package ui

import (
	"slices"
	"strings"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// ListEdit is a list of short texts. The last row adds an item, enter on a row edits it in place, and d removes it. Pasting
// several lines adds one item per line.
type ListEdit struct {
	core
	items       []string
	placeholder string
	edit        editor
	editing     bool // the row under the cursor is being edited
	check       func(string) error
	rewrite     Rewrite
	rewrote     string // how the last paste or entry was rewritten
	left        int    // refused lines of the last paste
	place       window
}

var _ Field = ListEdit{}

// NewListEdit returns an empty list.
func NewListEdit(k *Context, h Head) ListEdit {
	return ListEdit{core: newCore(k, h), edit: newEditor()}.placed()
}

// WithValue sets the items; the cursor moves to the row that adds one.
func (f ListEdit) WithValue(items ...string) ListEdit {
	f.items = slices.Clone(items)
	f.editing = false
	f.place.n = len(items) + 1
	f.place.cursor = len(items)
	return f.placed()
}

// WithPlaceholder sets the text of the last row while it is empty.
func (f ListEdit) WithPlaceholder(s string) ListEdit { f.placeholder = s; return f }

// Blank reports whether the cursor is on the row that adds an item and nothing is typed.
func (f ListEdit) Blank() bool { return f.last() && f.edit.value() == "" }

// WithCheck sets a check of items: if it returns an error, the list shows it and the text stays in the input to be
// fixed.
func (f ListEdit) WithCheck(check func(string) error) ListEdit { f.check = check; return f }

// WithRewrite rewrites pasted and entered text.
func (f ListEdit) WithRewrite(r Rewrite) ListEdit { f.rewrite = r; return f }

// refused returns why the typed text cannot be an item, or nil.
func (f ListEdit) refused() error {
	text := strings.TrimSpace(f.edit.value())
	if f.check == nil || text == "" {
		return nil
	}
	return f.check(text)
}

// Value returns the items, including one still being typed: leaving without enter loses nothing.
func (f ListEdit) Value() []string {
	items := slices.Clone(f.items)
	text, _ := f.rewrite.of(strings.TrimSpace(f.edit.value()))
	switch {
	case f.refused() != nil:
	case f.editing:
		items[f.place.cursor] = text
	case text != "":
		items = append(items, text)
	}
	return slices.DeleteFunc(items, func(s string) bool { return s == "" })
}

// last reports whether the cursor is on the row that adds an item.
func (f ListEdit) last() bool { return f.place.cursor >= len(f.items) }

func (f ListEdit) placed() ListEdit {
	f.place = f.place.resize(f.core.rows, len(f.items)+1)
	f.edit = f.edit.scrolled(f.width())
	return f
}

// Update edits, moves, adds or removes.
func (f ListEdit) Update(msg tea.Msg) (Field, tea.Cmd) {
	if c, ok := msg.(fieldClick); ok {
		return f.click(c)
	}
	old := f.Value()
	f, cmd := f.update(msg)
	if !slices.Equal(old, f.Value()) {
		f.core = f.act(Changed, f.place.cursor)
	}
	return f, cmd
}

func (f ListEdit) update(msg tea.Msg) (ListEdit, tea.Cmd) {
	switch m := msg.(type) {
	case ExternalEdit:
		return f.rewritten(m), nil
	case tea.PasteMsg:
		return f.paste(m)
	case tea.KeyPressMsg:
		if f.Wants(m) {
			return f.key(m)
		}
	}
	return f, nil
}

func (f ListEdit) paste(m tea.PasteMsg) (ListEdit, tea.Cmd) {
	lines := PastedLines(m.Content)
	if len(lines) == 0 || !f.Typing() {
		return f, nil
	}
	f.rewrote = ""
	for i, line := range lines {
		better, words := f.rewrite.of(line)
		if lines[i] = better; words != "" {
			f.rewrote = words
		}
	}
	var cmd tea.Cmd
	f.edit, cmd = f.edit.update(tea.PasteMsg{Content: lines[0]}, f.width())
	if len(lines) == 1 || f.editing {
		f.left = len(lines) - 1
		return f, cmd
	}
	return f.taken(lines[1:]), cmd
}

// taken adds the typed text and more lines. The first refused line stays in the input to be fixed; further ones are only
// counted.
func (f ListEdit) taken(more []string) ListEdit {
	bad := ""
	for _, line := range append([]string{f.edit.value()}, more...) {
		f.edit = f.edit.setValue(line)
		switch {
		case f.refused() == nil:
			f = f.commit()
		case bad == "":
			bad = line
		default:
			f.left++
		}
	}
	f.edit = f.edit.setValue(bad)
	return f.placed()
}

func (f ListEdit) key(m tea.KeyPressMsg) (ListEdit, tea.Cmd) {
	keys := f.context.Keys
	f.left, f.rewrote = 0, ""
	switch {
	case key.Matches(m, keys.Back):
		f.editing = false
		f.edit = f.edit.setValue("")
		return f, nil
	case f.refused() != nil && key.Matches(m, keys.Enter, keys.Up, keys.Down, keys.PageUp, keys.PageDown):
		return f, nil
	case key.Matches(m, keys.Enter) && f.Typing():
		var better string
		if better, f.rewrote = f.rewrite.of(strings.TrimSpace(f.edit.value())); f.rewrote != "" {
			f.edit = f.edit.setValue(better)
		}
		return f.commit(), nil
	case key.Matches(m, keys.Up, keys.Down, keys.PageUp, keys.PageDown):
		f = f.settle()
		f.place = f.place.update(keys, m)
		return f, nil
	case f.Typing():
		var cmd tea.Cmd
		f.edit, cmd = f.edit.update(m, f.width())
		return f, cmd
	case key.Matches(m, keys.Remove):
		f.items = slices.Delete(slices.Clone(f.items), f.place.cursor, f.place.cursor+1)
		return f.placed(), nil
	case key.Matches(m, keys.Enter, keys.Edit, keys.Space):
		f.editing = true
		f.edit = f.edit.setValue(f.items[f.place.cursor]).scrolled(f.width())
		return f, nil
	default:
		f.place = f.place.update(keys, m)
		return f, nil
	}
}

// commit stores the typed text, in its row or as a new item; after a new item the cursor is on the row that adds the
// next.
func (f ListEdit) commit() ListEdit {
	added := !f.editing
	f = f.settle()
	if added {
		f.place.cursor = len(f.items)
	}
	return f.placed()
}

// settle stores the typed text and clears the input.
func (f ListEdit) settle() ListEdit {
	cursor := f.place.cursor
	f.items = f.Value()
	f.edit = f.edit.setValue("")
	f.editing = false
	f.place.cursor = min(cursor, len(f.items))
	return f.placed()
}

func (f ListEdit) width() int { return max(f.inner()-3, 1) }

// View draws the label and the rows that fit.
func (f ListEdit) View() string {
	f.notes = append(f.own(), f.notes...)
	lines := []string{f.labelled(f.inner())}
	for i := f.place.top; i < f.place.end(); i++ {
		lines = append(lines, f.context.Fit(f.row(i), f.inner()-1)+f.context.hidden(f.place, i))
	}
	for len(lines) < 1+f.place.size {
		lines = append(lines, "")
	}
	return f.block(lines)
}

// own returns the list's own notes.
func (f ListEdit) own() []Note {
	var said []Note
	if f.rewrote != "" {
		said = append(said, Note{Level: Info, Text: f.rewrote})
	}
	if err := f.refused(); err != nil {
		said = append(said, Note{Level: Problem, Text: err.Error()})
	}
	if f.left == 0 {
		return said
	}
	left := f.context.T("ui.list.left", "count", f.left)
	if len(said) == 0 {
		return []Note{{Level: Warning, Text: left}}
	}
	said[0].Text = left + " " + said[0].Text
	return said
}

func (f ListEdit) row(i int) string {
	k := f.context
	here := f.focused && i == f.place.cursor
	switch {
	case here && f.Typing() && f.edit.value() != "":
		return k.pointer(true) + f.edit.view(k, k.Input, f.width())
	case i == len(f.items):
		style, text := k.Muted, cells.Clean(f.placeholder)
		if here {
			return k.pointer(true) + k.Muted.Inherit(k.Input).Render(k.Fit(text, f.width()))
		}
		return k.pointer(false) + style.Render(k.Cut(k.Glyphs.Add+" "+text, f.width()))
	case here:
		return k.pointer(true) + k.Chosen.Render(k.Cut(cells.Clean(f.items[i]), f.width()))
	default:
		return k.pointer(false) + k.Text.Render(k.Cut(cells.Clean(f.items[i]), f.width()))
	}
}

// Cursor returns the position of the next character; ok is false unless a row is being typed.
func (f ListEdit) Cursor() (x, y int, ok bool) {
	return gutter + 2 + f.edit.col(f.width()), 1 + f.place.cursor - f.place.top, f.focused && f.Typing()
}

// Wants reports whether msg edits, or is an arrow with a row to move to. Enter on the empty last row is left to the
// form.
func (f ListEdit) Wants(msg tea.KeyPressMsg) bool {
	k := f.context.Keys
	switch {
	case key.Matches(msg, k.Back):
		return f.editing || f.refused() != nil
	case key.Matches(msg, k.Up, k.Down, k.PageUp, k.PageDown):
		return f.place.can(k, msg)
	case key.Matches(msg, k.Enter):
		return !f.last() || strings.TrimSpace(f.edit.value()) != ""
	case f.Typing():
		return true
	default:
		return key.Matches(msg, k.Edit, k.Remove, k.Space) || f.place.can(k, msg)
	}
}

// Typing reports whether the row under the cursor takes letters.
func (f ListEdit) Typing() bool { return f.editing || f.last() }

// Keys returns the keys that work on the row under the cursor.
func (f ListEdit) Keys() []key.Binding {
	k := f.context.Keys
	switch {
	case !f.Typing():
		return []key.Binding{k.Down, WithDesc(k.Enter, k.Edit.Help().Desc), k.Remove}
	case f.refused() != nil:
		return []key.Binding{WithDesc(k.Back, f.context.T("ui.key.drop"))}
	case f.editing:
		return []key.Binding{WithDesc(k.Enter, f.context.T("ui.key.save")), WithDesc(k.Back, f.context.T("ui.key.drop"))}
	case f.edit.value() != "":
		return []key.Binding{WithDesc(k.Enter, k.Add.Help().Desc)}
	case len(f.Value()) == 0:
		return nil
	default:
		return []key.Binding{k.Down}
	}
}

func (f ListEdit) with(c core) Field {
	if f.focused && !c.focused {
		f = f.settle()
	}
	f.core = c
	return f.placed()
}

func (f ListEdit) focusSpan() (from, to int) {
	line := 1 + f.place.cursor - f.place.top
	if f.place.cursor == f.place.top {
		return 0, line
	}
	return line, line
}

func (f ListEdit) grows() int { return f.place.n }

func (f ListEdit) height() int { return f.core.rows + 2 + f.noted(f.own()...) }

func (f ListEdit) click(c fieldClick) (Field, tea.Cmd) {
	row := f.place.top + c.Y - 1
	if row < f.place.top || row >= f.place.end() || f.refused() != nil {
		return f, nil
	}
	if row == f.place.cursor && f.Typing() {
		f.edit = f.edit.clicked(c.X - gutter - 2)
		return f, nil
	}
	if row == f.place.cursor && c.had {
		return f.Update(enterKey)
	}
	f = f.settle()
	f.place.cursor = min(row, len(f.items))
	return f.placed(), nil
}
