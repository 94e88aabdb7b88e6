package check

import (
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
)

// Report is what a check found.
type Report struct {
	Findings []facts.Finding    `json:"findings"`
	Skipped  []existing.Skipped `json:"skipped"`
}
