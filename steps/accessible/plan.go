package accessible

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/wizard"
	"sleet/ui/message"
)

// bring asks for values, shows the plan, asks for confirmation and applies it. If an answer is changed on the way, it
// starts over.
func (d *dialogue) bring(ctx context.Context, survey deploy.Assessment) error {
	if len(survey.Plan.Items) > 0 {
		if err := d.values(survey); err != nil {
			return err
		}
	}
	for {
		survey, ok, err := d.looked(ctx)
		if err != nil || !ok {
			return err
		}
		if d.lacks(survey) { // without a place for the app, there was no plan that needed values
			if err := d.values(survey); err != nil {
				return err
			}
			continue
		}
		if survey, err = d.agreements(survey); err != nil {
			return err
		}
		again, err := d.planned(ctx, survey)
		if err != nil || !again {
			return err
		}
	}
}

// lacks reports whether a value is missing before the plan can be applied.
func (d *dialogue) lacks(survey deploy.Assessment) bool {
	needed, _ := steps.WantedParts(d.state.App, survey)
	return slices.ContainsFunc(needed, func(part deploy.ValuePart) bool { return d.state.SecretValues[part].Empty() })
}

// looked assesses the account until that succeeds or the person stops trying.
func (d *dialogue) looked(ctx context.Context) (survey deploy.Assessment, ok bool, err error) {
	d.title(steps.PlanStep)
	for {
		d.say("account.looking")
		survey, err := d.cloud.Assess(ctx, d.deployment())
		if err == nil {
			return survey, true, nil
		}
		if err := d.failed(err); err != nil {
			return survey, false, err
		}
		var nowhere *deploy.PlaceError
		if errors.As(err, &nowhere) {
			before := d.state.App
			if err := d.edit(snowflake.Ref{Kind: nowhere.Missing}, ""); err != nil {
				return survey, false, err
			}
			if !d.state.App.Equal(before) {
				continue
			}
		}
		yes, _, err := d.yes(d.t("plan.again"), false)
		if err != nil || !yes {
			return survey, false, errors.Join(err, d.lastly)
		}
	}
}

// agreements shows the plan, and asks for consent to each change to what belongs to others.
func (d *dialogue) agreements(survey deploy.Assessment) (deploy.Assessment, error) {
	d.printPlain(wizard.PlanCounts(d.plain(), survey))
	d.plan(survey)
	files := map[string]bool{}
	ask := func(paths []string, id string) (err error) {
		for _, path := range paths {
			if files[path], _, err = d.yes(path+": "+d.t(message.ID(id+"_yes")), false); err != nil {
				return err
			}
		}
		return nil
	}
	if err := ask(survey.Edited, "plan.edited"); err != nil {
		return survey, err
	}
	if err := ask(survey.Gone, "plan.gone"); err != nil {
		return survey, err
	}
	survey = deploy.AgreedFiles(survey, files)
	d.state.Agreed = map[snowflake.Ref]bool{}
	for _, item := range survey.Plan.Items {
		if !item.Ask || item.Action == snowflake.ActionSame {
			continue
		}
		yes, _, err := d.yes(d.Words.Say(item.Text())+": "+d.t("plan.shared_yes"), false)
		if err != nil {
			return survey, err
		}
		d.state.Agreed[item.Ref] = yes
	}
	return survey, nil
}

// planned asks what to do with the plan. again reports whether an answer was changed.
func (d *dialogue) planned(ctx context.Context, survey deploy.Assessment) (again bool, err error) {
	if !survey.Changes() {
		d.say("plan.nothing")
		return false, nil
	}
	yes, no := d.t("ui.toggle.on"), d.t("ui.toggle.off")
	agreed, _ := wizard.AgreedTo(survey, d.state.Agreed)
	for {
		line, err := d.read(d.t("accessible.plan", "question", d.Words.Say(deploy.ConfirmApply(agreed)), "yes", yes, "no", no, "items", len(survey.Plan.Items)))
		if err != nil {
			return false, err
		}
		line = strings.ToLower(strings.TrimSpace(line))
		if digits, ok := strings.CutPrefix(line, "e"); ok {
			if i, ok := number(strings.TrimSpace(digits), len(survey.Plan.Items)); ok {
				item := survey.Plan.Items[i]
				return true, d.edit(item.Ref, item.Key)
			}
		}
		if i, ok := number(line, len(survey.Plan.Items)); ok {
			for _, each := range wizard.PlanLines(d.plain(), survey, i) {
				d.printPlain(each)
			}
			continue
		}
		switch line {
		case "", "n", "no", "false", strings.ToLower(no):
			return false, nil
		case "y", "yes", "true", strings.ToLower(yes):
			return d.run(ctx, survey)
		}
		d.say("accessible.unknown")
	}
}

// plan prints the plan by object. The object's number shows its details.
func (d *dialogue) plan(survey deploy.Assessment) {
	for i, item := range survey.Plan.Items {
		lines := wizard.PlanLines(d.plain(), survey, i)
		d.printPlain(fmt.Sprintf("  %d. %s", i+1, lines[0]))
		if item.Action != snowflake.ActionCannot {
			continue
		}
		for _, line := range lines[1:] { // what somebody else has to do
			d.printPlain("     " + line)
		}
	}
}

// edit asks the step again that determines an object, and writes the app if the answers changed.
func (d *dialogue) edit(ref snowflake.Ref, key string) error {
	id, _ := steps.StepFor(d.state, ref, key)
	before := d.state.App
	where := d.where
	defer func() { d.where = where }()
	for {
		d.title(id)
		to, err := d.step(id)
		if err != nil && !errors.Is(err, errBack) {
			return err
		}
		if to != "" {
			id = to
			continue
		}
		if d.state.App.Equal(before) {
			return nil
		}
		if !d.wrong("") {
			return d.finish()
		}
		id = steps.ReviewStep
	}
}
