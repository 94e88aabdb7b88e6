package wizard

import (
	"maps"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/steps/wizard/screen"
	"sleet/ui"
)

// moved follows a screen's Move.
func (w Wizard) moved(out screen.Outcome) (Wizard, tea.Cmd) {
	switch out.Move {
	case screen.Stay:
	case screen.Next:
		if len(w.screens) > 1 {
			return w.closed()
		}
		if w.detour {
			return w.returned()
		}
		w = w.saw(w.step)
		next, _ := steps.Next(w.state, w.step)
		if w.step == steps.Writing && w.deploying() {
			next = steps.PlanStep
		}
		if next == steps.SecretValuesStep && w.state.RunOptions != nil && !steps.LacksValues(w.state, w.reached.assessment) {
			next = steps.PlanStep // the values are set or already in the account
		}
		return w.enter(screen.Place{Step: next})
	case screen.Jump:
		if steps.IsDeployStep(out.To.Step) { // deploys the app in this folder without changes
			w.written = w.state.App.Clone()
			return w.enter(out.To)
		}
		left := w.screens[0]
		w, cmd := w.enter(out.To)
		w.left = left
		w.detour = out.To.Step != steps.ReviewStep
		if out.Pick == nil {
			return w, cmd
		}
		w, more := w.pick(out.Pick)
		return w, tea.Batch(cmd, more)
	case screen.Walk:
		return w.enter(screen.Place{Step: w.unseen()})
	case screen.Write:
		return w.enter(screen.Place{Step: steps.Writing})
	case screen.Finish:
		w.end = Finished
		return w, tea.Quit
	}
	return w, nil
}

// saw marks a step as completed by the user.
func (w Wizard) saw(id steps.StepID) Wizard {
	w.seen = maps.Clone(w.seen)
	if w.seen == nil {
		w.seen = map[steps.StepID]bool{}
	}
	w.seen[id] = true
	return w
}

// ticks records which steps are done, so that they stay done when the user goes back.
func (w Wizard) ticks() Wizard {
	ticked := maps.Clone(w.ticked)
	if ticked == nil {
		ticked = map[steps.StepID]bool{}
	}
	for i, step := range w.header() {
		if step.State == ui.Done {
			ticked[w.headerSteps()[i]] = true
		}
	}
	w.ticked = ticked
	return w
}

// unseen returns the first step of the journey that the user has not completed, or the review.
func (w Wizard) unseen() steps.StepID {
	for _, id := range steps.Journey(w.state, w.step) {
		if id != steps.Start && !w.seen[id] {
			return id
		}
	}
	return steps.ReviewStep
}

// pendingInput reports whether the user is typing a line that is not a valid answer and would be lost.
func (w Wizard) pendingInput() bool {
	f, ok := w.top().(formScreen)
	return ok && f.Form.PendingInput()
}

// back closes the top screen, or goes to the step before.
func (w Wizard) back() (Wizard, tea.Cmd) {
	if f, ok := w.top().(formScreen); ok && f.added != nil {
		return w.dropping(*f.added)
	}
	if len(w.screens) > 1 {
		return w.closed()
	}
	if w.detour {
		return w.returned()
	}
	before, ok := steps.Back(w.state, w.step)
	if !ok {
		return w.quit()
	}
	if !steps.IsDeployStep(before) {
		w.state.Deploys = false
	}
	return w.enter(screen.Place{Step: before})
}

// dropping closes a new row without adding it, after a question if anything was filled in.
func (w Wizard) dropping(row added) (Wizard, tea.Cmd) {
	drop := func(w Wizard) (Wizard, tea.Cmd) {
		w.state = row.before
		return w.closed()
	}
	if w.state.App.Equal(row.start) {
		return drop(w)
	}
	w.ask = &ask{yes: drop, dialog: ui.NewConfirm(w.context, "", w.context.T("rows.drop.ask")).
		WithAnswers(w.context.T("rows.drop.yes"), w.context.T("rows.drop.no"))}
	return w, nil
}

// returned goes back to the review that jumped to this step, with its tables as they were and the focus on the button
// that writes.
func (w Wizard) returned() (Wizard, tea.Cmd) {
	if w.deploying() {
		return w.replanned()
	}
	left, ok := w.left.(reviewScreen)
	w, cmd := w.enter(screen.Place{Step: steps.ReviewStep})
	if !ok {
		return w, cmd
	}
	left.Form = left.Form.Focus(reviewWrite)
	w.screens = []screen.Model{left.Restyle(w.context)}
	w, more := w.laidOut().refreshed()
	return w, tea.Batch(cmd, more)
}

// closed closes the top screen.
func (w Wizard) closed() (Wizard, tea.Cmd) {
	top := w.top()
	w.screens = append([]screen.Model(nil), w.screens[:len(w.screens)-1]...)
	if f, ok := w.top().(formScreen); ok {
		if _, chosen := top.(inventoryScreen); chosen {
			f.asked = nil // typed text must not override the choice
			w = w.over(f.rebuilt(w.state))
		}
	}
	w, cmd := w.refreshed()
	if table, ok := w.top().(rowsScreen); ok {
		w = w.over(table.leaving())
	}
	return w, cmd
}

// enter opens a step, with the focus on the answer at a path, and saves the draft.
func (w Wizard) enter(to screen.Place) (Wizard, tea.Cmd) {
	w.leftScreens()
	switch to.Step {
	case steps.Writing:
		w.written = w.state.App.Clone()
	case steps.Done:
		w.first = w.state.App.Clone()
	default:
	}
	w.step, w.detour, w.frame = to.Step, false, w.frame.Alone(steps.HidesPreview(w.state, to.Step))
	w.screens = w.screensOf(to)
	w = w.ticks()
	w.preview = w.preview.reset()
	w, cmd := w.laidOut().refreshed()
	return w, tea.Batch(cmd, w.top().Init(), w.keep())
}

// keep saves the answers for the next run, once there is something to lose.
func (w Wizard) keep() tea.Cmd {
	switch {
	case w.step == steps.Done && w.effects.Drop != nil:
		return w.drafts.Command(w.effects.Drop, kept)
	case w.step.Row().Closed || steps.IsDeployStep(w.step) || w.state.Migration != nil || w.effects.Keep == nil:
		return nil
	case !w.dirty() && !w.drafts.Started(): // undone answers must replace those saved before
		return nil
	}
	app := w.state.App.Clone()
	return w.drafts.Command(func() error { return w.effects.Keep(app) }, kept)
}

// dirty reports whether an answer changed since the wizard started.
func (w Wizard) dirty() bool { return !w.state.App.Equal(w.first) }

// quit leaves the wizard, after a question if there is something to lose.
func (w Wizard) quit() (Wizard, tea.Cmd) {
	if w.writing() {
		return w.skipped()
	}
	if next, cmd, ok := w.aborting(); ok {
		return next, cmd
	}
	written := w.step == steps.Done || steps.IsDeployStep(w.step)
	leave := func(w Wizard) (Wizard, tea.Cmd) {
		w.end = Quit
		if written {
			w.end = Finished
		}
		return w, tea.Sequence(w.keep(), tea.Quit)
	}
	if w.ask != nil || written || w.state.Migration == nil && !w.dirty() {
		return leave(w)
	}
	words := w.context.T("quit.ask")
	if w.state.Migration != nil { // a migration has no draft
		words = w.context.T("quit.ask_move")
	}
	w.ask = &ask{yes: leave, dialog: ui.NewConfirm(w.context, w.context.T("quit.title"), words).
		WithAnswers(w.context.T("quit.yes"), w.context.T("quit.no"))}
	return w, nil
}

// writing reports whether files are being written or dependencies locked: then it is too late to leave with nothing
// written.
func (w Wizard) writing() bool {
	p, ok := w.top().(writeScreen)
	return ok && !p.failed
}

// skipped stops the locking of dependencies and goes on without the lock. It waits for files, because they take only a
// moment.
func (w Wizard) skipped() (Wizard, tea.Cmd) {
	if p, ok := w.top().(writeScreen); !ok || !p.locking {
		return w, nil
	}
	w, cmd := w.enter(screen.Place{Step: steps.Done})
	stop := w.effects.SkipLock
	if stop == nil {
		return w, cmd
	}
	return w, tea.Batch(cmd, func() tea.Msg { stop(); return nil })
}

func (w Wizard) confirm(words string, yes func(Wizard) (Wizard, tea.Cmd)) *ask {
	return &ask{dialog: ui.NewConfirm(w.context, "", words), yes: yes}
}

// answered handles the answer to a question.
func (w Wizard) answered(m tea.Msg) (Wizard, tea.Cmd) {
	question := *w.ask
	question.dialog, _ = question.dialog.Update(m)
	switch action := question.dialog.Action(); {
	case action.Kind == ui.Choose && action.Index == 0:
		w.ask = nil
		return question.yes(w)
	case action.Kind == ui.Choose && action.Index == 1 && question.other != nil:
		w.ask = nil
		return question.other(w)
	case action.Kind == ui.Choose, action.Kind == ui.Cancel:
		w.ask = nil
	default:
		w.ask = &question
	}
	return w, nil
}
