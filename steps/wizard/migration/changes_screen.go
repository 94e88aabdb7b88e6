package migration

import (
	"bytes"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"sleet/scaffold/validate"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/codeview"
	"sleet/ui/message"
)

// changesScreen shows each change with both versions side by side and the reason for it. The user accepts or skips it,
// or edits the file.
type changesScreen struct {
	screen.Base

	context *ui.Context
	open    screen.OpenEditor // nil if there is no editor
	groups  []steps.MigrationGroup
	move    *steps.Migration
	list    ui.StepList
	sides   codeview.SplitDiff
	failure error
	w, h    int
}

var _ screen.Model = changesScreen{}

// NewChanges returns the screen that shows each change of a migration. open is nil if there is no editor.
func NewChanges(k *ui.Context, s steps.State, open screen.OpenEditor) screen.Model {
	p := changesScreen{context: k, open: open, list: ui.NewStepList(k), w: ui.MinWidth, h: ui.MinHeight}
	p.groups, p.failure = s.Migration.Groups(s.App)
	return p.listed(s.Migration)
}

// rewrittenMsg is a file as edited by the user.
type rewrittenMsg struct {
	path string
	text []byte
	err  error
}

func (p changesScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	switch m := msg.(type) {
	case rewrittenMsg:
		if p.failure = m.err; m.err == nil && m.text != nil {
			out.State.Migration = s.Migration.With(func(move *steps.Migration) { move.Edited[m.path] = m.text })
		}
		return p.listed(out.State.Migration), out
	case ui.Click:
		p.list, _ = p.list.Update(ui.Click{X: m.X, Y: m.Y})
		return p.shown(), out
	case tea.KeyPressMsg:
		return p.pressed(m, s)
	}
	return p, out
}

// Wheel moves in the list, or scrolls the change below it.
func (p changesScreen) Wheel(m ui.Wheel) screen.Model {
	if m.Y < p.rows() {
		p.list, _ = p.list.Update(m)
		return p.shown()
	}
	p.sides, _ = p.sides.Update(m)
	return p
}

func (p changesScreen) pressed(m tea.KeyPressMsg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	k := p.context.Keys
	i, ok := p.list.Cursor()
	switch {
	case key.Matches(m, k.Enter):
		out.Move = screen.Next
	case key.Matches(m, k.PageUp, k.PageDown):
		p.sides, _ = p.sides.Update(m)
	case !ok:
	case key.Matches(m, k.Space) && !p.groups[i].Fixed:
		out.State.Migration = p.flip(s.Migration, p.groups[i])
		return p.listed(out.State.Migration), out
	case m.Text == allLetter:
		out.State.Migration = p.takeAll(s.Migration, p.groups[i])
		return p.listed(out.State.Migration), out
	case key.Matches(m, k.Edit) && p.groups[i].Now != nil:
		out.Cmd = p.edit(s, p.groups[i])
	default:
		p.list, out.Cmd = p.list.Update(m)
		return p.shown(), out
	}
	return p, out
}

// allLetter is the key that accepts every change of the kind under the cursor.
const allLetter = "a"

func (p changesScreen) flip(move *steps.Migration, g steps.MigrationGroup) *steps.Migration {
	return move.With(func(m *steps.Migration) {
		if m.Edited[g.Path] != nil { // back to sleet's version
			delete(m.Edited, g.Path)
			return
		}
		m.Skip[g.ID] = !m.Skip[g.ID]
	})
}

func (p changesScreen) takeAll(move *steps.Migration, kind steps.MigrationGroup) *steps.Migration {
	return move.With(func(m *steps.Migration) {
		for _, g := range p.groups {
			if g.Kind == kind.Kind {
				delete(m.Skip, g.ID)
			}
		}
	})
}

// edit opens the file with all its changes applied.
func (p changesScreen) edit(s steps.State, g steps.MigrationGroup) tea.Cmd {
	if p.open == nil {
		return nil
	}
	text := s.Migration.Edited[g.Path]
	if text == nil {
		plan, err := s.Migration.Plan(s.App)
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
	mine := s.Migration.Edited[g.Path]
	return p.open("", g.Path, text, func(left []byte, err error) tea.Msg {
		if err == nil && bytes.Equal(left, text) { // unchanged
			left = mine
		}
		return rewrittenMsg{g.Path, left, err}
	})
}

// listed fills the list.
func (p changesScreen) listed(move *steps.Migration) changesScreen {
	p.move = move
	entries := make([]ui.Entry, len(p.groups))
	paths := 0 // the width of the paths beside kinds of changes
	for _, g := range p.groups {
		if g.Kind != "" {
			paths = max(paths, cells.Width(cells.Clean(g.Path)))
		}
	}
	for i, g := range p.groups {
		entries[i] = p.entry(g, paths)
	}
	p.list = p.list.WithEntries(entries...)
	return p.shown()
}

func (p changesScreen) entry(g steps.MigrationGroup, paths int) ui.Entry {
	k := p.context
	e := ui.Entry{Mark: ui.MarkAlter, Title: g.Path}
	if g.Kind != "" {
		e.Title = cells.Pad(cells.Clean(g.Path), paths) + "  " + k.T(message.ID("migration.kind."+string(g.Kind)))
	}
	switch {
	case g.Old == nil:
		e.Mark, e.Side = ui.MarkCreate, k.T("migration.new")
	case g.Now == nil:
		e.Mark, e.Side = ui.MarkDrop, k.T("migration.goes")
	case p.move.Edited[g.Path] != nil:
		e.Side = k.T("migration.mine")
	case p.move.Skip[g.ID]:
		e.Mark, e.Side = ui.MarkSkipped, k.T("migration.skip")
	case g.Flagged:
		e.Side = k.T("migration.look")
	default:
		e.Side = k.T("migration.take")
	}
	return e
}

// shown shows both versions of the change under the cursor.
func (p changesScreen) shown() changesScreen {
	i, ok := p.list.Cursor()
	if !ok {
		return p
	}
	g := p.groups[i]
	now := g.Now
	if mine := p.move.Edited[g.Path]; mine != nil {
		now = mine
	}
	p.sides = codeview.NewSplitDiff(p.context, g.Path, string(g.Old), string(now))
	return p.sized()
}

// slim reports whether there is so little room that the change itself comes first.
func (p changesScreen) slim() bool { return p.h < 14 }

// rows returns how many lines the list has.
func (p changesScreen) rows() int {
	if p.slim() {
		return 2
	}
	return min(max(len(p.groups), 1), max(p.h*3/10, 3))
}

// roomyChanges is the height from which the reason gets three lines.
const roomyChanges = 26

// reasons returns how many lines the reason for a change gets.
func (p changesScreen) reasons() int {
	switch {
	case p.slim():
		return 1
	case p.h < roomyChanges:
		return 2
	}
	return 3
}

// between returns how many lines are between the list and the change: the rule, the reason, and an empty line if there
// is room.
func (p changesScreen) between() int {
	if p.slim() {
		return 1 + p.reasons()
	}
	return 2 + p.reasons()
}

// why returns the reason for the change, below the rule.
func (p changesScreen) why() []string {
	i, ok := p.list.Cursor()
	if !ok {
		return nil
	}
	g := p.groups[i]
	words := steps.SayAll(p.context.T, g.Why)
	if words == "" && g.Old == nil {
		words = p.context.T("migration.new_why")
	}
	if len(g.Rules) > 0 {
		words = strings.Join(g.Rules, ", ") + ": " + words
	}
	lines := p.context.WrapIn(cells.Clean(words), max(p.w, 1), p.reasons())
	for i, line := range lines {
		lines[i] = p.context.Muted.Render(line)
	}
	for len(lines) < p.between()-1 {
		lines = append(lines, "")
	}
	return lines
}

func (p changesScreen) sized() changesScreen {
	p.list = p.list.ListOnly().SetSize(p.w, p.rows())
	p.sides = p.sides.SetSize(p.w, max(p.h-p.rows()-p.between(), 1))
	return p
}

func (p changesScreen) View() string {
	if p.failure != nil {
		return strings.Join(screen.Failure(p.context, p.failure, p.w), "\n")
	}
	lines := strings.Split(p.list.View(), "\n")
	lines = append(lines, p.context.Rules(p.w))
	lines = append(lines, p.why()...)
	return strings.Join(append(lines, p.sides.View()), "\n")
}

func (p changesScreen) Keys() []key.Binding {
	k := p.context
	keys := []key.Binding{k.Keys.Enter, ui.WithDesc(k.Keys.Space, k.T("migration.key_space"))}
	keys = append(keys, key.NewBinding(key.WithKeys(allLetter), key.WithHelp(allLetter, k.T("migration.key_all"))))
	if p.open != nil {
		keys = append(keys, ui.WithDesc(k.Keys.Edit, k.T("migration.key_edit")))
	}
	return slices.Concat(keys, []key.Binding{k.Keys.Down, k.Keys.PageDown})
}

func (p changesScreen) Show(s steps.State, _ []validate.Problem) screen.Model {
	return p.listed(s.Migration)
}
func (p changesScreen) Focus() string                { return string(steps.MigrationChanges) }
func (p changesScreen) Resize(w, h int) screen.Model { p.w, p.h = w, h; return p.sized() }

func (p changesScreen) Restyle(k *ui.Context) screen.Model {
	p.context, p.list = k, p.list.WithContext(k)
	return p.listed(p.move)
}
