package wizard

import (
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// runWords are the texts and abilities that differ between deploying and removing an app.
type runWords struct {
	// key and confirm start the run; nothing is the text of a plan without changes.
	key, nothing             message.ID
	same                     message.ID // of an object that stays as it is
	confirm                  func(deploy.Assessment) message.Message
	confirmTitle, confirmYes message.ID
	// ended and the others are titles of the end; aborted and endPart explain them.
	ended, endedFailed, endedPart, endedStopped message.ID
	aborted, endPart, stopAsk                   message.ID
	// decisions are the keys of the choices after a failed step, in order.
	decisions []string
	// edits reports whether an answer can be edited from the plan; undoes reports whether the run can be undone.
	edits, undoes bool
	// file is the file in the preview.
	file string
}

var applyWords = runWords{
	key: "plan.apply", nothing: "plan.nothing", same: "plan.same",
	confirm: deploy.ConfirmApply, confirmTitle: "plan.confirm_title", confirmYes: "plan.confirm_yes",
	ended: "live.ended", endedFailed: "live.ended_failed", endedPart: "live.ended_part", endedStopped: "live.ended_stopped",
	aborted: "live.aborted", endPart: "live.end_part", stopAsk: "live.stop_ask",
	decisions: []string{"r", "e", "h", "s", "q"}, edits: true, undoes: true, file: steps.FileSetup,
}

var removeWords = runWords{
	key: "destroy.key", nothing: "destroy.nothing", same: "destroy.same",
	confirm: deploy.ConfirmDestroy, confirmTitle: "destroy.confirm_title", confirmYes: "destroy.confirm_yes",
	ended: "destroy.ended", endedFailed: "destroy.ended_failed", endedPart: "destroy.ended_part", endedStopped: "destroy.ended_stopped",
	aborted: "destroy.aborted", endPart: "destroy.end_part", stopAsk: "destroy.stop_ask",
	decisions: []string{"r", "s", "q"}, file: steps.FileTeardown,
}

// wordsOf returns the texts for a run.
func wordsOf(s steps.State) runWords {
	if s.IsRemoval() {
		return removeWords
	}
	return applyWords
}
