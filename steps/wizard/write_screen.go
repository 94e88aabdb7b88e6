package wizard

import (
	"context"
	"errors"

	"charm.land/bubbles/v2/key"

	"sleet/scaffold/validate"
	"sleet/scaffold/workspace"
	"sleet/steps/uv"
	"sleet/steps/wizard/screen"
	"sleet/ui/message"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/ui"
)

// writtenMsg is the result of writing the files, lockedMsg that of locking the dependencies.
type (
	writtenMsg struct {
		result workspace.Result
		lock   bool // whether to lock the dependencies
		folder *workspace.Folder
		err    error
	}
	lockedMsg struct {
		folder *workspace.Folder
		err    error
	}
)

// The rows of the progress.
const (
	rowFiles = iota
	rowLock
)

// writeScreen writes the files, locks the dependencies, and shows the progress.
type writeScreen struct {
	screen.Base

	context *ui.Context
	effects steps.Effects
	plan    steps.Plan
	options workspace.Options
	rows    ui.Progress
	failed  bool
	locking bool
	result  workspace.Result
}

var _ screen.Model = writeScreen{}

func newWriteScreen(k *ui.Context, s steps.State, effects steps.Effects) writeScreen {
	plan := steps.NewPlan(s.App, s.Folder)
	return writeScreen{
		context: k, effects: effects, plan: plan, options: s.WriteOptions(plan.Changes),
		rows: ui.NewProgress(k,
			ui.ProgressRow{Label: k.T("writing.files"), State: ui.Running},
			ui.ProgressRow{Label: k.T("writing.lock")},
		),
	}
}

// Init starts writing.
func (p writeScreen) Init() tea.Cmd {
	return tea.Batch(p.rows.Init(), func() tea.Msg {
		result, err := p.effects.Write(p.plan, p.options)
		msg := writtenMsg{result: result, lock: err == nil && steps.WantsLock(p.plan, result) && !uv.KeptPyproject(result), err: err}
		if err == nil {
			msg.folder = p.effects.ReadFolder()
		}
		return msg
	})
}

func (p writeScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	switch m := msg.(type) {
	case writtenMsg:
		return p.written(m, s)
	case lockedMsg:
		return p.locked(m, s)
	case tea.KeyPressMsg:
		if p.failed && key.Matches(m, p.context.Keys.Enter, p.context.Keys.Back) {
			out.Move, out.To = screen.Jump, screen.Place{Step: steps.ReviewStep}
		}
		return p, out
	}
	p.rows, out.Cmd = p.rows.Update(msg)
	return p, out
}

// written continues with the lock, or shows why nothing was written.
func (p writeScreen) written(m writtenMsg, s steps.State) (screen.Model, screen.Outcome) {
	if m.err != nil {
		p.failed = true
		p.rows = p.row(rowFiles, ui.Failed, m.err.Error()).row(rowLock, ui.Skipped, "").rows
		return p, screen.Outcome{State: s}
	}
	p.result = m.result
	if m.folder != nil {
		s.Folder, s.App.Written = *m.folder, m.folder.App.Written
	}
	p.rows = p.row(rowFiles, ui.Finished, p.context.T("writing.done", "count", len(steps.WrittenPaths(m.result)))).rows
	s.Outcome = steps.NewOutcome(m.result)
	s.Outcome.Locked = !m.lock && steps.LockIsCurrent(s, m.result)
	if !m.lock || p.effects.Lock == nil {
		return p, screen.Outcome{State: s, Move: screen.Next}
	}
	p.locking = true
	p.rows = p.row(rowLock, ui.Running, p.context.T("writing.lock_running")).rows
	return p, screen.Outcome{State: s, Cmd: func() tea.Msg {
		err := p.effects.LockPackages(p.plan, p.result, p.options)
		return lockedMsg{folder: p.effects.ReadFolder(), err: err}
	}}
}

// locked moves on even after an error: an app works without a lock.
func (p writeScreen) locked(m lockedMsg, s steps.State) (screen.Model, screen.Outcome) {
	s.Outcome.Locked = m.err == nil
	if m.folder != nil {
		s.Folder, s.App.Written = *m.folder, m.folder.App.Written
	}
	if m.err != nil && !errors.Is(m.err, context.Canceled) {
		s.Outcome.LockError = message.Of(m.err)
	}
	return p, screen.Outcome{State: s, Move: screen.Next}
}

// row changes one row of the progress.
func (p writeScreen) row(i int, state ui.RowState, detail string) writeScreen {
	row := p.rows.Rows()[i]
	row.State, row.Detail = state, detail
	p.rows = p.rows.SetRow(i, row)
	return p
}

func (p writeScreen) Show(steps.State, []validate.Problem) screen.Model { return p }
func (p writeScreen) Resize(w, h int) screen.Model                      { p.rows = p.rows.SetSize(w, h); return p }
func (p writeScreen) Restyle(k *ui.Context) screen.Model                { p.context = k; return p }
func (p writeScreen) View() string                                      { return p.rows.View() }
func (p writeScreen) Wants(tea.KeyPressMsg) bool                        { return true }
func (p writeScreen) Focus() string                                     { return string(steps.Writing) }

func (p writeScreen) Keys() []key.Binding {
	switch {
	case p.failed:
		return []key.Binding{ui.WithDesc(p.context.Keys.Enter, p.context.T("writing.back"))}
	case p.locking:
		return []key.Binding{ui.WithDesc(p.context.Keys.Quit, p.context.T("writing.skip"))}
	default:
		return nil
	}
}
