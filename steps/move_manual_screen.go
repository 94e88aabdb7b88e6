package steps

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/scaffold"
	"sleet/scaffold/migrate"
	"sleet/ui"
)

// moveManualScreen lists what the person does by hand; it goes to MIGRATION.md with what is ticked
// here.
type moveManualScreen struct {
	kit   *ui.Kit
	notes []migrate.Note
	// manual and review are how many of the notes, in this order, are work and edits to look at.
	manual, review int

	list  ui.Ledger
	fault error
	w, h  int
}

var _ screen = moveManualScreen{}

func newMoveManualScreen(k *ui.Kit, s State) moveManualScreen {
	p := moveManualScreen{kit: k, list: ui.NewLedger(k)}
	plan, err := s.Move.Plan(s.App)
	p.notes, p.fault = slices.Concat(plan.Manual, plan.Review, plan.Advice), err
	p.manual, p.review = len(plan.Manual), len(plan.Review)
	return p.listed(s.Move)
}

func (p moveManualScreen) init() tea.Cmd { return nil }

func (p moveManualScreen) update(msg tea.Msg, s State) (screen, outcome) {
	out := outcome{state: s}
	switch m := msg.(type) {
	case ui.Click:
		p.list, _ = p.list.Update(ui.Click{X: m.X, Y: m.Y - planHead})
	case tea.KeyPressMsg:
		i, ok := p.list.Cursor()
		switch {
		case key.Matches(m, p.kit.Keys.Enter):
			out.move = onward
		case key.Matches(m, p.kit.Keys.Space) && ok && p.notes[i].Manual:
			id := noteID(p.notes[i])
			out.state.Move = s.Move.with(func(move *Move) { move.Ticked[id] = !move.Ticked[id] })
			return p.listed(out.state.Move), out
		default:
			p.list, out.cmd = p.list.Update(m)
		}
	}
	return p, out
}

func (p moveManualScreen) wheel(m ui.Wheel) screen {
	p.list, _ = p.list.Update(lower(m, planHead))
	return p
}

func (p moveManualScreen) listed(m *Move) moveManualScreen {
	entries := make([]ui.Entry, len(p.notes))
	for i, n := range p.notes {
		e := ui.Entry{Mark: ui.MarkWaiting, Title: Say(p.kit.T, n.Message), Side: n.Path}
		if n.Line > 0 {
			e.Side = fmt.Sprintf("%s:%d", n.Path, n.Line)
		}
		switch {
		case !n.Manual:
			e.Mark = ui.MarkSame
		case m.Ticked[noteID(n)]:
			e.Mark = ui.MarkDone
		}
		if i >= p.manual && i < p.manual+p.review {
			e.Detail = append(e.Detail, ui.Passage{Tone: ui.ToneWarn, Text: p.kit.T("migrate.review")})
		}
		e.Detail = append(e.Detail, ui.Passage{Text: strings.TrimSpace(n.Rule + " " + Say(p.kit.T, n.Message))}, ui.Passage{Tone: ui.ToneMuted, Text: Say(p.kit.T, n.Fix)})
		entries[i] = e
	}
	p.list = p.list.WithEntries(entries...)
	return p
}

func (p moveManualScreen) view() string {
	if p.fault != nil {
		return strings.Join(failed(p.kit, p.fault, p.w), "\n")
	}
	line := p.kit.T("move.by_hand", "count", p.manual)
	if n := len(p.notes) - p.manual; n > 0 {
		line += p.kit.T("move.counts_look", "count", n)
	}
	return p.kit.Cut(line, p.w) + "\n\n" + p.list.View()
}

func (p moveManualScreen) keys() []key.Binding {
	k := p.kit
	return []key.Binding{ui.As(k.Keys.Enter, k.T("move.write")), ui.As(k.Keys.Space, k.T("move.key_tick")), k.Keys.Down}
}

func (p moveManualScreen) show(s State, _ []scaffold.Problem) screen { return p.listed(s.Move) }
func (p moveManualScreen) cursor() (x, y int, ok bool)               { return 0, 0, false }
func (p moveManualScreen) wants(tea.KeyPressMsg) bool                { return false }
func (p moveManualScreen) typing() bool                              { return false }
func (p moveManualScreen) focus() string                             { return string(MoveManual) }
func (p moveManualScreen) file(State) string                         { return "" }
func (p moveManualScreen) anchor(State) string                       { return "" }
func (p moveManualScreen) peek(s State) State                        { return s }

func (p moveManualScreen) resize(w, h int) screen {
	p.w, p.h = w, h
	p.list = p.list.SetSize(w, max(h-planHead, 1))
	return p
}

func (p moveManualScreen) restyle(k *ui.Kit) screen {
	p.kit, p.list = k, p.list.WithKit(k)
	return p
}
