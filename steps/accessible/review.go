package accessible

import (
	"fmt"
	"strings"

	"sleet/scaffold/validate"
	"sleet/scaffold/workspace"
	"sleet/steps"
	"sleet/ui/message"
)

// review prints every answer, file and problem, and asks to write the files, to change an answer by its number, or to
// go through every step.
func (d *dialogue) review() (steps.StepID, error) {
	plan := steps.PlanOf(d.state, validate.Problems(d.state.App))
	lines := steps.Lines(d.state, plan.Problems)
	for i, l := range lines {
		label, value, mark := l.Words(d.t)
		d.print(strings.TrimRight(fmt.Sprintf("  %d. %s: %s %s", i+1, label, value, bracketed(mark)), " "))
	}
	d.say("review.files")
	for _, c := range plan.Changes {
		d.print(fmt.Sprintf("  %s: %s", c.Path, d.t(message.ID("accessible.state_"+string(c.State)))))
	}
	if err := d.resolveConflicts(plan); err != nil {
		return "", err
	}
	blocked := d.reportProblems("")
	for {
		line, err := d.read(d.t("accessible.review", "lines", len(lines)) + d.promptEnd())
		line = strings.TrimSpace(line)
		if err != nil {
			return "", err
		}
		if d.showFile(plan, line) {
			continue
		}
		line = strings.ToLower(line)
		if n, ok := number(line, len(lines)); ok {
			return lines[n].Step, nil
		}
		switch {
		case line == "all":
			d.state.Every, d.allSteps = true, true
			return steps.AppStep, nil
		case line == "" && blocked:
			d.reportProblems("")
		case line == "":
			return "", nil
		case line == deployWord && d.Effects.Account.CanConnect() && blocked:
			d.reportProblems("")
		case line == deployWord && d.Effects.Account.CanConnect():
			d.deployAfter = true
			return "", nil
		default:
			d.say("accessible.unknown")
		}
	}
}

func bracketed(mark string) string {
	if mark == "" {
		return ""
	}
	return "(" + mark + ")"
}

// resolveConflicts asks what to do with each file that the person edited.
func (d *dialogue) resolveConflicts(plan steps.Plan) error {
	for _, c := range plan.Changes {
		if c.State != workspace.FileEdited {
			continue
		}
		conflict := d.state.Conflict(c)
		then := c.New
		if conflict.Merged != nil {
			then = conflict.Merged
		}
		d.print(workspace.UnifiedDiff(c.Path, c.Old, then))
		var options []option
		for _, choice := range conflict.Choices {
			options = append(options, option{value: choice, title: d.t(message.ID("review." + choice))})
		}
		choice, err := d.choose(d.t("review.edited", "path", c.Path), options, conflict.Choice)
		if err != nil {
			return err
		}
		d.state = d.state.WithChoice(c, choice)
	}
	return nil
}

// deployWord is the answer that writes the files and then deploys the app.
const deployWord = "deploy"

// promptEnd returns the end of a prompt, which mentions deploying if that is possible.
func (d *dialogue) promptEnd() string {
	if !d.Effects.Account.CanConnect() {
		return ":"
	}
	return d.t("accessible.live", "word", deployWord) + ":"
}

// showFile prints a file if its path was typed, and reports whether it was.
func (d *dialogue) showFile(plan steps.Plan, path string) bool {
	for _, c := range plan.Changes {
		if c.Path == path {
			for i, line := range strings.Split(strings.TrimRight(string(c.New), "\n"), "\n") {
				d.print(fmt.Sprintf("%d  %s", i+1, line))
			}
			return true
		}
	}
	return false
}
