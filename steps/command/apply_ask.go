package command

import (
	"context"
	"strings"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// complete asks for what is still missing: secrets' values, and a word on what others share and
// on edits made in Snowsight.
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
			return d, s, missingValues("value.needed", missing)
		}
		if err := askValues(ctx, o.host, o.t, missing, d.Values); err != nil {
			return d, s, err
		}
		again = true
	}
	if shared := askedAbout(s); len(shared) > 0 && !d.Shared && o.asks() {
		yes, err := o.person().yes(ctx, o.t("apply.ask_shared", "objects", o.words(message.Join(", ", shared...))))
		if err != nil {
			return d, s, err
		}
		d.Shared = yes
		again = again || yes
	}
	if len(s.Edited) > 0 && !d.Overwrite && o.asks() {
		yes, err := o.person().yes(ctx, o.t("apply.ask_edited", "files", strings.Join(s.Edited, ", ")))
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

// askedAbout names what is altered only after a yes of its own.
func askedAbout(s deploy.Assessment) []message.Message {
	var names []message.Message
	for _, item := range s.Plan.Items {
		if item.Ask && item.Action != snowflake.ActionSame {
			names = append(names, item.Text())
		}
	}
	return names
}

// person returns the one that answers questions; there is one reader of the terminal.
func (o *liveOptions) person() *person {
	if o.asked == nil {
		o.asked = newPerson(o.host, o.t)
	}
	return o.asked
}

// confirm asks whether to apply the plan.
func (o *applyOptions) confirm(ctx context.Context, s deploy.Assessment) error {
	yes, err := o.person().yes(ctx, o.t.Say(steps.ConfirmApply(s)))
	switch {
	case err != nil:
		return err
	case !yes:
		return message.Wrap(context.Canceled, "apply.unchanged")
	default:
		return nil
	}
}

// hands are what a run does beside the account.
func (o *liveOptions) hands(report liveReport) deploy.ApplyHooks {
	h := deploy.ApplyHooks{Event: report.event}
	if !o.asks() {
		return h
	}
	h.Decide = func(ctx context.Context, _ deploy.Event) (deploy.Decision, error) {
		report.pause()
		letter, err := o.person().choose(ctx, o.t("apply.what_now"), []choice{
			{"r", o.t("live.decide_r")},
			{"s", o.t("live.decide_s")},
			{"h", o.t("live.decide_h")},
			{"u", o.t("apply.undo")},
			{"q", o.t("apply.quit")},
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

// offerBrowser asks whether to open the app.
func (o *applyOptions) offerBrowser(ctx context.Context, done deploy.Applied) error {
	if !o.asks() || o.host.Browse == nil || o.demo {
		return nil
	}
	yes, err := o.person().yes(ctx, o.t("apply.ask_browser"))
	if err != nil || !yes {
		return err
	}
	if err := o.host.Browse(done.URL); err != nil {
		o.say(o.t.Say(message.Of(err)))
	}
	return nil
}
