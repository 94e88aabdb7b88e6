package accessible

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/wizard"
	"sleet/ui/message"
)

// applyPlan asks for values, shows the plan, asks for confirmation and applies it. If an answer is changed on the way,
// it starts over.
func (d *dialogue) applyPlan(ctx context.Context, assessment deploy.Assessment) error {
	if len(assessment.Plan.Items) > 0 {
		if err := d.values(assessment); err != nil {
			return err
		}
	}
	for {
		assessment, ok, err := d.assess(ctx)
		if err != nil || !ok {
			return err
		}
		if steps.LacksValues(d.state, assessment) { // without a place for the app, there was no plan that needed values
			if err := d.values(assessment); err != nil {
				return err
			}
			continue
		}
		if assessment, err = d.askConsent(assessment); err != nil {
			return err
		}
		again, err := d.askPlan(ctx, assessment)
		if err != nil || !again {
			return err
		}
	}
}

// assess assesses the account until that succeeds or the person stops trying.
func (d *dialogue) assess(ctx context.Context) (assessment deploy.Assessment, ok bool, err error) {
	d.title(steps.PlanStep)
	for {
		d.say("account.looking")
		assessment, err := d.cloud.Assess(ctx, d.state.Deployment())
		if err == nil {
			return assessment, true, nil
		}
		if err := d.failed(err); err != nil {
			return assessment, false, err
		}
		var nowhere *deploy.LocationError
		if errors.As(err, &nowhere) {
			before := d.state.App
			if err := d.edit(snowflake.Ref{Kind: nowhere.Missing}, ""); err != nil {
				return assessment, false, err
			}
			if !d.state.App.Equal(before) {
				continue
			}
		}
		yes, _, err := d.confirm(d.t("plan.again"), false)
		if err != nil || !yes {
			return assessment, false, errors.Join(err, d.lastErr)
		}
	}
}

// askConsent shows the plan, and asks for consent to each change to what belongs to others.
func (d *dialogue) askConsent(assessment deploy.Assessment) (deploy.Assessment, error) {
	d.printPlain(wizard.PlanCounts(d.plain(), assessment))
	d.plan(assessment)
	files := map[string]bool{}
	ask := func(paths []string, id string) (err error) {
		for _, path := range paths {
			if files[path], _, err = d.confirm(path+": "+d.t(message.ID(id+"_yes")), false); err != nil {
				return err
			}
		}
		return nil
	}
	if err := ask(assessment.Edited, "plan.edited"); err != nil {
		return assessment, err
	}
	if err := ask(assessment.Gone, "plan.gone"); err != nil {
		return assessment, err
	}
	assessment = deploy.WithAgreedFiles(assessment, files)
	d.state.Agreed = map[snowflake.Ref]bool{}
	for _, item := range assessment.Plan.Items {
		if !item.Ask || item.Action == snowflake.ActionSame {
			continue
		}
		yes, _, err := d.confirm(d.Words.Say(item.Text())+": "+d.t("plan.shared_yes"), false)
		if err != nil {
			return assessment, err
		}
		d.state.Agreed[item.Ref] = yes
	}
	return assessment, nil
}

// askPlan asks what to do with the plan. again reports whether an answer was changed.
func (d *dialogue) askPlan(ctx context.Context, assessment deploy.Assessment) (again bool, err error) {
	if !assessment.Changes() {
		d.say("plan.nothing")
		return false, nil
	}
	yes, no := d.t("ui.toggle.on"), d.t("ui.toggle.off")
	agreed, _ := deploy.WithAgreedObjects(assessment, d.state.Agreed)
	for {
		line, err := d.read(d.t("accessible.plan", "question", d.Words.Say(deploy.ConfirmApply(agreed)), "yes", yes, "no", no, "items", len(assessment.Plan.Items)))
		if err != nil {
			return false, err
		}
		line = strings.ToLower(strings.TrimSpace(line))
		if digits, ok := strings.CutPrefix(line, "e"); ok {
			if i, ok := number(strings.TrimSpace(digits), len(assessment.Plan.Items)); ok {
				item := assessment.Plan.Items[i]
				return true, d.edit(item.Ref, item.Key)
			}
		}
		if i, ok := number(line, len(assessment.Plan.Items)); ok {
			for _, each := range wizard.PlanLines(d.plain(), assessment, i) {
				d.printPlain(each)
			}
			continue
		}
		switch line {
		case "", "n", "no", "false", strings.ToLower(no):
			return false, nil
		case "y", "yes", "true", strings.ToLower(yes):
			return d.run(ctx, assessment)
		}
		d.say("accessible.unknown")
	}
}

// plan prints the plan by object. The object's number shows its details.
func (d *dialogue) plan(assessment deploy.Assessment) {
	for i, item := range assessment.Plan.Items {
		lines := wizard.PlanLines(d.plain(), assessment, i)
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
		if !d.reportProblems("") {
			return d.finish()
		}
		id = steps.ReviewStep
	}
}
