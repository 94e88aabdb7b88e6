package accessible

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/wizard"
	"sleet/ui/message"
)

// run applies a plan. again reports whether a step failed and the person changed an answer because of it.
func (d *dialogue) run(ctx context.Context, assessment deploy.Assessment) (again bool, err error) {
	d.title(steps.DeployStep)
	deployment := d.state.Deployment()
	deployment.Overwrite, deployment.Prune = true, true // everything that remains in the assessment was agreed to
	assessment, deployment.Shared = deploy.WithAgreedObjects(assessment, d.state.Agreed)
	var edit *deploy.Event
	began, restarts := d.Effects.Account.Time(), atomic.Bool{}
	hands := deploy.ApplyHooks{
		Event: func(e deploy.Event) {
			if steps.IsRestart(e) {
				restarts.Store(true)
			}
			d.event(assessment, e)
		},
		Decide: func(_ context.Context, failed deploy.Event) (deploy.Decision, error) {
			decision, edits, err := d.decide()
			if edits {
				edit = &failed
			}
			return decision, err
		},
	}
	done, err := d.cloud.Apply(ctx, deployment, assessment, hands)
	if edit != nil {
		item := snowflake.Item{}
		if i := edit.Step - 1; i >= 0 && i < len(assessment.Plan.Items) {
			item = assessment.Plan.Items[i]
		}
		return true, d.edit(item.Ref, item.Key)
	}
	if err != nil {
		return false, message.Wrap(err, "accessible.run_stopped")
	}
	if done.Complete() && (restarts.Load() || steps.StartsContainer(d.state.App, assessment)) {
		d.awaitStart(ctx, assessment, began)
	}
	return false, d.finishRun(ctx, assessment, done)
}

// awaitStart waits for the app to start and prints the outcome. The wait is short, because no answer can be read during
// it.
func (d *dialogue) awaitStart(ctx context.Context, assessment deploy.Assessment, began time.Time) {
	await := d.Effects.Account.AwaitStart
	if await == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	d.say("apply.starting")
	d.state.Outcome.Startup = await(ctx, d.cloud, assessment, began)
	d.print(d.Words.Say(steps.StartupWords(d.state.Outcome.Startup, d.state.Shown)))
}

// finishRun prints the result of a run, and offers to open the app or to undo the run.
func (d *dialogue) finishRun(ctx context.Context, assessment deploy.Assessment, done deploy.Applied) error {
	account := d.Effects.Account
	for {
		var err error
		d.state.Outcome.Applied = &done
		if save := account.SaveHandover; save != nil && len(done.AdminSQL) > 0 {
			if d.state.Outcome.Handover, err = save(d.state.Folder.Dir, done); err != nil {
				return message.Wrap(err, "accessible.run_over")
			}
		}
		for _, line := range wizard.DeployEndLines(d.plain(), d.state) {
			d.printPlain(line)
		}
		if len(done.Unverified) > 0 {
			d.say("live.unverified", "names", d.Words.Say(message.Join(", ", done.Unverified...)))
		}
		if len(done.NotShown) > 0 {
			d.say("live.not_shown", "names", d.Words.Say(message.Join(", ", done.NotShown...)))
		}
		undo, err := d.askNext(done)
		if err != nil || !undo {
			return err
		}
		undone, err := d.cloud.Undo(ctx, assessment, done, deploy.ApplyHooks{Event: func(e deploy.Event) { d.event(assessment, e) }})
		if err != nil {
			if err := d.failed(err); err != nil {
				return err
			}
			continue // what remains can be undone
		}
		done = undone
		d.state.Outcome.Handover = ""
	}
}

// askNext asks what to do with a finished run, if there is anything to do.
func (d *dialogue) askNext(done deploy.Applied) (undo bool, err error) {
	browses := done.URL != "" && d.Effects.Account.Browse != nil && !d.state.Demo
	undoes := len(done.Created) > 0 && !done.Undone
	options := []option{{value: "finish", title: d.t("done.finish_way")}}
	if undoes {
		options = append(options, option{value: "undo", title: d.t("live.undo_title"), brings: d.t("live.undo_ask")})
	}
	if browses {
		options = append(options, option{value: "open", title: d.t("live.open")})
	}
	for len(options) > 1 {
		chosen, err := d.choose(d.t("done.next"), options, "")
		switch {
		case errors.Is(err, errBack): // a finished run has no previous step
		case err != nil || chosen != "open":
			return chosen == "undo", err
		default:
			if err := d.Effects.Account.Browse(done.URL); err != nil {
				d.print(d.Words.Say(message.Of(err)))
			}
		}
	}
	return false, nil
}

// event prints an event.
func (d *dialogue) event(assessment deploy.Assessment, e deploy.Event) {
	i := e.Step - 1
	if i < 0 || i >= len(assessment.Plan.Items) {
		if e.Event == deploy.EventNote {
			d.print(d.Words.Say(e.Message))
		}
		return
	}
	name := d.Words.Say(assessment.Plan.Items[i].Text())
	switch e.Event {
	case deploy.EventDone:
		d.print(name + ": " + fmt.Sprintf("%.1f s", e.Took.Seconds()))
	case deploy.EventFailed:
		d.print(name + ": " + d.t("live.failed"))
		d.print(d.Words.Say(e.Message))
	case deploy.EventSkipped:
		d.print(name + ": " + d.t("live.skipped"))
	default:
	}
}

// decide asks what to do about a failed step. edits reports whether the person wants to change its answer.
func (d *dialogue) decide() (decision deploy.Decision, edits bool, err error) {
	var options []option
	for _, letter := range []string{"r", "e", "h", "s", "q"} {
		options = append(options, option{value: letter, title: d.t(message.ID("live.decide_" + letter))})
	}
	for {
		chosen, err := d.choose(d.t("live.decide"), options, "r")
		switch {
		case errors.Is(err, errBack):
			continue
		case err != nil:
			return deploy.DecideStop, false, err
		}
		switch chosen {
		case "r":
			return deploy.DecideRetry, false, nil
		case "h":
			return deploy.DecideHandOver, false, nil
		case "s":
			return deploy.DecideSkip, false, nil
		case "e":
			return deploy.DecideStop, true, nil
		}
		undo, _, err := d.confirm(d.t("live.undo_title"), false)
		switch {
		case errors.Is(err, errBack):
			continue
		case err == nil && undo:
			return deploy.DecideUndo, false, nil
		}
		return deploy.DecideStop, false, err
	}
}
