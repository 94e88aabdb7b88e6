package wizard

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// elapsed words a time as people read it.
func elapsed(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	default:
		return fmt.Sprintf("%d:%02d min", int(d.Minutes()), int(d.Seconds())%60)
	}
}

// secretOf takes the value out of a masked field.
func secretOf(f ui.SecretField) snowflake.Secret { return snowflake.NewSecret(f.Reveal()) }

// shownOr returns a value, or the word for none.
func shownOr(k *ui.Context, value string) string {
	if value == "" {
		return k.T("plan.none")
	}
	return value
}

// shownText returns words, or the word for none.
func shownText(k *ui.Context, words message.Message) string { return shownOr(k, k.T.Say(words)) }

// failed words what went wrong: what it means, what fixes it and what was said.
func failed(k *ui.Context, err error, w int) []string {
	said := strings.Split(k.T.Say(message.Of(err)), "\n")
	lines := k.Paragraph(ui.Paragraph{Tone: ui.ToneBad, Text: k.Glyphs.Bad + " " + said[0]}, max(w, 1))
	for _, line := range said[1:] {
		lines = append(lines, k.Paragraph(ui.Paragraph{Text: line}, max(w, 1))...)
	}
	return lines
}

// above leaves of lines as many as leave half of h for what stands beneath.
func above(k *ui.Context, lines []string, h int) []string {
	n := max(h/2, 1)
	if len(lines) <= n {
		return lines
	}
	return append(lines[:n-1:n-1], k.Glyphs.Ellipsis)
}

// ThemeLines lists the colours of the app's theme with their contrast; none while it has none of
// its own.
func ThemeLines(k *ui.Context, a scaffold.App) []string {
	const wide = 120
	if !coloured(a) {
		return nil
	}
	return listed(k, a, wide)
}

// FailureLines words what went wrong: what was said, what it means and what fixes it.
func FailureLines(k *ui.Context, err error) []string {
	const wide = 1000
	return failed(k, err, wide)
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
	line := planScreen{kit: k, survey: s}.counts()
	if s.Context.Account == "" {
		return line
	}
	return cells.Clean(s.Context.Account) + " " + k.Glyphs.Crumb + " " + line
}

// DeployEndLines words what came of setting the app up, to stay in the terminal.
func DeployEndLines(k *ui.Context, s steps.State) []string {
	a := s.Outcome.Applied
	var lines []string
	switch {
	case errors.Is(s.Outcome.Failure, context.Canceled):
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T("live.aborted"))
	case a.Undone:
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T("live.undone"))
	case a.Whole() && a.URL != "":
		lines = append(lines, k.Good.Render(k.Glyphs.Done)+" "+k.T("live.end"))
	case a.Whole():
		lines = append(lines, k.Good.Render(k.Glyphs.Done)+" "+k.T("plan.nothing"))
	default:
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T("live.end_part", "done", a.Done, "failed", a.Failed,
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
