package check

import (
	"sleet/scaffold/existing"
)

// Report is what a check found.
type Report struct {
	Findings []Finding          `json:"findings"`
	Skipped  []existing.Skipped `json:"skipped"`
}
