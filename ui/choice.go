package ui

import (
	"strings"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// Option is one option of a Choice: its title, benefits and costs.
type Option struct {
	Value string
	Title string
	Gives string
	Costs string
	Here  string // what it means in this case
}

// Choice asks for one of a few options, each with its reasons. Moving the cursor selects, so the option shown as
// selected is the value however the field is left; enter submits.
type Choice struct {
	core
	options []Option
	place   window // its cursor is the selected option
	tall    []int  // lines of each option at the current width
	inline  bool   // the options are side by side
}

var _ Field = Choice{}

// NewChoice returns a choice with its first option selected.
func NewChoice(k *Context, h Head, options ...Option) Choice {
	c := Choice{core: newCore(k, h), options: options}
	c.place = c.place.resize(len(options), len(options))
	return c
}

// Inline shows the options side by side: for many options without reasons.
func (f Choice) Inline() Choice { f.inline = true; return f }

// columns returns how many options are side by side, and the width of each.
func (f Choice) columns() (n, cell int) {
	for _, o := range f.options {
		cell = max(cell, cells.Width(cells.Clean(o.Title)))
	}
	cell = min(cell+f.indent()+columnGap-gutter, max(f.inner(), 1))
	return max(f.inner()/max(cell, 1), 1), cell
}

// WithOptions replaces the options by the same ones with other texts. The selection stays.
func (f Choice) WithOptions(options ...Option) Choice {
	selected := f.Value()
	f.options, f.tall = options, nil
	f.place = f.place.resize(len(options), len(options))
	return f.WithValue(selected)
}

// WithValue selects the option with this value; if there is none it does nothing.
func (f Choice) WithValue(value string) Choice {
	for i, o := range f.options {
		if o.Value == value {
			f.place.cursor = i
		}
	}
	return f
}

// Value returns the value of the selected option.
func (f Choice) Value() string { return f.value(f.place.cursor) }

func (f Choice) value(i int) string {
	if i >= len(f.options) {
		return ""
	}
	return f.options[i].Value
}

// Update changes the selection or submits it.
func (f Choice) Update(msg tea.Msg) (Field, tea.Cmd) {
	if c, ok := msg.(fieldClick); ok {
		return f.click(c)
	}
	m, ok := msg.(tea.KeyPressMsg)
	if !ok || !f.Wants(m) {
		return f, nil
	}
	if key.Matches(m, f.context.Keys.Enter) {
		f.core = f.act(Submit, f.place.cursor)
		return f, nil
	}
	if f.inline {
		return f.moved(f.place.move(f.step(m))), nil
	}
	return f.moved(f.place.update(f.context.Keys, m)), nil
}

// step returns how many options a key moves by if they are side by side.
func (f Choice) step(m tea.KeyPressMsg) int {
	n, _ := f.columns()
	k, i, last := f.context.Keys, f.place.cursor, len(f.options)-1
	switch {
	case m.Code == tea.KeyLeft:
		return -1
	case m.Code == tea.KeyRight:
		return 1
	case key.Matches(m, k.Up) && i >= n:
		return -n
	case key.Matches(m, k.Down) && i/n < last/n:
		return min(n, last-i)
	case key.Matches(m, k.Home, k.PageUp):
		return -i
	case key.Matches(m, k.End, k.PageDown):
		return last - i
	}
	return 0
}

// moved selects the option at to.
func (f Choice) moved(to window) Choice {
	if to.cursor != f.place.cursor {
		f.core = f.act(Changed, to.cursor)
	}
	f.place = to
	return f
}

// View draws the label and below it each option with its reasons.
func (f Choice) View() string { return f.block(f.lines()) }

func (f Choice) lines() []string {
	lines := []string{f.labelled(f.inner())}
	if f.inline {
		n, cell := f.columns()
		for i, o := range f.options {
			if i%n == 0 {
				lines = append(lines, "")
			}
			lines[len(lines)-1] += f.context.Fit(f.option(i, o)[0], cell)
		}
		return lines
	}
	for i, o := range f.options {
		if i > 0 && f.gap() > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, f.option(i, o)...)
	}
	return lines
}

func (f Choice) option(i int, o Option) []string {
	k := f.context
	sign, title := k.Muted.Render(k.Glyphs.Off), k.Text
	if i == f.place.cursor {
		sign, title = k.Accent.Render(k.Glyphs.On), k.Title
		if f.focused {
			title = k.Chosen
		}
	}
	lines := []string{"  " + sign + " " + title.Render(k.Cut(cells.Clean(o.Title), f.inner()-f.indent()))}
	lines = append(lines, f.reason(k.Good, k.Glyphs.Add, o.Gives)...)
	lines = append(lines, f.reason(k.Warn, k.Glyphs.Skip, o.Costs)...)
	return append(lines, f.reason(k.Accent, k.Glyphs.Crumb, o.Here)...)
}

// gap returns the number of empty lines between options: one if they have reasons and there is room.
func (f Choice) gap() int {
	for _, o := range f.options {
		if f.airy && o.Gives+o.Costs+o.Here != "" {
			return 1
		}
	}
	return 0
}

// indent returns the column of an option's title.
func (f Choice) indent() int { return gutter + cells.Width(f.context.Glyphs.On) + 1 }

// reason draws a benefit or cost, wrapped.
func (f Choice) reason(style lipgloss.Style, sign, text string) []string {
	if text == "" {
		return nil
	}
	var lines []string
	lead := strings.Repeat(" ", f.indent())
	for _, line := range cells.Wrap(cells.Clean(text), f.inner()-f.indent()-2) {
		lines = append(lines, lead+style.Render(sign)+" "+f.context.Muted.Render(line))
		sign = strings.Repeat(" ", cells.Width(sign))
	}
	return lines
}

// Cursor never shows a cursor: a choice has no text input.
func (f Choice) Cursor() (x, y int, ok bool) { return gutter, 0, false }

// Wants reports whether msg is enter or an arrow. It takes arrows at both ends too: an arrow that moved to the next
// field would have changed the answer on its way.
func (f Choice) Wants(msg tea.KeyPressMsg) bool {
	k := f.context.Keys
	if f.inline && msg.Mod == 0 && (msg.Code == tea.KeyLeft || msg.Code == tea.KeyRight) {
		return true
	}
	return key.Matches(msg, k.Enter, k.Up, k.Down) || f.place.can(k, msg)
}

// Typing returns false.
func (f Choice) Typing() bool { return false }

// Keys returns the key that moves.
func (f Choice) Keys() []key.Binding {
	k := f.context
	if f.inline {
		return []key.Binding{key.NewBinding(key.WithKeys("left", "right"), key.WithHelp(k.Glyphs.Left+k.Glyphs.Right, k.Keys.Down.Help().Desc))}
	}
	return []key.Binding{k.Keys.Down}
}

func (f Choice) with(c core) Field {
	same := f.tall != nil && f.w == c.w && f.context == c.context
	f.core = c
	if !same {
		f.tall = make([]int, len(f.options))
		for i, o := range f.options {
			f.tall[i] = len(f.option(i, o))
		}
	}
	return f
}

// begin returns the first line of option i.
func (f Choice) begin(i int) int {
	line := 1
	if f.inline {
		n, _ := f.columns()
		if i == len(f.options) {
			return line + (i+n-1)/n
		}
		return line + i/n
	}
	for _, n := range f.tall[:i] {
		line += n + f.gap()
	}
	return line
}

func (f Choice) focusSpan() (from, to int) {
	if len(f.tall) == 0 {
		return 0, 1
	}
	i := f.place.cursor
	from = f.begin(i)
	to = from + f.tall[i] - 1
	if f.inline {
		to = from
	}
	if i == 0 {
		from = 0
	}
	return from, to
}

func (f Choice) grows() int { return 0 }

func (f Choice) height() int {
	n := len(f.tall)
	return f.begin(n) + 1 - b2i(n > 0)*f.gap() + f.noted()
}

func (f Choice) click(c fieldClick) (Field, tea.Cmd) {
	if f.inline {
		n, cell := f.columns()
		to := f.place
		to.cursor = (c.Y-1)*n + min(max(c.X-gutter, 0)/max(cell, 1), n-1)
		if c.Y < 1 || to.cursor >= len(f.options) {
			return f, nil
		}
		return f.moved(to), nil
	}
	for i, rows := range f.tall {
		if from := f.begin(i); c.Y >= from && c.Y < from+rows {
			to := f.place
			to.cursor = i
			return f.moved(to), nil
		}
	}
	return f, nil
}
