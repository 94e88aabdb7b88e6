package accessible

import (
	"testing"

	"sleet/steps"
)

// TestEveryStepHasADialogue checks that a step without questions that precedes the writing has a dialogue of its own.
func TestEveryStepHasADialogue(t *testing.T) {
	for _, id := range steps.Steps() {
		if _, own := dialogues[id]; !own && id.Row().Questions == nil && !id.Row().Closed && !steps.IsDeployStep(id) {
			t.Errorf("%s has neither questions nor a dialogue", id)
		}
	}
}
