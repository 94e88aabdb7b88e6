package accessible

import (
	"sleet/steps"
	"sleet/ui/cells"
)

// dialogues are the steps with a dialogue of their own. All other steps ask their questions. to is the step to go to
// instead of the next one.
var dialogues = map[steps.StepID]func(d *dialogue) (to steps.StepID, err error){
	steps.Start:       (*dialogue).start,
	steps.ConnectStep: func(d *dialogue) (steps.StepID, error) { return "", d.connectFirst() },
	steps.Secrets:     func(d *dialogue) (steps.StepID, error) { return "", d.secrets() },
	steps.Config:      func(d *dialogue) (steps.StepID, error) { return "", d.config() },
	steps.ReviewStep:  (*dialogue).review,

	steps.MigrationReport:  func(d *dialogue) (steps.StepID, error) { return "", d.migrationReport() },
	steps.MigrationChanges: func(d *dialogue) (steps.StepID, error) { return "", d.migrationChanges() },
	steps.MigrationManual:  func(d *dialogue) (steps.StepID, error) { return "", d.manualWork() },
}

// step asks one step. to is the step to go to instead of the next one.
func (d *dialogue) step(id steps.StepID) (to steps.StepID, err error) {
	if own, ok := dialogues[id]; ok {
		return own(d)
	}
	return "", d.questions(func(s steps.State) []steps.Question { return steps.Questions(id, s) })
}

// start asks what to do with the folder. An app that is deployed unchanged has no questions before the deployment.
func (d *dialogue) start() (to steps.StepID, err error) {
	offers := steps.Offers(d.state, d.Effects)
	var options []option
	for _, o := range offers {
		title, brings := steps.OfferWords(d.t, d.state, o)
		options = append(options, option{value: o, title: title, brings: brings})
	}
	chosen, err := d.choose(d.t("ask.start.label", "dir", cells.Clean(d.state.Folder.Dir)), options, offers[0])
	if err != nil {
		return "", err
	}
	d.state = steps.Begin(d.state, chosen)
	if d.state.Deploys {
		return steps.Writing, nil
	}
	return "", nil
}
