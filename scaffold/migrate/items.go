package migrate

import (
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/existing"
)

// ItemState is how an item of the checklist stands.
type ItemState string

// The states of an item.
const (
	ItemUnaffected ItemState = "unaffected" // the app has nothing of it
	ItemAutomatic  ItemState = "automatic"  // the migration does it
	ItemManual     ItemState = "manual"     // something is left to the person
)

// Item is one point of Snowflake's checklist for a migration.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
type Item struct {
	ID    string
	State ItemState
	// Findings are the places before the migration.
	Findings []check.Finding
}

// checklist gives the items in the page's order, with the rules whose findings belong to each. An
// item without rules is one that every migration does.
func checklist() []struct {
	id    string
	rules []string
} {
	return []struct {
		id    string
		rules []string
	}{
		{"backup", nil},
		{"root-location", []string{"SL401"}},
		{"streamlit", []string{"SL106"}},
		{"compute-pool", nil},
		{"packages", []string{rulePackages, "SL202"}},
		{"session", []string{"SL101", "SL102", "SL107", "SL108"}},
		{"caching", []string{"SL112"}},
		{"shared-state", []string{"SL109", "SL110", "SL113"}},
		{"snowflake-module", []string{"SL103", "SL104"}},
		{"page-config", []string{rulePage}},
		{"paths", []string{"SL111"}},
		{"configuration", []string{"SL301"}},
		{"secrets", []string{"SL302", "SL303"}},
		{"deployment", []string{"SL402"}},
		{"runtime", nil},
	}
}

// mends says whether the move answers a finding that in another app a person must.
func (p *planner) mends(f check.Finding) bool {
	if slices.ContainsFunc(p.m.Edits, func(e Edit) bool { return e.Group == writtenGroup(f.Path) }) {
		return !slices.ContainsFunc(p.m.Manual, func(n Note) bool { return n.Path == f.Path })
	}
	return slices.Contains(p.mended, Mark{f.Rule, f.Path, f.Line})
}

// items sets the findings before beside what is left afterwards.
func (p *planner) items(app *existing.App, streamlit string) []Item {
	before := check.Findings(app, check.Options{Runtime: scaffold.Container, Streamlit: streamlit})
	items := make([]Item, 0, len(checklist()))
	for _, row := range checklist() {
		item := Item{ID: row.id, State: ItemUnaffected}
		if row.rules == nil && p.m.Fresh {
			item.State = ItemAutomatic
		}
		for _, f := range before {
			if slices.Contains(row.rules, f.Rule) {
				f.Automatic = f.Automatic || p.mends(f)
				item.Findings = append(item.Findings, f)
				item.State = ItemAutomatic
			}
		}
		left := func(n Note) bool { return slices.Contains(row.rules, n.Rule) }
		if slices.ContainsFunc(p.m.Manual, left) || slices.ContainsFunc(p.m.Advice, left) {
			item.State = ItemManual
		}
		items = append(items, item)
	}
	return items
}
