package wizard

import (
	"strconv"
	"strings"

	"sleet/steps"
	"sleet/steps/wizard/migration"
	"sleet/steps/wizard/screen"
)

// stepScreen constructs the screens of a step.
type stepScreen struct {
	open func(w Wizard) screen.Model
	// row returns the screen for the row that a path of sleet.toml names, nil if it names none. It is set for steps
	// with a table.
	row func(w Wizard, path string) screen.Model
}

// screens has the steps with screens of their own. Other steps ask their questions in a form.
var screens = map[steps.StepID]stepScreen{
	steps.Start:      {open: func(w Wizard) screen.Model { return newStartScreen(w.context, w.state, w.effects.Effects) }},
	steps.Runtime:    {open: func(w Wizard) screen.Model { return newRuntimeScreen(w.context, w.state) }},
	steps.Secrets:    {open: func(w Wizard) screen.Model { return newRowsScreen(w.context, w.state, secretRowsOf{}) }, row: secretRow},
	steps.Config:     {open: func(w Wizard) screen.Model { return newRowsScreen(w.context, w.state, configRowsOf{}) }, row: configRow},
	steps.ReviewStep: {open: func(w Wizard) screen.Model { return newReviewScreen(w.context, w.state) }},
	steps.Writing: {open: func(w Wizard) screen.Model {
		return newWriteScreen(w.context, w.state, w.effects.ForMigration(w.state))
	}},
	steps.Done: {open: func(w Wizard) screen.Model {
		return newDoneScreen(w.context, w.state).offering(w.state, w.effects.Effects)
	}},

	steps.MigrationReport:  {open: func(w Wizard) screen.Model { return migration.NewReport(w.context, w.state, w.effects.Effects) }},
	steps.MigrationChanges: {open: func(w Wizard) screen.Model { return migration.NewChanges(w.context, w.state, w.effects.Edit) }},
	steps.MigrationManual:  {open: func(w Wizard) screen.Model { return migration.NewManual(w.context, w.state) }},

	steps.ConnectStep: {open: func(w Wizard) screen.Model {
		return newAccountScreen(w.context, w.effects.Account).within(w.reached, false)
	}},
	steps.AccountStep: {open: func(w Wizard) screen.Model {
		return newAccountScreen(w.context, w.effects.Account).within(w.reached, true).straight(w.state.RunOptions)
	}},
	steps.SecretValuesStep: {open: func(w Wizard) screen.Model {
		return newSecretValuesScreen(w.context, w.state, w.effects.Account, w.reached.assessment)
	}},
	steps.PlanStep: {open: func(w Wizard) screen.Model {
		return newPlanScreen(w.context, w.state, w.effects.Account, w.reached.cloud)
	}},
	steps.DeployStep: {open: func(w Wizard) screen.Model {
		return newDeployScreen(w.context, w.state, w.effects.Account, w.reached.cloud, w.reached.assessment)
	}},
	steps.RemoveStep: {open: func(w Wizard) screen.Model {
		return newDeployScreen(w.context, w.state, w.effects.Account, w.reached.cloud, w.reached.assessment)
	}},
}

// screensOf returns the screen of a step, and over it the screen of the row that the place names.
func (w Wizard) screensOf(to screen.Place) []screen.Model {
	own, ok := screens[to.Step]
	if !ok {
		return []screen.Model{newFormScreen(w.context, w.state, func(s steps.State) []steps.Question { return steps.Questions(to.Step, s) }).at(to.Path)}
	}
	all := []screen.Model{own.open(w)}
	if own.row != nil {
		if row := own.row(w, to.Path); row != nil {
			all = append(all, row)
		}
	}
	return all
}

// secretRow returns the screen of a secret; the path secrets[1].key is in the second one.
func secretRow(w Wizard, path string) screen.Model {
	rest, ok := strings.CutPrefix(path, "secrets[")
	digits, _, closed := strings.Cut(rest, "]")
	row, err := strconv.Atoi(digits)
	if !ok || !closed || err != nil || row >= len(w.state.App.Secrets) {
		return nil
	}
	return newFormScreen(w.context, w.state, func(s steps.State) []steps.Question { return steps.SecretQuestions(s, row) }).at(path)
}

// configRow returns the screen of an option.
func configRow(w Wizard, path string) screen.Model {
	name := strings.TrimPrefix(path, "config.")
	if _, set := w.state.App.Config[name]; !set {
		return nil
	}
	return optionScreen(w.context, w.state, name)
}
