package steps

import (
	"bytes"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/scaffold"
	"sleet/ui"
)

// moveChangesScreen shows each change with both versions side by side and why it is made. The
// person takes it, leaves it, or writes the file themselves.
type moveChangesScreen struct {
	kit     *ui.Kit
	effects Effects
	groups  []MoveGroup
	move    *Move
	list    ui.Ledger
	sides   ui.Sides
	failure error
	w, h    int
}

var _ screen = moveChangesScreen{}

func newMoveChangesScreen(k *ui.Kit, s State, e Effects) moveChangesScreen {
	p := moveChangesScreen{kit: k, effects: e, list: ui.NewLedger(k), w: ui.MinWidth, h: ui.MinHeight}
	p.groups, p.failure = s.Move.Groups(s.App)
	return p.listed(s.Move)
}

func (p moveChangesScreen) init() tea.Cmd { return nil }

// rewrittenMsg is a file as the person left it in their editor.
type rewrittenMsg struct {
	path string
	text []byte
	err  error
}

func (p moveChangesScreen) update(msg tea.Msg, s State) (screen, outcome) {
	out := outcome{state: s}
	switch m := msg.(type) {
	case rewrittenMsg:
		if p.failure = m.err; m.err == nil && m.text != nil {
			out.state.Move = s.Move.with(func(move *Move) { move.Edited[m.path] = m.text })
		}
		return p.listed(out.state.Move), out
	case ui.Click:
		p.list, _ = p.list.Update(ui.Click{X: m.X, Y: m.Y})
		return p.shown(), out
	case tea.KeyPressMsg:
		return p.pressed(m, s)
	}
	return p, out
}

// wheel moves in the list, or scrolls the change beneath it.
func (p moveChangesScreen) wheel(m ui.Wheel) screen {
	if m.Y < p.rows() {
		p.list, _ = p.list.Update(m)
		return p.shown()
	}
	p.sides, _ = p.sides.Update(m)
	return p
}

func (p moveChangesScreen) pressed(m tea.KeyPressMsg, s State) (screen, outcome) {
	out := outcome{state: s}
	k := p.kit.Keys
	i, ok := p.list.Cursor()
	switch {
	case key.Matches(m, k.Enter):
		out.move = onward
	case key.Matches(m, k.PageUp, k.PageDown):
		p.sides, _ = p.sides.Update(m)
	case !ok:
	case key.Matches(m, k.Space) && !p.groups[i].Fixed:
		out.state.Move = p.flip(s.Move, p.groups[i])
		return p.listed(out.state.Move), out
	case m.Text == allLetter:
		out.state.Move = p.takeAll(s.Move, p.groups[i])
		return p.listed(out.state.Move), out
	case key.Matches(m, k.Edit) && p.groups[i].Now != nil:
		out.cmd = p.edit(s, p.groups[i])
	default:
		p.list, out.cmd = p.list.Update(m)
		return p.shown(), out
	}
	return p, out
}

// allLetter takes every change of the kind under the cursor.
const allLetter = "a"

func (p moveChangesScreen) flip(move *Move, g MoveGroup) *Move {
	return move.with(func(m *Move) {
		if m.Edited[g.Path] != nil { // back to what sleet makes
			delete(m.Edited, g.Path)
			return
		}
		m.Skip[g.ID] = !m.Skip[g.ID]
	})
}

func (p moveChangesScreen) takeAll(move *Move, kind MoveGroup) *Move {
	return move.with(func(m *Move) {
		for _, g := range p.groups {
			if g.Kind == kind.Kind {
				delete(m.Skip, g.ID)
			}
		}
	})
}

// edit opens the file as all its changes leave it.
func (p moveChangesScreen) edit(s State, g MoveGroup) tea.Cmd {
	if p.effects.Edit == nil {
		return nil
	}
	text := s.Move.Edited[g.Path]
	if text == nil {
		plan, err := s.Move.Plan(s.App)
		if err != nil {
			return func() tea.Msg { return rewrittenMsg{err: err} }
		}
		text = g.Now
		for _, c := range plan.Changes {
			if c.Path == g.Path {
				text = c.New
			}
		}
	}
	mine := s.Move.Edited[g.Path]
	return p.effects.Edit("", g.Path, text, func(left []byte, err error) tea.Msg {
		if err == nil && bytes.Equal(left, text) { // left as it was opened
			left = mine
		}
		return rewrittenMsg{g.Path, left, err}
	})
}

// listed fills the list.
func (p moveChangesScreen) listed(move *Move) moveChangesScreen {
	p.move = move
	entries := make([]ui.Entry, len(p.groups))
	for i, g := range p.groups {
		entries[i] = p.entry(g)
	}
	p.list = p.list.WithEntries(entries...)
	return p.shown()
}

func (p moveChangesScreen) entry(g MoveGroup) ui.Entry {
	k := p.kit
	e := ui.Entry{Mark: ui.MarkAlter, Title: g.Path}
	if g.Kind != "" {
		e.Title += "  " + k.T("move.kind."+string(g.Kind))
	}
	switch {
	case g.Old == nil:
		e.Mark, e.Side = ui.MarkCreate, k.T("move.new")
	case g.Now == nil:
		e.Mark, e.Side = ui.MarkCannot, k.T("move.goes")
	case p.move.Edited[g.Path] != nil:
		e.Side = k.T("move.mine")
	case p.move.Skip[g.ID]:
		e.Mark, e.Side = ui.MarkSkipped, k.T("move.skip")
	case g.Flagged:
		e.Side = k.T("move.look")
	default:
		e.Side = k.T("move.take")
	}
	return e
}

// shown sets the change under the cursor side by side.
func (p moveChangesScreen) shown() moveChangesScreen {
	i, ok := p.list.Cursor()
	if !ok {
		return p
	}
	g := p.groups[i]
	now := g.Now
	if mine := p.move.Edited[g.Path]; mine != nil {
		now = mine
	}
	p.sides = ui.NewSides(p.kit, g.Path, string(g.Old), string(now))
	return p.sized()
}

// slim says that there is hardly room: the change itself comes before all else.
func (p moveChangesScreen) slim() bool { return p.h < 14 }

// rows is how many lines the list has.
func (p moveChangesScreen) rows() int {
	if p.slim() {
		return 2
	}
	return min(max(len(p.groups), 1), max(p.h*3/10, 3))
}

// between is how many lines stand between list and change: the rule, why, and an empty one.
func (p moveChangesScreen) between() int {
	if p.slim() {
		return 2
	}
	return 4
}

// why are the lines between list and change.
func (p moveChangesScreen) why() []string {
	i, ok := p.list.Cursor()
	if !ok {
		return nil
	}
	g := p.groups[i]
	words := SayAll(p.kit.T, g.Why)
	if words == "" && g.Old == nil {
		words = p.kit.T("move.new_why")
	}
	if len(g.Rules) > 0 {
		words = strings.Join(g.Rules, ", ") + ": " + words
	}
	if p.slim() {
		return []string{p.kit.Muted.Render(p.kit.Cut(ui.Clean(words), max(p.w, 1)))}
	}
	lines := p.kit.Passage(ui.Passage{Tone: ui.ToneMuted, Text: words}, max(p.w, 1))
	return append(append(lines, "")[:2], "")
}

func (p moveChangesScreen) sized() moveChangesScreen {
	p.list = p.list.ListOnly().SetSize(p.w, p.rows())
	p.sides = p.sides.SetSize(p.w, max(p.h-p.rows()-p.between(), 1))
	return p
}

func (p moveChangesScreen) view() string {
	if p.failure != nil {
		return strings.Join(failed(p.kit, p.failure, p.w), "\n")
	}
	lines := strings.Split(p.list.View(), "\n")
	lines = append(lines, p.kit.Rules(p.w))
	lines = append(lines, p.why()...)
	return strings.Join(append(lines, p.sides.View()), "\n")
}

func (p moveChangesScreen) keys() []key.Binding {
	k := p.kit
	keys := []key.Binding{k.Keys.Enter, ui.As(k.Keys.Space, k.T("move.key_space"))}
	keys = append(keys, key.NewBinding(key.WithKeys(allLetter), key.WithHelp(allLetter, k.T("move.key_all"))))
	if p.effects.Edit != nil {
		keys = append(keys, ui.As(k.Keys.Edit, k.T("move.key_edit")))
	}
	return slices.Concat(keys, []key.Binding{k.Keys.Down, k.Keys.PageDown})
}

func (p moveChangesScreen) show(s State, _ []scaffold.Problem) screen { return p.listed(s.Move) }
func (p moveChangesScreen) cursor() (x, y int, ok bool)               { return 0, 0, false }
func (p moveChangesScreen) wants(tea.KeyPressMsg) bool                { return false }
func (p moveChangesScreen) typing() bool                              { return false }
func (p moveChangesScreen) focus() string                             { return string(MoveChanges) }
func (p moveChangesScreen) file(State) string                         { return "" }
func (p moveChangesScreen) anchor(State) string                       { return "" }
func (p moveChangesScreen) peek(s State) State                        { return s }
func (p moveChangesScreen) resize(w, h int) screen                    { p.w, p.h = w, h; return p.sized() }

func (p moveChangesScreen) restyle(k *ui.Kit) screen {
	p.kit, p.list = k, p.list.WithKit(k)
	return p.listed(p.move)
}
