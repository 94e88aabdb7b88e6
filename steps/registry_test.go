package steps

import (
	"slices"
	"testing"

	"sleet/ui/message"
)

// TestRegistryIsWhole checks that every step has one row, is on a journey, and has its messages.
func TestRegistryIsWhole(t *testing.T) {
	var onJourneys []StepID
	for _, journey := range [][]stop{newJourney, migrateJourney, deployJourney} {
		for i, at := range journey {
			if slices.ContainsFunc(journey[:i], func(other stop) bool { return other.id == at.id }) {
				t.Errorf("%s is on its journey twice", at.id)
			}
			onJourneys = append(onJourneys, at.id)
		}
	}
	seen := map[StepID]bool{}
	for _, row := range registry {
		if seen[row.ID] {
			t.Errorf("%s has two rows", row.ID)
		}
		seen[row.ID] = true
		if !slices.Contains(onJourneys, row.ID) {
			t.Errorf("%s is on no journey", row.ID)
		}
		for _, id := range []message.ID{row.ID.Title(), row.ID.Name(), row.ID.About()} {
			if !message.Known(id) {
				t.Errorf("%s is not in the catalogues", id)
			}
		}
		if asks := row.Questions != nil || row.Rows != nil; asks != (row.Review != nil) || row.Rows != nil && len(row.Tables) == 0 {
			t.Errorf("%s has questions but no line in the review, or a line but no questions", row.ID)
		}
	}
	for _, id := range onJourneys {
		if !seen[id] {
			t.Errorf("%s has no row", id)
		}
	}
}
