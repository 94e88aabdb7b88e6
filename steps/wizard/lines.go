package wizard

import (
	"context"
	"errors"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/cells"
)

// ThemeLines lists the colours of the app's theme with their contrast; none while it has none of
// its own.
func ThemeLines(k *ui.Context, a scaffold.App) []string {
	const wide = 120
	if !coloured(a) {
		return nil
	}
	return listed(k, a, wide)
}

// PlanLines words one item of a plan with everything about it; the first line is what becomes of
// which thing.
func PlanLines(k *ui.Context, s deploy.Assessment, i int) []string {
	item := s.Plan.Items[i]
	item.Ask = false // that is asked apart
	s.Plan.Items = []snowflake.Item{item}
	e := planScreen{kit: k, survey: s}.entry(0, item)
	lines := []string{e.Side + ": " + e.Title}
	for _, passage := range e.Detail {
		lines = append(lines, strings.Split(passage.Text, "\n")...)
	}
	return lines
}

// PlanCounts says in one line how much a plan does.
func PlanCounts(k *ui.Context, s deploy.Assessment) string {
	line := planScreen{kit: k, words: applyWords, survey: s}.counts()
	if s.Context.Account == "" {
		return line
	}
	return cells.Clean(s.Context.Account) + " " + k.Glyphs.Crumb + " " + line
}

// DeployEndLines words what came of setting the app up, to stay in the terminal.
func DeployEndLines(k *ui.Context, s steps.State) []string {
	a, words := s.Outcome.Applied, wordsOf(s)
	var lines []string
	switch {
	case errors.Is(s.Outcome.Failure, context.Canceled):
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T(words.aborted))
	case a.Undone:
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T("live.undone"))
	case a.Whole() && a.URL != "":
		lines = append(lines, k.Good.Render(k.Glyphs.Done)+" "+k.T("live.end"))
	case a.Whole() && s.Removes() && a.Done > 0:
		lines = append(lines, k.Good.Render(k.Glyphs.Done)+" "+k.T("destroy.end"))
	case a.Whole():
		lines = append(lines, k.Good.Render(k.Glyphs.Done)+" "+k.T(words.nothing))
	default:
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T(words.endPart, "done", a.Done, "failed", a.Failed,
			"skipped", a.Skipped, "cannot", a.Cannot))
	}
	if s.Outcome.Handover != "" {
		lines = append(lines, "  "+k.T("live.handover", "path", cells.Clean(s.Outcome.Handover)))
	}
	for _, line := range steps.AddressLines(k.T, *a) {
		lines = append(lines, "  "+line)
	}
	return lines
}
