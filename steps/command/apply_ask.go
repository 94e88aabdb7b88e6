package command

import (
	"context"
	"strings"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/steps"
	"sleet/steps/command/accounts"
	"sleet/steps/command/crash"
	"sleet/steps/command/machine"
	"sleet/steps/command/screens"
	"sleet/steps/command/values"
	"sleet/steps/deploy"
	"sleet/steps/diagnosis"
	"sleet/steps/doctor"
	"sleet/steps/wizard"
	"sleet/ui/message"
)

// complete asks for what is still missing: secrets' values, and confirmations to alter shared objects and to replace
// edits made in Snowsight.
func (o *applyOptions) complete(
	ctx context.Context, cloud deploy.Deployer, d deploy.Deployment, s deploy.Assessment, parts []deploy.ValuePart,
) (deploy.Deployment, deploy.Assessment, error) {
	again := false
	if keys := s.NeedsValues(); len(keys) > 0 {
		var missing []deploy.ValuePart
		for _, key := range keys {
			missing = append(missing, d.Values.Missing(parts, key)...)
		}
		if !o.asks() || o.host.AskSecret == nil {
			return d, s, values.Missing("value.needed", missing)
		}
		if err := values.Ask(ctx, o.host, o.t, missing, d.Values); err != nil {
			return d, s, err
		}
		again = true
	}
	if shared := askedAbout(s); len(shared) > 0 && !d.Shared && o.asks() {
		yes, err := o.person().Yes(ctx, o.t("apply.ask_shared", "objects", o.words(message.Join(", ", shared...))))
		if err != nil {
			return d, s, err
		}
		d.Shared = yes
		again = again || yes
	}
	if len(s.Edited) > 0 && !d.Overwrite && o.asks() {
		yes, err := o.person().Yes(ctx, o.t("apply.ask_edited", "files", strings.Join(s.Edited, ", ")))
		if err != nil {
			return d, s, err
		}
		d.Overwrite = yes
		again = again || yes
	}
	if !again {
		return d, s, nil
	}
	s, err := cloud.Assess(ctx, d)
	return d, s, err
}

// askedAbout returns the changes that need their own confirmation.
func askedAbout(s deploy.Assessment) []message.Message {
	var names []message.Message
	for _, item := range s.Plan.Items {
		if item.Ask && item.Action != snowflake.ActionSame {
			names = append(names, item.Text())
		}
	}
	return names
}

// person returns the Person who answers questions. There is only one reader of the terminal.
func (o *liveOptions) person() *machine.Person {
	if o.asked == nil {
		o.asked = machine.NewPerson(o.host, o.t)
	}
	return o.asked
}

// confirm asks whether to apply the plan.
func (o *applyOptions) confirm(ctx context.Context, s deploy.Assessment) error {
	yes, err := o.person().Yes(ctx, o.t.Say(deploy.ConfirmApply(s)))
	switch {
	case err != nil:
		return err
	case !yes:
		return message.Wrap(context.Canceled, "apply.unchanged")
	default:
		return nil
	}
}

// hands returns the hooks of a run.
func (o *liveOptions) hands(report liveReport) deploy.ApplyHooks {
	h := deploy.ApplyHooks{Event: report.event}
	if !o.asks() {
		return h
	}
	h.Decide = func(ctx context.Context, _ deploy.Event) (deploy.Decision, error) {
		report.pause()
		letter, err := o.person().Choose(ctx, o.t("apply.what_now"), []machine.Choice{
			{Letter: "r", What: o.t("live.decide_r")},
			{Letter: "s", What: o.t("live.decide_s")},
			{Letter: "h", What: o.t("live.decide_h")},
			{Letter: "u", What: o.t("apply.undo")},
			{Letter: "q", What: o.t("apply.quit")},
		})
		if err != nil {
			return deploy.DecideStop, err
		}
		return map[string]deploy.Decision{
			"r": deploy.DecideRetry, "s": deploy.DecideSkip, "h": deploy.DecideHandOver, "u": deploy.DecideUndo, "q": deploy.DecideStop,
		}[letter], nil
	}
	return h
}

// machinePatience is how long to wait for an app to start if nobody can stop the wait: a waiting CI job costs money.
const machinePatience = time.Minute

// awaitStart waits until an app that this run created or restarted has started, as far as the account shows it. If the
// app fails, it prints the app's output and returns an error.
func (o *applyOptions) awaitStart(ctx context.Context, cloud deploy.Deployer, d deploy.Deployment, s deploy.Assessment, began time.Time) error {
	var lines []observe.LogLine
	start, ref, ok := accounts.NewStartWait(ctx, cloud, s, began, &lines)
	seen := doctor.Startup{Outcome: doctor.Unreadable}
	var err error
	switch start.Timeout = machinePatience; {
	case !ok:
	case o.host.Terminal && !o.json && !o.globals.accessible && !o.host.IsDumbTerminal():
		start.Timeout = accounts.Patience
		seen, err = o.watchStart(ctx, start)
	default:
		o.startEvent(deploy.EventStart, ref, message.New("apply.starting"))
		seen = start.Wait(ctx)
	}
	if err == nil && ctx.Err() != nil {
		err = message.Wrap(context.Cause(ctx), "run.stopped_by")
	}
	if err != nil {
		return err
	}
	return o.startEnded(d, ref, seen, lines)
}

// watchStart waits on a screen.
func (o *applyOptions) watchStart(ctx context.Context, start doctor.StartWait) (doctor.Startup, error) {
	defer crash.WatchTerminal(o.host.In, o.t("run.crashed"))()
	return diagnosis.Watch(ctx, wizard.Session{
		Words: o.host.Catalogue(o.globals.lang), Environ: o.host.Environ, In: o.host.In, Out: o.host.Out, Terminal: true,
	}, start)
}

// startEvent reports the start of an app, as text or as JSON.
func (o *applyOptions) startEvent(event deploy.EventKind, ref snowflake.Ref, text message.Message) {
	if o.json {
		(&jsonReport{out: o.host.Out}).event(deploy.Event{Event: event, Ref: ref, Message: text})
		return
	}
	o.say(o.words(text))
}

// startEnded reports the result of waiting.
func (o *applyOptions) startEnded(d deploy.Deployment, ref snowflake.Ref, seen doctor.Startup, lines []observe.LogLine) error {
	text := steps.StartupWords(seen, d.Dir)
	switch {
	case seen.Outcome == doctor.Started:
		o.startEvent(deploy.EventDone, ref, text)
	case seen.Outcome != doctor.Failed:
		o.startEvent(deploy.EventSkipped, ref, text)
	case o.json:
		o.startEvent(deploy.EventFailed, ref, text)
	default:
		if _, err := (&logsOptions{host: o.host, t: o.t, level: logLevels[0]}).print(lines); err != nil {
			return err
		}
	}
	return screens.StartError(seen)
}

// offerBrowser asks whether to open the app.
func (o *applyOptions) offerBrowser(ctx context.Context, done deploy.Applied) error {
	if !o.asks() || o.host.Browse == nil || o.demo {
		return nil
	}
	yes, err := o.person().Yes(ctx, o.t("apply.ask_browser"))
	if err != nil || !yes {
		return err
	}
	if err := o.host.Browse(done.URL); err != nil {
		o.say(o.t.Say(message.Of(err)))
	}
	return nil
}
