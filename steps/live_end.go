package steps

import (
	"sleet/ui"
)

// LiveEndLines words what came of setting the app up, to stay in the terminal.
func LiveEndLines(k *ui.Kit, s State) []string {
	a := s.Outcome.Applied
	var lines []string
	switch {
	case a.Undone:
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T("live.undone"))
	case a.Whole() && a.URL != "":
		lines = append(lines, k.Good.Render(k.Glyphs.Done)+" "+k.T("live.end"))
	case a.Whole():
		lines = append(lines, k.Good.Render(k.Glyphs.Done)+" "+k.T("plan.nothing"))
	default:
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T("live.end_part", "Done", a.Done, "Failed", a.Failed,
			"Skipped", a.Skipped, "Cannot", a.Cannot))
	}
	if s.Outcome.Handover != "" {
		lines = append(lines, "  "+k.T("live.handover", "Path", ui.Clean(s.Outcome.Handover)))
	}
	if a.URL != "" {
		lines = append(lines, "  "+k.Code.Render(ui.Clean(a.URL)))
	}
	return lines
}
