package command

import (
	"fmt"
	"path"
	"path/filepath"

	"sleet/scaffold/check"
	"sleet/scaffold/existing"
)

// checkJSON is what `sleet check --format json` prints.
type checkJSON struct {
	Findings []check.Finding `json:"findings"`
	Skipped  []skippedJSON   `json:"skipped"`
}

// skippedJSON is a file that was left out; the place stands before the reason.
type skippedJSON struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// checkReport joins the reports of all folders.
func checkReport(checks []checked) checkJSON {
	all := checkJSON{Findings: []check.Finding{}, Skipped: []skippedJSON{}}
	for _, c := range checks {
		all.Findings = append(all.Findings, c.report.Findings...)
		for _, s := range c.report.Skipped {
			place := s.Path
			if len(checks) > 1 {
				place = path.Join(filepath.ToSlash(c.folder.Dir), s.Path)
			}
			all.Skipped = append(all.Skipped, skippedJSON{place, skippedReason(s)})
		}
	}
	return all
}

// skippedReason is the reason with the line it is about.
func skippedReason(s existing.Skipped) string {
	if s.Line == 0 {
		return s.Reason
	}
	return fmt.Sprintf("line %d: %s", s.Line, s.Reason)
}
