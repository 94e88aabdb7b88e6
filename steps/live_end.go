package steps

import (
	"sleet/steps/deploy"
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
		lines = append(lines, k.Warn.Render(k.Glyphs.Warn)+" "+k.T("live.end_part", "done", a.Done, "failed", a.Failed,
			"skipped", a.Skipped, "cannot", a.Cannot))
	}
	if s.Outcome.Handover != "" {
		lines = append(lines, "  "+k.T("live.handover", "path", ui.Clean(s.Outcome.Handover)))
	}
	for _, line := range AddressLines(k.T, *a) {
		lines = append(lines, "  "+line)
	}
	return lines
}

// Address is where people find an app, with a word for who does.
type Address struct{ Label, URL string }

// Addresses returns where people find an app: its viewers, and its builders.
func Addresses(t ui.Translate, a deploy.Applied) []Address {
	var list []Address
	if a.URL != "" && a.URL != a.BuilderURL {
		list = append(list, Address{t("live.url_viewers"), ui.Clean(a.URL)})
	}
	if a.BuilderURL != "" {
		list = append(list, Address{t("live.url_builder"), ui.Clean(a.BuilderURL)})
	}
	return list
}

// AddressLines words where people find an app, a line for each address.
func AddressLines(t ui.Translate, a deploy.Applied) []string {
	var lines []string
	for _, each := range Addresses(t, a) {
		lines = append(lines, each.Label+" "+each.URL)
	}
	return lines
}
