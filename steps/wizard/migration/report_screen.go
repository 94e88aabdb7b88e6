package migration

import (
	"fmt"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"

	"sleet/scaffold/check/facts"
	"sleet/scaffold/validate"
	"sleet/steps/wizard/screen"

	tea "charm.land/bubbletea/v2"

	"sleet/scaffold/check"
	"sleet/scaffold/migrate"
	"sleet/steps"
	"sleet/ui"
	"sleet/ui/message"
)

// reportScreen reads the folder and reports, by checklist item, what is incompatible with a container.
type reportScreen struct {
	screen.Base

	context *ui.Context
	scan    func() tea.Msg
	tally   chan int // the number of files read so far
	phase   screen.WaitList
	list    ui.StepList
	move    *steps.Migration
	apps    bool // the list shows the apps
	failure error
	w, h    int
}

// reportHead is how many lines are above the list of a report.
const reportHead = 2

var _ screen.Model = reportScreen{}

// NewReport returns the screen that reads the folder and reports on it.
func NewReport(k *ui.Context, s steps.State, e steps.Effects) screen.Model {
	tally := make(chan int, 1)
	p := reportScreen{context: k, scan: scanning(s, e, tally), tally: tally, phase: screen.NewWaitList(k, e.Account.Time), list: ui.NewStepList(k)}
	if s.Migration.Folder == nil {
		p.phase, _ = p.phase.Begin(k.T("migration.scanning"))
		return p
	}
	p.scan = nil // the folder was read before, and answers refer to it
	return p.listed(s)
}

func (p reportScreen) Init() tea.Cmd {
	if p.scan == nil {
		return nil
	}
	return tea.Batch(p.phase.Tick(), p.scan, p.count())
}

func (p reportScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	switch m := msg.(type) {
	case scannedMsg:
		if p.failure = m.err; m.err == nil {
			out.State = m.state
		}
		p.list = p.list.WithCursor(0)
		return p.listed(out.State), out
	case countedMsg:
		if m.from == p.tally && s.Migration.Folder == nil {
			p.phase = p.phase.WithLabel(p.context.T("migration.scanned", "count", m.files))
			out.Cmd = p.count()
		}
	case spinner.TickMsg:
		if s.Migration.Folder == nil && p.failure == nil {
			p.phase, out.Cmd = p.phase.Update(m)
		}
	case ui.Click:
		p.list, out.Cmd = p.list.Update(ui.Click{X: m.X, Y: m.Y - reportHead})
	case tea.KeyPressMsg:
		switch {
		case key.Matches(m, p.context.Keys.Enter) && p.failure != nil:
			out.Move = screen.Finish
		case key.Matches(m, p.context.Keys.Enter) && s.Migration.Folder != nil && s.Migration.NeedsApp():
			out.Cmd = p.choosing(s)
		case key.Matches(m, p.context.Keys.Enter) && s.Migration.Folder != nil:
			out.Move = screen.Next
		case p.Wants(m):
			out.State.Migration = s.Migration.With(func(m *steps.Migration) { m.Chosen = false })
			return p.listed(out.State), out
		default:
			p.list, out.Cmd = p.list.Update(m)
		}
	}
	return p, out
}

func (p reportScreen) Wheel(m ui.Wheel) screen.Model {
	p.list, _ = p.list.Update(screen.OffsetWheel(m, reportHead))
	return p
}

// listed fills the checklist.
func (p reportScreen) listed(s steps.State) reportScreen {
	p.move = s.Migration
	if s.Migration.Folder == nil {
		return p
	}
	was := p.apps
	if p.apps = s.Migration.NeedsApp(); p.apps {
		return p.listedApps(s, was)
	}
	var entries []ui.Entry
	for _, item := range s.Migration.Items {
		entries = append(entries, p.entry(item))
	}
	for _, skipped := range check.Skipped(s.Migration.Folder) {
		e := ui.Entry{Mark: ui.MarkSkipped, Title: skipped.Path, Side: p.context.T("migration.handler")}
		if !skipped.Handler {
			e.Mark, e.Side = ui.MarkCannot, p.context.T("migration.unread")
		}
		e.Detail = []ui.Paragraph{{Tone: ui.ToneWarn, Text: p.context.T.Say(skipped.Reason)}}
		entries = append(entries, e)
	}
	p.list = p.list.WithEntries(entries...)
	return p
}

// listedApps fills the list of apps; at first the cursor is on the most likely one.
func (p reportScreen) listedApps(s steps.State, again bool) reportScreen {
	var entries []ui.Entry
	at := 0
	for i, app := range s.Migration.Apps {
		e := ui.Entry{Mark: ui.MarkAlter, Title: app.Name, Side: p.context.T("migration.places", "count", app.Automatic+app.Manual)}
		if app.Moved {
			e.Mark, e.Side = ui.MarkDone, p.context.T("migration.moved")
		}
		e.Detail = []ui.Paragraph{{Text: p.context.T("migration.counts", "automatic", app.Automatic, "manual", app.Manual)}}
		entries = append(entries, e)
		if app.Root == s.Migration.Root {
			at = i
		}
	}
	if p.list = p.list.WithEntries(entries...); !again {
		p.list = p.list.WithCursor(at)
	}
	return p
}

// choosing plans the migration of the app under the cursor, which takes a while.
func (p reportScreen) choosing(s steps.State) tea.Cmd {
	at, ok := p.list.Cursor()
	if !ok || at >= len(s.Migration.Apps) {
		return nil
	}
	return func() tea.Msg {
		next, err := s.WithMigrationApp(s.Migration.Apps[at].Root)
		return scannedMsg{next, err}
	}
}

func (p reportScreen) entry(item migrate.Item) ui.Entry {
	k := p.context
	e := ui.Entry{Mark: ui.MarkDone, Title: k.T(message.ID("migration.item." + item.ID)), Side: steps.ItemWords(k.T, item)}
	for _, f := range item.Findings {
		e.Detail = append(e.Detail, p.finding(f, p.move)...)
	}
	switch item.State {
	case migrate.ItemManual:
		e.Mark = ui.MarkCannot
	case migrate.ItemAutomatic:
		e.Mark = ui.MarkAlter
	case migrate.ItemUnaffected:
	}
	if len(e.Detail) == 0 {
		e.Detail = []ui.Paragraph{{Tone: ui.ToneMuted, Text: steps.OptionalText(k.T, message.ID("migration.item."+item.ID+".why"))}}
	}
	return e
}

// finding shows one finding with its line and its fix.
func (p reportScreen) finding(f facts.Finding, m *steps.Migration) []ui.Paragraph {
	tone := ui.ToneText
	if !f.Automatic {
		tone = ui.ToneWarn
	}
	all := []ui.Paragraph{{Tone: tone, Text: fmt.Sprintf("%s:%d %s %s", f.Path, f.Line, f.Rule, p.context.T.Say(f.Message))}}
	if line, ok := check.Line(m.Folder, f); ok && strings.TrimSpace(line.Text) != "" {
		all = append(all, ui.Paragraph{Tone: ui.ToneCode, Text: "  " + strconv.Itoa(f.Line) + "  " + strings.TrimSpace(line.Text)})
	}
	return append(all, ui.Paragraph{Tone: ui.ToneMuted, Text: "  " + p.context.T.Say(f.Fix)})
}

func (p reportScreen) View() string {
	switch {
	case p.failure != nil:
		return strings.Join(screen.Failure(p.context, p.failure, p.w), "\n")
	case p.move == nil || p.move.Folder == nil:
		return p.phase.View(p.w)
	}
	if p.apps {
		return p.context.Cut(p.context.T("migration.which"), p.w) + "\n\n" + p.list.View()
	}
	return p.context.Cut(p.counts(), p.w) + "\n\n" + p.list.View()
}

// counts returns a summary in one line: what is automatic and what is manual.
func (p reportScreen) counts() string {
	automatic, manual, review := p.move.Counts()
	line := p.context.T("migration.counts", "automatic", automatic, "manual", manual)
	if review > 0 {
		line += p.context.T("migration.counts_look", "count", review)
	}
	if n := len(p.move.Uncommitted); n > 0 {
		line += "  " + p.context.Warn.Render(p.context.Glyphs.Warn+" "+p.context.T("migration.uncommitted", "count", n))
	}
	return line
}

func (p reportScreen) Keys() []key.Binding {
	if p.move == nil || p.move.Folder == nil {
		return nil
	}
	return []key.Binding{p.context.Keys.Enter, p.context.Keys.Down}
}

func (p reportScreen) Show(s steps.State, _ []validate.Problem) screen.Model {
	return p.listed(s)
}

// Wants reports whether a key leads from the report of one of several apps back to their list.
func (p reportScreen) Wants(m tea.KeyPressMsg) bool {
	return key.Matches(m, p.context.Keys.Back) && p.move != nil && len(p.move.Apps) > 1 && p.move.Chosen
}

func (p reportScreen) Focus() string { return string(steps.MigrationReport) }

func (p reportScreen) Resize(w, h int) screen.Model {
	p.w, p.h = w, h
	p.list = p.list.SetSize(w, max(h-reportHead, 1))
	return p
}

func (p reportScreen) Restyle(k *ui.Context) screen.Model {
	p.context, p.list, p.phase = k, p.list.WithContext(k), p.phase.WithContext(k)
	return p
}
