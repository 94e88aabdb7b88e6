package ui

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sleet/ui/cells"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"
)

const (
	pickLead  = 4 // cells before an item's title
	minDetail = 8 // a shorter detail is not shown
)

// Item is one item of a Pick: its title, a detail, and whether it is already chosen.
type Item struct {
	Title  string
	Detail string
	Marked bool
	// Group is the heading above the item while there is no filter. The items of a group must be consecutive.
	Group string
}

// Pick asks for one of many items. Typing filters them, and the typed letters need not be adjacent; enter requests the
// item under the cursor. Only the items on the screen are drawn, so ten thousand are fast.
type Pick struct {
	core
	items  []Item
	lower  []string      // the titles in lower case
	shown  []int         // matching items, best first; nil means all
	rows   []int         // all items and, as -1-i, the heading before item i; nil without groups
	hits   map[int][]int // bytes of the title that matched, by item
	filter editor
	place  window
	column int // width of the titles' column
}

var _ Field = Pick{}

// NewPick returns a list of items. It keeps the slice, so do not change it afterwards.
func NewPick(k *Context, h Head, items ...Item) Pick {
	return Pick{core: newCore(k, h), filter: newEditor()}.WithItems(items...)
}

// WithHead replaces the head, to show more about the item under the cursor.
func (f Pick) WithHead(h Head) Pick { f.head = h; return f }

// WithItems replaces the items; the filter stays.
func (f Pick) WithItems(items ...Item) Pick {
	f.items = items
	f.lower = make([]string, len(items))
	for i, item := range items {
		f.lower[i] = strings.ToLower(item.Title)
	}
	f.rows = nil
	for i, item := range items {
		if item.Group == "" {
			f.rows = nil
			break
		}
		if i == 0 || item.Group != items[i-1].Group {
			f.rows = append(f.rows, -1-i)
		}
		f.rows = append(f.rows, i)
	}
	f.column = 0
	for _, item := range items[:min(len(items), 500)] {
		f.column = max(f.column, cells.Width(cells.Clean(item.Title)))
	}
	return f.filtered()
}

// WithFilter filters the list by words.
func (f Pick) WithFilter(words string) Pick {
	f.filter = f.filter.setValue(words)
	return f.filtered()
}

// WithCursor moves the cursor to item i, if the filter shows it.
func (f Pick) WithCursor(i int) Pick {
	for row := range f.count() {
		if f.item(row) == i {
			f.place.cursor = row
		}
	}
	return f.placed()
}

// Item returns the index of the item under the cursor; ok is false if there is none.
func (f Pick) Item() (i int, ok bool) {
	if f.count() == 0 {
		return 0, false
	}
	return f.item(f.place.cursor), f.item(f.place.cursor) >= 0
}

// count returns the number of rows, including headings.
func (f Pick) count() int {
	switch {
	case f.shown != nil:
		return len(f.shown)
	case f.rows != nil:
		return len(f.rows)
	}
	return len(f.items)
}

// found returns the number of items to choose from.
func (f Pick) found() int {
	if f.shown != nil {
		return len(f.shown)
	}
	return len(f.items)
}

// item returns the index of the item in a row; it is negative for a heading.
func (f Pick) item(row int) int {
	switch {
	case f.shown != nil:
		return f.shown[row]
	case f.rows != nil:
		return f.rows[row]
	}
	return row
}

// beyondHeading moves the cursor off a heading, in the direction it went.
func (f Pick) beyondHeading(down bool) Pick {
	if f.count() == 0 || f.item(f.place.cursor) >= 0 {
		return f
	}
	if down || f.place.cursor == 0 { // below each heading is an item
		f.place = f.place.move(1)
	} else {
		f.place = f.place.move(-1)
	}
	if f.place.cursor == 1 {
		f.place.top = 0
	}
	return f
}

// ranked is how many matches are sorted by how well they match; the rest keep their order. Sorting all of them would
// delay each key.
const ranked = 100

// titles lets fuzzy read some of the items without copying them.
type titles struct {
	items []Item
	of    []int
}

func (t titles) Len() int            { return len(t.of) }
func (t titles) String(i int) string { return t.items[t.of[i]].Title }

// matched finds the items that contain the letters of words in order: first those that start with words, then those that
// contain words.
func (f Pick) matched(words string) Pick {
	words = strings.ToLower(words)
	var begin, hold, apart []int
	for i, title := range f.lower {
		switch at := strings.Index(title, words); {
		case at == 0:
			begin = append(begin, i)
		case at > 0:
			hold = append(hold, i)
		case inOrder(title, words):
			apart = append(apart, i)
		}
	}
	all := slices.Concat(begin, hold, apart)
	best := all[:min(len(all), ranked)]
	found := fuzzy.FindFrom(words, titles{f.items, best})
	f.shown, f.hits = make([]int, 0, len(all)), make(map[int][]int, len(found))
	for _, m := range found {
		f.shown = append(f.shown, best[m.Index])
		f.hits[best[m.Index]] = m.MatchedIndexes
	}
	f.shown = append(f.shown, all[len(best):]...)
	return f
}

// inOrder reports whether s contains the letters of words in order.
func inOrder(s, words string) bool {
	for _, r := range words {
		at := strings.IndexRune(s, r)
		if at < 0 {
			return false
		}
		s = s[at+utf8.RuneLen(r):]
	}
	return true
}

// filtered applies the filter and moves to the top.
func (f Pick) filtered() Pick {
	f.shown, f.hits = nil, nil
	if words := strings.TrimSpace(f.filter.value()); words != "" {
		f = f.matched(words)
	}
	f.place.cursor, f.place.top = 0, 0
	return f.placed().beyondHeading(true)
}

func (f Pick) placed() Pick {
	f.place = f.place.resize(f.core.rows-1, f.count())
	f.filter = f.filter.scrolled(f.filterWidth())
	return f
}

func (f Pick) filterWidth() int { return max(f.inner()-2-12, 1) }

// Update filters, moves or chooses.
func (f Pick) Update(msg tea.Msg) (Field, tea.Cmd) {
	keys := f.context.Keys
	old := f.filter.value()
	var cmd tea.Cmd
	switch m := msg.(type) {
	case fieldClick:
		return f.click(m)
	case tea.KeyPressMsg:
		switch {
		case !f.Wants(m):
			return f, nil
		case key.Matches(m, keys.Enter):
			i, _ := f.Item()
			f.core = f.act(Choose, i)
			return f, nil
		case key.Matches(m, keys.Back):
			f.filter = f.filter.setValue("")
		case key.Matches(m, keys.Filter) && old == "":
			return f, nil // as if to start a filter: typing starts it anyway
		case f.place.can(keys, m):
			before := f.place.cursor
			f.place = f.place.update(keys, m)
			return f.beyondHeading(f.place.cursor > before || before == 0), nil
		default:
			f.filter, cmd = f.filter.update(m, f.filterWidth())
		}
	case tea.PasteMsg:
		f.filter, cmd = f.filter.update(tea.PasteMsg{Content: at(PastedLines(m.Content), 0)}, f.filterWidth())
	}
	if f.filter.value() != old {
		f = f.filtered()
	}
	return f, cmd
}

// View draws the label, the filter and the items that fit.
func (f Pick) View() string {
	k := f.context
	lines := []string{f.labelled(f.inner()), f.filterLine()}
	if f.count() == 0 {
		lines = append(lines, "  "+k.Muted.Render(k.T("ui.pick.none")))
	}
	column := max(min(f.column, (f.inner()-6)/2), 8)
	for row := f.place.top; row < f.place.end(); row++ {
		lines = append(lines, k.Fit(f.row(row, column), f.inner()-1)+k.hidden(f.place, row))
	}
	for len(lines) < 2+f.place.size {
		lines = append(lines, "")
	}
	return f.block(lines)
}

func (f Pick) filterLine() string {
	k := f.context
	count := k.T("ui.pick.count", "shown", f.found(), "count", len(f.items))
	text := k.Muted.Render(k.Fit(k.T("ui.pick.filter"), f.filterWidth()))
	if f.filter.value() != "" {
		text = f.filter.view(k, k.Input, f.filterWidth())
	}
	return "/ " + text + k.Muted.Render(k.Cut(" "+count, 12))
}

func (f Pick) row(row, column int) string {
	k := f.context
	i := f.item(row)
	if i < 0 {
		return "  " + k.Title.Render(k.Cut(cells.Clean(f.items[-1-i].Group), f.inner()-3))
	}
	item := f.items[i]
	here := f.focused && row == f.place.cursor
	mark := " "
	if item.Marked {
		mark = k.Good.Render(k.Glyphs.Done)
	}
	style := k.Text
	if here {
		style = k.Chosen
	}
	title, detail := cells.Clean(item.Title), cells.Clean(item.Detail)
	room := f.inner() - 1 - pickLead
	if long := cells.Width(title); long > column { // it takes the room of its detail
		column = min(long, room)
	}
	title = k.Fit(title, column)
	if room -= column + 2; room < minDetail && cells.Width(detail) > room {
		detail = ""
	}
	if hits := f.hits[i]; len(hits) > 0 && cells.ASCII(item.Title) {
		title = underline(title, slices.DeleteFunc(slices.Clone(hits), func(at int) bool { return at >= common(title, item.Title) }),
			style.Render, style.Underline(true).Render)
	} else {
		title = style.Render(title)
	}
	return k.pointer(here) + mark + " " + title + "  " + k.Muted.Render(detail)
}

// common returns the length of the prefix that two strings share; a title is cut after it.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// underline draws the bytes of s at hits with hit and the others with rest.
func underline(s string, hits []int, rest, hit func(...string) string) string {
	var b strings.Builder
	done := 0
	for i := 0; i < len(hits); {
		from, to := hits[i], hits[i]+1
		for i++; i < len(hits) && hits[i] == to; i++ {
			to++
		}
		if from < done || to > len(s) {
			break
		}
		b.WriteString(rest(s[done:from]))
		b.WriteString(hit(s[from:to]))
		done = to
	}
	b.WriteString(rest(s[done:]))
	return b.String()
}

// Cursor returns the position of the next letter of the filter.
func (f Pick) Cursor() (x, y int, ok bool) {
	return gutter + 2 + f.filter.col(f.filterWidth()), 1, f.focused
}

// Wants reports whether msg is a letter, enter on an item, an arrow with an item to move to, or esc with a filter to
// clear.
func (f Pick) Wants(msg tea.KeyPressMsg) bool {
	k := f.context.Keys
	switch {
	case key.Matches(msg, k.Back):
		return f.filter.value() != ""
	case key.Matches(msg, k.Enter):
		return f.count() > 0
	case key.Matches(msg, k.Up, k.Down):
		return f.place.can(k, msg)
	default:
		return true
	}
}

// Typing returns true.
func (f Pick) Typing() bool { return true }

// Keys returns the keys that move and choose.
func (f Pick) Keys() []key.Binding {
	return []key.Binding{f.context.Keys.Down, WithDesc(f.context.Keys.Enter, f.context.T("ui.key.choose"))}
}

func (f Pick) with(c core) Field { f.core = c; return f.placed() }

func (f Pick) focusSpan() (from, to int) { return 0, 2 + f.place.cursor - f.place.top }

func (f Pick) grows() int { return max(f.count(), 3) + 1 }

func (f Pick) height() int { return f.core.rows + 2 + f.noted() }

func (f Pick) click(c fieldClick) (Field, tea.Cmd) {
	row := f.place.top + c.Y - 2
	switch {
	case row < f.place.top || row >= f.place.end() || f.item(row) < 0:
		return f, nil
	case row == f.place.cursor && c.had:
		return f.Update(enterKey)
	}
	f.place.cursor = row
	return f.placed(), nil
}
