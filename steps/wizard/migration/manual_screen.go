package migration

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"sleet/scaffold/migrate/change"
	"sleet/scaffold/validate"
	"sleet/steps/wizard/screen"
	"sleet/ui/syntax"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/ui"
)

// manualScreen lists the manual work. It is written to MIGRATION.md, with the items ticked here.
type manualScreen struct {
	screen.Base

	context *ui.Context
	notes   []change.Note
	// manual and review are how many of the notes, in this order, are manual work and changes to review.
	manual, review int

	// texts are the files after the migration; the line numbers of notes refer to them.
	texts map[string][]string

	list  ui.StepList
	fault error
	w, h  int
}

var _ screen.Model = manualScreen{}

// NewManual returns the screen that lists the manual work.
func NewManual(k *ui.Context, s steps.State) screen.Model {
	p := manualScreen{context: k, list: ui.NewStepList(k)}
	plan, err := s.Migration.Plan(s.App)
	p.notes, p.fault = slices.Concat(plan.Manual, plan.Review, plan.Advice), err
	p.manual, p.review = len(plan.Manual), len(plan.Review)
	p.texts = map[string][]string{}
	for _, n := range p.notes {
		old, _ := s.Migration.Folder.Content(n.Path)
		p.texts[n.Path] = syntax.Split(string(old))
	}
	for _, c := range plan.Changes {
		if c.New != nil {
			p.texts[c.Path] = syntax.Split(string(c.New))
		}
	}
	return p.listed(s.Migration)
}

func (p manualScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	switch m := msg.(type) {
	case ui.Click:
		p.list, _ = p.list.Update(ui.Click{X: m.X, Y: m.Y - reportHead})
	case tea.KeyPressMsg:
		i, ok := p.list.Cursor()
		switch {
		case key.Matches(m, p.context.Keys.Enter):
			out.Move = screen.Next
		case key.Matches(m, p.context.Keys.Space) && ok && p.notes[i].Manual:
			out.State.Migration = s.Migration.ToggleDone(p.notes[i])
			return p.listed(out.State.Migration), out
		default:
			p.list, out.Cmd = p.list.Update(m)
		}
	}
	return p, out
}

func (p manualScreen) Wheel(m ui.Wheel) screen.Model {
	p.list, _ = p.list.Update(screen.OffsetWheel(m, reportHead))
	return p
}

func (p manualScreen) listed(m *steps.Migration) manualScreen {
	entries := make([]ui.Entry, len(p.notes))
	for i, n := range p.notes {
		e := ui.Entry{Mark: ui.MarkWaiting, Title: p.context.T.Say(n.Message), Side: n.Path, Sentence: true}
		if n.Line > 0 {
			e.Side = fmt.Sprintf("%s:%d", n.Path, n.Line)
		}
		switch {
		case !n.Manual:
			e.Mark = ui.MarkSame
		case m.IsDone(n):
			e.Mark = ui.MarkDone
		}
		if i >= p.manual && i < p.manual+p.review {
			e.Detail = append(e.Detail, ui.Paragraph{Tone: ui.ToneWarn, Text: p.context.T("migrate.review")})
		}
		e.Detail = append(e.Detail, ui.Paragraph{Text: strings.TrimSpace(n.Rule + " " + p.context.T.Say(n.Message))}, ui.Paragraph{Tone: ui.ToneMuted, Text: p.context.T.Say(n.Fix)})
		e.Detail = append(e.Detail, p.excerpt(n)...)
		entries[i] = e
	}
	p.list = p.list.WithEntries(entries...)
	return p
}

// excerptLines is how many lines are shown before and after the line of a note.
const excerptLines = 3

// excerpt shows the line of a note and the lines around it.
func (p manualScreen) excerpt(n change.Note) []ui.Paragraph {
	lines := p.texts[n.Path]
	if n.Line < 1 || n.Line > len(lines) {
		return nil
	}
	all := []ui.Paragraph{{}}
	for i := max(n.Line-excerptLines, 1); i <= min(n.Line+excerptLines, len(lines)); i++ {
		sign, tone := " ", ui.ToneMuted
		if i == n.Line {
			sign, tone = p.context.Glyphs.Pointer, ui.ToneCode
		}
		all = append(all, ui.Paragraph{Tone: tone, Text: fmt.Sprintf("%s %4d  %s", sign, i, syntax.Expand(lines[i-1]))})
	}
	return all
}

func (p manualScreen) View() string {
	if p.fault != nil {
		return strings.Join(screen.Failure(p.context, p.fault, p.w), "\n")
	}
	line := p.context.T("migration.by_hand", "count", p.manual)
	if n := len(p.notes) - p.manual; n > 0 {
		line += p.context.T("migration.counts_look", "count", n)
	}
	return p.context.Cut(line, p.w) + "\n\n" + p.list.View()
}

func (p manualScreen) Keys() []key.Binding {
	k := p.context
	return []key.Binding{ui.WithDesc(k.Keys.Enter, k.T("migration.write")), ui.WithDesc(k.Keys.Space, k.T("migration.key_tick")), k.Keys.Down}
}

func (p manualScreen) Show(s steps.State, _ []validate.Problem) screen.Model {
	return p.listed(s.Migration)
}
func (p manualScreen) Focus() string { return string(steps.MigrationManual) }

func (p manualScreen) Resize(w, h int) screen.Model {
	p.w, p.h = w, h
	p.list = p.list.SetSize(w, max(h-reportHead, 1))
	return p
}

func (p manualScreen) Restyle(k *ui.Context) screen.Model {
	p.context, p.list = k, p.list.WithContext(k)
	return p
}
