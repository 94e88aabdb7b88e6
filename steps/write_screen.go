package steps

import (
	"context"
	"errors"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/ui"
)

// Effects is what the wizard may do to the world. Each function may wait: the wizard calls them
// in commands, never while it draws.
type Effects struct {
	// Write writes a plan.
	Write func(Plan, scaffold.Options) (scaffold.Result, error)
	// Lock pins the packages in the plan's folder and returns uv's last words; nil where uv is not
	// installed or not wanted.
	Lock func(Plan) (string, error)
	// List has snowflake.yml list the lock after Lock made it; result is that of Write. nil lists nothing.
	List func(p Plan, result scaffold.Result, merged []byte) error
	// LockLeft hears how the pinning of a migrated app ended: it lists the packages that cannot be pinned among what
	// is left to the person, or the lock in snowflake.yml.
	LockLeft func(migrate.Migration, error) error
	// SkipLock stops the pinning under way; nil where it cannot be stopped.
	SkipLock func()
	// Keep saves the answers for the next time, Drop forgets them.
	Keep func(scaffold.App) error
	Drop func() error
	// Reread reads the app's folder again after a writing; nil leaves what was read before.
	Reread func() (scaffold.Folder, error)
	// Scan reads the folder of an app to be moved, and names its files that git has no commit of. What
	// it is given hears, file by file, how many were read.
	Scan func(seen func(files int)) (folder *existing.Folder, uncommitted []string, err error)
	// Glance reads such a folder and changes nothing in it, not even what a stopped run left half done;
	// nil shows nothing of the app before it is scanned.
	Glance func() (*existing.Folder, error)
	// WriteMove writes the files of a moved app, all or none.
	WriteMove func([]migrate.Change) error
	// Edit opens a text in the person's editor; nil where there is none.
	Edit OpenEditor
	// EditHere edits a copy of a text named like name where no screen stands in the way; nil without
	// a terminal.
	EditHere func(name string, text []byte) ([]byte, error)
	// Account is what the steps in an account may do; without it they are not offered.
	Account Account
}

// writtenMsg says how the writing ended, lockedMsg how uv did.
type (
	writtenMsg struct {
		result scaffold.Result
		lock   bool // the packages are to be pinned
		folder *scaffold.Folder
		err    error
	}
	lockedMsg struct {
		folder *scaffold.Folder
		err    error
	}
)

// The rows of the progress.
const (
	rowFiles = iota
	rowLock
)

// writeScreen writes the files and pins the packages, and says how far it is.
type writeScreen struct {
	kit     *ui.Kit
	effects Effects
	plan    Plan
	options scaffold.Options
	rows    ui.Progress
	failed  bool
	locking bool
	result  scaffold.Result
}

var _ screen = writeScreen{}

func newWriteScreen(k *ui.Kit, s State, effects Effects) writeScreen {
	return writeScreen{
		kit: k, effects: effects, plan: NewPlan(s.App, s.Folder), options: s.Review.options(),
		rows: ui.NewProgress(k,
			ui.ProgressRow{Label: k.T("writing.files"), State: ui.Running},
			ui.ProgressRow{Label: k.T("writing.lock")},
		),
	}
}

// init starts the writing.
func (p writeScreen) init() tea.Cmd {
	return tea.Batch(p.rows.Init(), func() tea.Msg {
		result, err := p.effects.Write(p.plan, p.options)
		msg := writtenMsg{result: result, lock: err == nil && WantsLock(p.plan, result) && !KeptManifest(result), err: err}
		if err == nil {
			msg.folder = p.effects.reread()
		}
		return msg
	})
}

func (p writeScreen) update(msg tea.Msg, s State) (screen, outcome) {
	out := outcome{state: s}
	switch m := msg.(type) {
	case writtenMsg:
		return p.written(m, s)
	case lockedMsg:
		return p.locked(m, s)
	case tea.KeyPressMsg:
		if p.failed && key.Matches(m, p.kit.Keys.Enter, p.kit.Keys.Back) {
			out.move, out.to = jump, place{step: Reviewed}
		}
		return p, out
	}
	p.rows, out.cmd = p.rows.Update(msg)
	return p, out
}

// written goes on to the lock, or stays with the reason why nothing was written.
func (p writeScreen) written(m writtenMsg, s State) (screen, outcome) {
	if m.err != nil {
		p.failed = true
		p.rows = p.row(rowFiles, ui.Failed, m.err.Error()).row(rowLock, ui.Skipped, "").rows
		return p, outcome{state: s}
	}
	p.result = m.result
	if m.folder != nil {
		s.Folder, s.App.Written = *m.folder, m.folder.App.Written
	}
	p.rows = p.row(rowFiles, ui.Finished, p.kit.T("writing.done", "count", len(wrote(m.result)))).rows
	s.Outcome = outcomeOf(m.result)
	s.Outcome.Locked = !m.lock && s.facts().PackageFile == pyproject && !KeptManifest(m.result)
	if !m.lock || p.effects.Lock == nil {
		return p, outcome{state: s, move: onward}
	}
	p.locking = true
	p.rows = p.row(rowLock, ui.Running, p.kit.T("writing.lock_running")).rows
	return p, outcome{state: s, cmd: func() tea.Msg {
		err := p.effects.pin(p.plan, p.result, p.options)
		return lockedMsg{folder: p.effects.reread(), err: err}
	}}
}

// locked goes on: an app is whole without its lock.
func (p writeScreen) locked(m lockedMsg, s State) (screen, outcome) {
	s.Outcome.Locked = m.err == nil
	if m.folder != nil {
		s.Folder, s.App.Written = *m.folder, m.folder.App.Written
	}
	if m.err != nil && !errors.Is(m.err, context.Canceled) {
		s.Outcome.LockError = m.err.Error()
	}
	return p, outcome{state: s, move: onward}
}

// outcomeOf tells what the writing did.
func outcomeOf(r scaffold.Result) Outcome {
	return Outcome{Wrote: wrote(r), Kept: r.Kept, Removed: r.Removed, Stale: r.Stale, Foreign: r.Foreign}
}

// wrote lists the paths that were written.
func wrote(r scaffold.Result) []string {
	var paths []string
	for _, c := range r.Changes {
		if c.State != scaffold.FileSame && !slices.Contains(r.Kept, c.Path) {
			paths = append(paths, c.Path)
		}
	}
	return paths
}

// row changes one row of the progress.
func (p writeScreen) row(i int, state ui.RowState, detail string) writeScreen {
	row := p.rows.Rows()[i]
	row.State, row.Detail = state, detail
	p.rows = p.rows.SetRow(i, row)
	return p
}

func (p writeScreen) show(State, []scaffold.Problem) screen { return p }
func (p writeScreen) resize(w, h int) screen                { p.rows = p.rows.SetSize(w, h); return p }
func (p writeScreen) restyle(k *ui.Kit) screen              { p.kit = k; return p }
func (p writeScreen) view() string                          { return p.rows.View() }
func (p writeScreen) cursor() (x, y int, ok bool)           { return 0, 0, false }
func (p writeScreen) wants(tea.KeyPressMsg) bool            { return true }
func (p writeScreen) typing() bool                          { return false }
func (p writeScreen) focus() string                         { return string(Writing) }
func (writeScreen) anchor(State) string                     { return "" }

func (p writeScreen) file(State) string  { return "" }
func (p writeScreen) peek(s State) State { return s }

func (p writeScreen) keys() []key.Binding {
	switch {
	case p.failed:
		return []key.Binding{ui.As(p.kit.Keys.Enter, p.kit.T("writing.back"))}
	case p.locking:
		return []key.Binding{ui.As(p.kit.Keys.Quit, p.kit.T("writing.skip"))}
	default:
		return nil
	}
}
