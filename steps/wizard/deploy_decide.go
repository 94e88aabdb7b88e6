package wizard

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/wizard/screen"
	"sleet/ui"
)

// undoLetter is the key that undoes a finished run, stopLetter the decision that stops a run.
const (
	undoLetter = "u"
	stopLetter = "q"
)

// undoes reports whether there is anything to undo.
func (p deployScreen) undoes() bool { return p.over && len(p.done.Created) > 0 && !p.done.Undone }

// mayHaveCreated reports whether the run may have created anything: a step that creates is done, or one with several
// statements failed.
func (p deployScreen) mayHaveCreated() bool {
	for i, row := range p.steps {
		item := p.assessment.Plan.Items[i]
		if item.Action == snowflake.ActionCreate && (row.mark == ui.MarkDone || row.mark == ui.MarkFailed && len(item.Statements) > 1) {
			return true
		}
	}
	return false
}

// askUndo asks whether to undo the run.
func (p deployScreen) askUndo() deployScreen {
	dialog := ui.NewConfirm(p.context, p.context.T("live.undo_title"), p.context.T("live.undo_ask")).
		WithAnswers(p.context.T("live.undo_yes"), p.context.T("live.undo_no"))
	if p.decide != nil { // closing the dialog leads back to the decision
		dialog = dialog.WithCancel(p.context.Keys.Back.Help().Desc)
	}
	p.undo = &dialog
	return p
}

// takeBack removes everything that the finished run created.
func (p deployScreen) takeBack(s steps.State) (screen.Model, screen.Outcome) {
	cloud, assessment, done := p.cloud, p.assessment, p.done
	p.over, p.failure = false, nil
	if p.waiting { // the app is being removed
		p.run.Leave()
		p.waiting = false
	}
	p.run = screen.StartStream(func(ctx context.Context, say func(tea.Msg)) tea.Msg {
		undone, err := cloud.Undo(ctx, assessment, done, deploy.ApplyHooks{Event: func(e deploy.Event) { say(deployMsg{e}) }})
		return appliedMsg{done: undone, err: err}
	})
	return p.listed(), screen.Outcome{State: s, Cmd: tea.Batch(p.list.Spin(), p.run.Next())}
}

// clicked answers the question over the screen, or moves to a step; a second click on the unchanged objects unfolds them.
func (p deployScreen) clicked(c ui.Click, s steps.State) (screen.Model, screen.Outcome) {
	if p.undo != nil {
		return p.undoing(c, s)
	}
	p.follow = false
	before, _ := p.list.Cursor()
	p.list, _ = p.list.Update(ui.Click{X: c.X, Y: c.Y - len(p.head()) - 1})
	if at, ok := p.list.Cursor(); ok && at == before && p.folds() {
		return p.fold(), screen.Outcome{State: s}
	}
	return p, screen.Outcome{State: s}
}

func (p deployScreen) Wheel(m ui.Wheel) screen.Model {
	p.follow = false
	p.list, _ = p.list.Update(screen.OffsetWheel(m, len(p.head())+1))
	return p
}

func (p deployScreen) decision(letter string) bool {
	return slices.Contains(p.words.decisions, letter)
}

// decided passes the decision to the run; before it stops, it asks whether to undo the run.
func (p deployScreen) decided(letter string, s steps.State) (screen.Model, screen.Outcome) {
	reply := map[string]deploy.Decision{"r": deploy.DecideRetry, "h": deploy.DecideHandOver, "s": deploy.DecideSkip, "e": deploy.DecideStop}
	switch letter {
	case stopLetter:
		if !p.words.undoes || !p.mayHaveCreated() {
			return p.replied(deploy.DecideStop, s)
		}
		return p.askUndo(), screen.Outcome{State: s}
	case "h":
		if i := p.decide.failed.Step - 1; i >= 0 && i < len(p.steps) {
			p.steps = slices.Clone(p.steps)
			p.steps[i].handed = true
		}
	case "e":
		i := p.decide.failed.Step - 1
		to := screen.Place{Step: steps.ReviewStep}
		if i >= 0 && i < len(p.assessment.Plan.Items) {
			to = screen.PlaceOf(s, p.assessment.Plan.Items[i])
		}
		p.edit = &to
	}
	return p.replied(reply[letter], s)
}

// undoing handles the question whether to undo.
func (p deployScreen) undoing(m tea.Msg, s steps.State) (screen.Model, screen.Outcome) {
	dialog, _ := p.undo.Update(m)
	p.undo = &dialog
	switch action := dialog.Action(); {
	case action.Kind == ui.Cancel:
		p.undo = nil
	case action.Kind == ui.Choose && action.Index == 0:
		p.undo = nil
		if p.over {
			return p.takeBack(s)
		}
		return p.replied(deploy.DecideUndo, s)
	case action.Kind == ui.Choose:
		p.undo = nil
		return p.replied(deploy.DecideStop, s)
	}
	return p, screen.Outcome{State: s}
}

func (p deployScreen) replied(d deploy.Decision, s steps.State) (screen.Model, screen.Outcome) {
	if p.decide == nil {
		return p, screen.Outcome{State: s}
	}
	p.decide.reply <- d
	p.decide, p.follow = nil, true
	return p.listed(), screen.Outcome{State: s, Cmd: tea.Batch(p.list.Spin(), p.run.Next())}
}
