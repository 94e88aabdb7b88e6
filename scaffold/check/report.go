package check

import (
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
)

// Report is the result of a check.
type Report struct {
	Findings []facts.Finding    `json:"findings"`
	Skipped  []existing.Skipped `json:"skipped"`
}
