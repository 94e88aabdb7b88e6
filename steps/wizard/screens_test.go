package wizard

import (
	"slices"
	"testing"

	"sleet/steps"
)

// TestEveryStepHasAScreen checks that every step has either questions or a screen.
func TestEveryStepHasAScreen(t *testing.T) {
	for _, id := range steps.Steps() {
		if _, own := screens[id]; !own && id.Row().Questions == nil {
			t.Errorf("%s has neither questions nor a screen", id)
		}
		if own := screens[id]; (own.row != nil) != (id.Row().Rows != nil) {
			t.Errorf("%s has a table only in the registry, or only a screen for a row", id)
		}
	}
	for id := range screens {
		if !slices.Contains(steps.Steps(), id) {
			t.Errorf("%s is not a step", id)
		}
	}
}
