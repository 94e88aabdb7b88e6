package wizard

import (
	"context"
	"errors"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"

	"sleet/scaffold/validate"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/doctor"
	"sleet/steps/wizard/screen"
	"sleet/ui"
	"sleet/ui/message"
)

// deployScreen applies a plan and shows its progress, step by step.
type deployScreen struct {
	screen.Base

	context    *ui.Context
	words      runWords
	account    steps.Account
	assessment deploy.Assessment
	cloud      deploy.Deployer
	run        *screen.Stream
	list       ui.StepList
	rows       []planRow
	steps      []deployRow // by item of the plan
	// unfolded shows every unchanged object.
	unfolded bool
	began    time.Time
	now      time.Time
	took     time.Duration
	follow   bool // the cursor follows the running step
	decide   *decideMsg
	edit     *screen.Place // where to go once the run has stopped
	undo     *ui.Confirm
	over     bool
	waiting  bool // for the app to start
	restarts bool
	startup  *doctor.Startup
	opened   bool
	demo     bool
	shown    string // the app's folder, as the user named it
	done     deploy.Applied
	path     string
	failure  error
	notes    []message.Message
	w, h     int
}

// deployRow is the progress of one item of the plan.
type deployRow struct {
	mark     ui.Mark
	event    deploy.Event
	progress message.Message
	began    time.Time
	undone   bool // it was done and then undone
	handed   bool // left to an administrator
}

var _ screen.Model = deployScreen{}

func newDeployScreen(k *ui.Context, s steps.State, account steps.Account, cloud deploy.Deployer, assessment deploy.Assessment) deployScreen {
	assessment, shared := deploy.WithAgreedObjects(assessment, s.Agreed)
	assessment = deploy.WithAgreedFiles(assessment, s.AgreedFiles)
	d := s.Deployment()
	d.Shared, d.Overwrite, d.Prune = d.Shared || shared, true, true // the user agreed to what is left in the assessment
	p := deployScreen{context: k, words: wordsOf(s), account: account, cloud: cloud, assessment: assessment, list: ui.NewStepList(k), began: account.Time(), follow: true, demo: s.Demo, shown: s.Shown}
	p.now = p.began
	p.steps = make([]deployRow, len(assessment.Plan.Items))
	for i, item := range assessment.Plan.Items {
		p.steps[i].mark = ui.MarkWaiting
		switch item.Action {
		case snowflake.ActionSame:
			p.steps[i].mark = ui.MarkSame
		case snowflake.ActionCannot:
			p.steps[i].mark = ui.MarkCannot
		case snowflake.ActionCreate, snowflake.ActionAlter, snowflake.ActionDrop:
		}
	}
	save := account.SaveHandover
	p.run = screen.StartStream(func(ctx context.Context, say func(tea.Msg)) tea.Msg {
		hands := deploy.ApplyHooks{Event: func(e deploy.Event) { say(deployMsg{e}) }, Decide: deciding(say)}
		done, err := cloud.Apply(ctx, d, assessment, hands)
		result := appliedMsg{done: done, err: err}
		if err == nil && len(done.AdminSQL) > 0 && save != nil {
			result.path, result.err = save(d.Dir, done)
		}
		return result
	})
	return p.listed()
}

func (p deployScreen) Init() tea.Cmd { return tea.Batch(p.list.Spin(), p.run.Next()) }

func (p deployScreen) Update(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	switch m := msg.(type) {
	case screen.StreamMsg:
		if m.From == p.run {
			return p.heard(m.Msg, s)
		}
	case spinner.TickMsg:
		if p.over && !p.waiting || p.decide != nil {
			return p, out
		}
		p.now = p.account.Time()
		p = p.listed()
		if p.list.Running() {
			p.list, out.Cmd = p.list.Update(m)
		} else {
			out.Cmd = p.list.Spin()
		}
	case browsedMsg:
		p.failure = m.err
	case ui.Click:
		return p.clicked(m, s)
	case tea.KeyPressMsg:
		return p.pressed(m, s)
	}
	return p, out
}

// heard handles messages of the run.
func (p deployScreen) heard(msg tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	switch m := msg.(type) {
	case deployMsg:
		p = p.event(m.event).listed()
		out.Cmd = p.run.Next()
	case decideMsg:
		p.decide = &m
		p.follow = false
		p.list = p.list.WithCursor(p.rowOf(m.failed.Step - 1))
		p = p.listed()
	case appliedMsg:
		p.over, p.done, p.failure, p.path, p.decide = true, m.done, m.err, m.path, nil
		p.now = p.account.Time()
		p.took = p.now.Sub(p.began)
		out.State.Outcome.Applied, out.State.Outcome.Handover, out.State.Outcome.Failure = &p.done, m.path, m.err
		p = p.stopped()
		if m.done.Undone {
			p = p.unmarked()
		}
		if at := slices.IndexFunc(p.steps, func(row deployRow) bool { return row.mark == ui.MarkFailed }); at >= 0 {
			p.list = p.list.WithCursor(p.rowOf(at))
		}
		p = p.listed()
		if p.edit != nil {
			out.Move, out.To = screen.Jump, *p.edit
			return p, out
		}
		return p.awaited(s, out)
	case startedMsg:
		p = p.started(doctor.Startup(m))
		out.State.Outcome.Startup = *p.startup
	}
	return p, out
}

// startedMsg is the result of waiting for the app to start.
type startedMsg doctor.Startup

// awaited starts waiting for an app that the run created or restarted.
func (p deployScreen) awaited(s steps.State, out screen.Outcome) (screen.Model, screen.Outcome) {
	await := p.account.AwaitStart
	if await == nil || p.failure != nil || !p.done.Complete() || p.done.Undone || !p.restarts && !steps.StartsContainer(s.App, p.assessment) {
		return p, out
	}
	cloud, assessment, began := p.cloud, p.assessment, p.began
	p.waiting, p.took, p.began = true, p.now.Sub(p.began), p.now
	p.run = screen.StartStream(func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		return startedMsg(await(ctx, cloud, assessment, began))
	})
	out.Cmd = tea.Batch(p.run.Next(), p.list.Spin())
	return p.listed(), out
}

// started ends the wait.
func (p deployScreen) started(seen doctor.Startup) deployScreen {
	p.waiting, p.startup = false, &seen
	return p.listed()
}

// event handles one event of the run.
func (p deployScreen) event(e deploy.Event) deployScreen {
	i := e.Step - 1
	if i < 0 || i >= len(p.steps) {
		p.restarts = p.restarts || steps.IsRestart(e)
		if e.Event == deploy.EventNote {
			p.notes = append(append([]message.Message(nil), p.notes...), e.Message)
		}
		return p
	}
	p.steps = append([]deployRow(nil), p.steps...)
	row := p.steps[i]
	switch e.Event {
	case deploy.EventStart:
		row.mark, row.began, row.event, row.progress = ui.MarkRunning, p.account.Time(), e, message.Message{}
		if p.follow {
			p.list = p.list.WithCursor(p.rowOf(i))
		}
	case deploy.EventProgress, deploy.EventNote:
		row.progress = e.Message
	case deploy.EventDone:
		row.mark, row.event = ui.MarkDone, e
	case deploy.EventFailed:
		row.mark, row.event = ui.MarkFailed, e
	case deploy.EventSkipped:
		if row.mark != ui.MarkCannot { // the reason why it is blocked matters more
			row.mark = ui.MarkSkipped
		}
		row.event = e
	case deploy.EventPlan, deploy.EventSummary:
	}
	p.steps[i] = row
	return p
}

// stopped marks running steps as failed once the run is over.
func (p deployScreen) stopped() deployScreen {
	p.steps = append([]deployRow(nil), p.steps...)
	for i, row := range p.steps {
		if row.mark == ui.MarkRunning {
			p.steps[i].mark = ui.MarkFailed
		}
	}
	return p
}

// unmarked removes the ✓ of every step after an undo, because what the steps created was removed.
func (p deployScreen) unmarked() deployScreen {
	p.steps = append([]deployRow(nil), p.steps...)
	for i, row := range p.steps {
		if row.mark == ui.MarkDone {
			p.steps[i].mark, p.steps[i].undone = ui.MarkSkipped, true
		}
	}
	return p
}

// pressed handles a key.
func (p deployScreen) pressed(m tea.KeyPressMsg, s steps.State) (screen.Model, screen.Outcome) {
	out := screen.Outcome{State: s}
	k := p.context.Keys
	switch {
	case p.undo != nil:
		return p.undoing(m, s)
	case p.waiting && key.Matches(m, k.Back):
		p.run.Leave()
		p = p.started(doctor.Startup{Outcome: doctor.Canceled})
		out.State.Outcome.Startup, out.Move = *p.startup, screen.Finish
	case p.decide != nil && p.decision(m.Text):
		return p.decided(m.Text, s)
	case p.decide != nil && key.Matches(m, k.Back):
		return p.decided(stopLetter, s)
	case p.undoes() && m.Text == undoLetter:
		return p.askUndo(), out
	case p.over && key.Matches(m, k.Enter):
		if url := p.done.URL; url != "" && !p.opened && p.browses() {
			p.opened = true
			browse := p.account.Browse
			out.Cmd = func() tea.Msg { return browsedMsg{browse(url)} }
			return p, out
		}
		out.Move = screen.Finish
	case p.over && key.Matches(m, k.Back):
		out.Move = screen.Finish
	case key.Matches(m, k.Space) && p.folds():
		return p.fold(), out
	default:
		p.follow = false
		p.list, out.Cmd = p.list.Update(m)
	}
	return p, out
}

// rowOf returns the line of an item of the plan.
func (p deployScreen) rowOf(item int) int {
	return max(slices.IndexFunc(p.rows, func(r planRow) bool { return slices.Contains(r.items, item) }), 0)
}

// folds reports whether the cursor is on the line of the unchanged items.
func (p deployScreen) folds() bool {
	i, ok := p.list.Cursor()
	return ok && i < len(p.rows) && p.rows[i].kind == foldRow
}

// fold shows or hides the unchanged objects.
func (p deployScreen) fold() deployScreen {
	p.unfolded = !p.unfolded
	return p.listed()
}

func (p deployScreen) browses() bool { return p.account.Browse != nil && !p.demo }

// running reports whether leaving would stop the run.
func (p deployScreen) running() bool { return !p.over }

// aborted reports whether the user stopped the run.
func (p deployScreen) aborted() bool { return p.over && errors.Is(p.failure, context.Canceled) }

func (p deployScreen) Show(steps.State, []validate.Problem) screen.Model { return p }
func (p deployScreen) Wants(tea.KeyPressMsg) bool                        { return true }
func (p deployScreen) Focus() string                                     { return string(steps.DeployStep) }
func (p deployScreen) File(steps.State) string                           { return p.words.file }

func (p deployScreen) Resize(w, h int) screen.Model {
	p.w, p.h = w, h
	p.list = p.list.SetSize(w, max(h-len(p.head())-1, 1))
	return p
}

func (p deployScreen) Restyle(k *ui.Context) screen.Model {
	p.context, p.list = k, p.list.WithContext(k)
	if p.undo != nil {
		dialog := p.undo.WithContext(k)
		p.undo = &dialog
	}
	return p.listed()
}

func (p deployScreen) Underway() *screen.Stream { return p.run }
