package diagnosis

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"sleet/steps/doctor"
	"sleet/steps/environ"
	"sleet/steps/wizard"
	"sleet/ui"
)

// Show shows the report as a tree on a terminal until the person quits. Broken chains are expanded.
func Show(ctx context.Context, s wizard.Session, r Report) error {
	env := environ.Getenv(s.Environ)
	t := newTree(r, ui.Dark(env), colorprofile.Detect(s.Out, s.Environ))
	_, err := wizard.Play(ctx, s, t)
	return err
}

// item is a row that can be selected: a chain, or one of its links.
type item struct {
	chain int
	lines []string
}

// tree is the Bubble Tea model of the tree.
type tree struct {
	report  Report
	dark    bool
	profile colorprofile.Profile
	context *ui.Context
	frame   ui.Frame
	open    []bool
	items   []item
	// cursor is the index of the selected item, top the first visible line.
	cursor, top int
}

func newTree(r Report, dark bool, profile colorprofile.Profile) tree {
	t := tree{report: r, dark: dark, profile: profile, open: make([]bool, len(r.Chains))}
	for i, c := range r.Chains {
		t.open[i] = c.State() == doctor.Broken
	}
	t.frame = ui.NewFrame(nil, "sleet").Alone(true).SetSize(ui.SplitWidth, 2*ui.MinHeight)
	t = t.restyled()
	for i, it := range t.items { // starts at the first chain that is not in order
		if c := t.report.Chains[it.chain]; c.State() != doctor.OK {
			t.cursor = i
			break
		}
	}
	return t.placed()
}

// restyled applies the terminal's colors.
func (t tree) restyled() tree {
	t.context = ui.NewContext(ui.NewTheme(t.dark, t.profile, t.report.Unicode), t.report.T)
	t.frame = t.frame.WithContext(t.context)
	return t.filled()
}

// paint applies the style of a role on the screen.
func (t tree) paint(r role, text string) string {
	switch r {
	case strong:
		return t.context.Title.Render(text)
	case mark:
		return t.context.Accent.Render(text)
	case good:
		return t.context.Good.Render(text)
	case bad:
		return t.context.Bad.Render(text)
	case open:
		return t.context.Warn.Render(text)
	case plain:
		return text
	default:
		return text
	}
}

// gutter is the width before each line for the pointer and the fold marker.
const gutter = 4

// filled rebuilds the rows.
func (t tree) filled() tree {
	d := drawing{Report: t.report, paint: t.paint, broken: true}
	d.Width = t.frame.Left().W - gutter - 1
	d.columns(true)
	t.items = nil
	for i, c := range t.report.Chains {
		t.items = append(t.items, item{i, []string{d.chain(c)}})
		if !t.open[i] {
			continue
		}
		for _, l := range c.Links {
			t.items = append(t.items, item{i, d.lines(l)})
		}
	}
	return t.placed()
}

// placed keeps the cursor on an item, and that item visible, or a part of it if it is taller than the screen.
func (t tree) placed() tree {
	t.cursor = max(min(t.cursor, len(t.items)-1), 0)
	rows, all := t.rows(), 0
	for _, it := range t.items {
		all += len(it.lines)
	}
	from, to := t.span()
	if to-from > rows {
		t.top = max(min(t.top, to-rows), from)
		return t
	}
	t.top = min(max(t.top, to-rows), from)
	t.top = max(min(t.top, all-rows), 0)
	return t
}

// rows returns the number of visible lines.
func (t tree) rows() int { return max(t.frame.Left().H, 1) }

// span returns the lines of the selected item.
func (t tree) span() (from, to int) {
	for i, it := range t.items {
		if i == t.cursor {
			return from, from + len(it.lines)
		}
		from += len(it.lines)
	}
	return 0, 0
}

// moved moves the cursor by one item, or scrolls by one line if the selected item continues there.
func (t tree) moved(by int) tree {
	from, to := t.span()
	if by > 0 && to > t.top+t.rows() || by < 0 && from < t.top {
		t.top += by
	} else {
		t.cursor += by
	}
	return t.placed()
}

// Init asks the terminal for its background color. Nothing waits for the answer.
func (t tree) Init() tea.Cmd { return tea.RequestBackgroundColor }

// Update handles messages.
func (t tree) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		t.frame = t.frame.SetSize(m.Width, m.Height)
		return t.filled(), nil
	case tea.BackgroundColorMsg:
		t.dark = m.IsDark()
		return t.restyled(), nil
	case tea.ColorProfileMsg:
		t.profile = m.Profile
		return t.restyled(), nil
	case tea.MouseWheelMsg:
		by := 1
		if m.Button == tea.MouseWheelUp {
			by = -1
		}
		return t.moved(by), nil
	case tea.MouseClickMsg:
		if i, ok := t.at(m.X, m.Y); ok {
			t.cursor = i
			return t.toggled(), nil
		}
	case tea.KeyPressMsg:
		return t.pressed(m)
	}
	return t, nil
}

// quitKey quits, in addition to the wizard's own keys.
func (t tree) quitKey() key.Binding {
	return key.NewBinding(key.WithKeys("q"), key.WithHelp("q", t.context.T("ui.key.quit")))
}

// allKey expands or collapses all chains.
func (t tree) allKey() key.Binding {
	return key.NewBinding(key.WithKeys("a"), key.WithHelp("a", t.context.T("diagnosis.key_all")))
}

func (t tree) pressed(m tea.KeyPressMsg) (tea.Model, tea.Cmd) {
	k := t.context.Keys
	switch {
	case key.Matches(m, t.quitKey(), k.Back, k.Quit):
		return t, tea.Quit
	case key.Matches(m, k.Suspend):
		return t, tea.Suspend
	case key.Matches(m, k.Up):
		return t.moved(-1), nil
	case key.Matches(m, k.Down):
		return t.moved(1), nil
	case key.Matches(m, k.Home):
		t.cursor = 0
	case key.Matches(m, k.End):
		t.cursor = len(t.items) - 1
	case key.Matches(m, k.PageUp):
		t.cursor = t.page(-1)
	case key.Matches(m, k.PageDown):
		t.cursor = t.page(1)
	case key.Matches(m, k.Enter, k.Space):
		return t.toggled(), nil
	case key.Matches(m, k.ScrollLeft):
		return t.set(false), nil
	case key.Matches(m, k.ScrollRight):
		return t.set(true), nil
	case key.Matches(m, t.allKey()):
		return t.all(), nil
	}
	return t.placed(), nil
}

// page returns the index of the item one screen further.
func (t tree) page(by int) int {
	room, i := t.frame.Left().H, t.cursor
	for i+by >= 0 && i+by < len(t.items) && room > 0 {
		room -= len(t.items[i].lines)
		i += by
	}
	return i
}

// toggled expands or collapses the selected chain.
func (t tree) toggled() tree {
	if len(t.items) == 0 {
		return t
	}
	return t.set(!t.open[t.items[t.cursor].chain])
}

// set expands or collapses the selected chain, and selects its line.
func (t tree) set(open bool) tree {
	if len(t.items) == 0 {
		return t
	}
	chain := t.items[t.cursor].chain
	if t.open[chain] == open {
		return t
	}
	t.open = append([]bool(nil), t.open...)
	t.open[chain] = open
	return t.filled().on(chain)
}

// all expands all chains, or collapses them if all are expanded.
func (t tree) all() tree {
	if len(t.items) == 0 {
		return t
	}
	chain, closed := t.items[t.cursor].chain, false
	for _, open := range t.open {
		closed = closed || !open
	}
	t.open = make([]bool, len(t.open))
	for i := range t.open {
		t.open[i] = closed
	}
	return t.filled().on(chain)
}

// on selects the line of a chain.
func (t tree) on(chain int) tree {
	for i, it := range t.items {
		if it.chain == chain {
			t.cursor = i
			break
		}
	}
	return t.placed()
}

// at returns the index of the item at a cell of the terminal.
func (t tree) at(x, y int) (int, bool) {
	left := t.frame.Left()
	line := y - left.Y + t.top
	if x < left.X || y < left.Y || y >= left.Y+left.H {
		return 0, false
	}
	for i, it := range t.items {
		if line < len(it.lines) {
			return i, true
		}
		line -= len(it.lines)
	}
	return 0, false
}

// body returns the visible lines.
func (t tree) body() string {
	var lines []string
	g := t.context.Glyphs
	for i, it := range t.items {
		head := i == 0 || t.items[i-1].chain != it.chain
		for n, line := range it.lines {
			before := "  "
			if i == t.cursor && n == 0 {
				before = t.context.Accent.Render(g.Pointer) + " "
			}
			fold := "  "
			if head {
				fold = t.context.Muted.Render(g.Crumb) + " "
				if t.open[it.chain] {
					fold = t.context.Muted.Render(g.More) + " "
				}
			}
			lines = append(lines, before+fold+line)
		}
	}
	room := t.frame.Left()
	lines = lines[min(t.top, len(lines)):]
	more := len(lines) > room.H
	lines = lines[:min(len(lines), max(room.H, 0))]
	for i, line := range lines {
		end := " "
		switch {
		case i == 0 && t.top > 0:
			end = t.context.Muted.Render(g.Less)
		case i == len(lines)-1 && more:
			end = t.context.Muted.Render(g.More)
		}
		lines[i] = t.context.Fit(line, room.W-1) + end
	}
	return strings.Join(lines, "\n")
}

// View draws the screen.
func (t tree) View() tea.View {
	name, about := t.report.title()
	k := t.context.Keys
	toggle := t.context.T("diagnosis.key_open")
	if t.cursor < len(t.items) && t.open[t.items[t.cursor].chain] {
		toggle = t.context.T("diagnosis.key_close")
	}
	v := tea.NewView(t.frame.Render(ui.Screen{
		Name: name, Title: name, About: about, Left: t.body(),
		Footer: []key.Binding{k.Down, ui.WithDesc(k.Enter, toggle), t.allKey(), t.quitKey()},
	}))
	v.AltScreen, v.MouseMode, v.WindowTitle = true, tea.MouseModeCellMotion, "sleet doctor "+name
	return v
}
