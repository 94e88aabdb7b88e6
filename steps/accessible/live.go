package accessible

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"sleet/snowflake"
	"sleet/steps"
)

// live offers to set the app up in an account, and does so line by line. The app is written by
// then: a person who leaves here has lost nothing.
func (d *dialogue) live(ctx context.Context) error {
	account := d.Effects.Account
	if account.Connect == nil || account.Profiles == nil {
		return nil
	}
	d.print("")
	again, err := d.agreed(d.t("done.live_way"))
	if err != nil || !again {
		return leave(err)
	}
	profile, err := d.profile(ctx)
	if err != nil {
		return leave(err)
	}
	d.say("account.connecting", "Name", profile.Name)
	cloud, err := account.Connect(ctx, profile, account.AskSecret)
	if err != nil {
		return fmt.Errorf("the app is written, but not set up: %w", err)
	}
	defer cloud.Close() //nolint:errcheck // The account ends a session by itself.
	if err := d.bring(ctx, cloud); err != nil {
		return leave(err)
	}
	return nil
}

// leave takes the end of the input, and the way back, for a no.
func leave(err error) error {
	if errors.Is(err, ErrNoAnswer) || errors.Is(err, errBack) {
		return nil
	}
	return err
}

// agreed asks for a yes; an empty line is a no.
func (d *dialogue) agreed(words string) (bool, error) {
	yes, no := d.t("ui.toggle.on"), d.t("ui.toggle.off")
	line, err := d.read(fmt.Sprintf("%s, %s/%s [%s]:", words, yes, no, no))
	line = strings.ToLower(strings.TrimSpace(line))
	return line == "y" || line == "yes" || line == strings.ToLower(yes), err
}

// profile asks for a connection.
func (d *dialogue) profile(ctx context.Context) (steps.Profile, error) {
	all, err := d.Effects.Account.Profiles(ctx)
	if err != nil {
		return steps.Profile{}, fmt.Errorf("cannot list the connections: %w", err)
	}
	var options []option
	current := ""
	for i, p := range all {
		title := strings.TrimSpace(strings.Join([]string{p.Name, p.Account, p.User, p.Role}, " "))
		if p.Demo {
			title = d.t("account.demo")
		}
		value := fmt.Sprint(i)
		options = append(options, option{value: value, title: title, brings: strings.Join(p.Problems, " ")})
		if p.Default {
			current = value
		}
	}
	chosen, err := d.choose(d.t("account.label"), options, current)
	if err != nil {
		return steps.Profile{}, err
	}
	for i, p := range all {
		if fmt.Sprint(i) == chosen {
			return p, nil
		}
	}
	return steps.Profile{}, nil
}

// bring asks for values, shows the plan, asks for a yes and carries it out.
func (d *dialogue) bring(ctx context.Context, cloud steps.Cloud) error {
	deploy := steps.Deployment{App: d.state.App, Dir: d.state.Folder.Dir, Values: steps.SecretValues{}}
	survey, err := cloud.Look(ctx, deploy)
	if err != nil {
		return fmt.Errorf("cannot look at the account: %w", err)
	}
	if len(survey.NeedsValues()) > 0 {
		if err := d.values(ctx, survey, deploy.Values); err != nil {
			return err
		}
		if survey, err = cloud.Look(ctx, deploy); err != nil {
			return fmt.Errorf("cannot look at the account: %w", err)
		}
	}
	d.plan(survey)
	if survey, err = d.files(survey); err != nil {
		return err
	}
	deploy.Overwrite, deploy.Prune = true, true // what is left in the survey was agreed to
	if !survey.Changes() {
		d.say("plan.nothing")
		return nil
	}
	agreed := map[snowflake.Ref]bool{}
	for _, item := range survey.Plan.Items {
		if !item.Ask || item.Action == snowflake.ActionSame {
			continue
		}
		if agreed[item.Ref], err = d.agreed(fmt.Sprintf("%s %s: %s", item.Kind, item.Name, d.t("plan.shared_yes"))); err != nil {
			return err
		}
	}
	if yes, err := d.agreed(d.t("plan.apply")); err != nil || !yes {
		return err
	}
	survey, deploy.Shared = steps.AgreedTo(survey, agreed)
	done, err := cloud.Apply(ctx, deploy, survey, steps.Hands{Event: func(e steps.LiveEvent) { d.event(survey, e) }, Decide: d.decide})
	if err != nil {
		return fmt.Errorf("the run stopped: %w", err)
	}
	d.state.Outcome.Applied = &done
	if save := d.Effects.Account.SaveHandover; save != nil && len(done.AdminSQL) > 0 {
		if d.state.Outcome.Handover, err = save(deploy.Dir, done); err != nil {
			return fmt.Errorf("the run is over: %w", err)
		}
	}
	for _, line := range steps.LiveEndLines(d.plain(), d.state) {
		d.printPlain(line)
	}
	return nil
}

// files asks about each file that was edited in Snowsight, and each that is gone from the folder.
func (d *dialogue) files(survey steps.Survey) (steps.Survey, error) {
	agreed := map[string]bool{}
	ask := func(paths []string, id string) error {
		for _, path := range paths {
			yes, err := d.agreed(path + ": " + d.t(id+"_yes"))
			if err != nil {
				return err
			}
			agreed[path] = yes
		}
		return nil
	}
	if err := ask(survey.Edited, "plan.edited"); err != nil {
		return survey, err
	}
	if err := ask(survey.Gone, "plan.gone"); err != nil {
		return survey, err
	}
	return steps.AgreedFiles(survey, agreed), nil
}

// values asks for the values that must be given, where that can be done without showing them.
func (d *dialogue) values(ctx context.Context, survey steps.Survey, into steps.SecretValues) error {
	ask := d.Effects.Account.AskSecret
	for _, key := range survey.NeedsValues() {
		for _, part := range into.Missing(steps.ValueParts(d.state.App), key) {
			if ask == nil {
				d.print(d.t("plan.needs_value", "Secret", part.String()) + " " + part.Variable())
				return ErrNoAnswer
			}
			value, err := ask(ctx, part.String()+": ")
			if err != nil {
				return fmt.Errorf("no value for %s: %w", part, err)
			}
			if err := steps.CheckValue(part, value); err != nil {
				return fmt.Errorf("nothing was changed: %w", err)
			}
			into[part] = value
		}
	}
	return nil
}

// plan says what it takes, object by object.
func (d *dialogue) plan(survey steps.Survey) {
	for _, item := range survey.Plan.Items {
		d.print(fmt.Sprintf("%s: %s %s", d.t("plan."+string(item.Action)), item.Kind, item.Name))
		if item.Reason != "" {
			d.print("  " + item.Reason)
		}
		for _, st := range item.Handover {
			d.print("  " + d.t("plan.handover") + " " + st.SQL + ";")
		}
	}
}

// event says what happened.
func (d *dialogue) event(survey steps.Survey, e steps.LiveEvent) {
	i := e.Step - 1
	if i < 0 || i >= len(survey.Plan.Items) {
		return
	}
	name := fmt.Sprintf("%s %s", survey.Plan.Items[i].Kind, survey.Plan.Items[i].Name)
	switch e.Event {
	case steps.LiveDone:
		d.print(name + ": " + fmt.Sprintf("%.1f s", e.Took.Seconds()))
	case steps.LiveFailed:
		d.print(name + ": " + d.t("live.failed") + " " + e.Code)
		d.print(e.Message)
	case steps.LiveSkipped:
		d.print(name + ": " + d.t("live.skipped"))
	default:
	}
}

// decide asks what to do about a step that failed.
func (d *dialogue) decide(context.Context, steps.LiveEvent) (steps.Decision, error) {
	var options []option
	for _, letter := range []string{"r", "h", "s", "q"} {
		options = append(options, option{value: letter, title: d.t("live.decide_" + letter)})
	}
	chosen, err := d.choose(d.t("live.decide"), options, "r")
	if err != nil {
		return steps.DecideStop, err
	}
	if chosen == "q" {
		undo, err := d.agreed(d.t("live.undo_title"))
		if err == nil && undo {
			return steps.DecideUndo, nil
		}
		return steps.DecideStop, err
	}
	return map[string]steps.Decision{"r": steps.DecideRetry, "h": steps.DecideHandOver, "s": steps.DecideSkip}[chosen], nil
}
