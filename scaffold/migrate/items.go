package migrate

import (
	"slices"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/check/rules"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/manifest"
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
	Findings []facts.Finding
	// Left counts what is left of it to the person, Advice what they should look at.
	Left, Advice int
}

// itemOther is the item of what belongs to none of the checklist's.
const itemOther = "other"

// Fixed counts the places that the migration answers.
func (i Item) Fixed() int {
	count := 0
	for _, f := range i.Findings {
		if f.Automatic {
			count++
		}
	}
	return count
}

// checklistItem is a point of the checklist with the rules whose findings belong to it. A point without rules is one
// that every migration does.
type checklistItem struct {
	id    string
	rules []string
}

// checklist returns the items in the page's order. The rules of sleet check name theirs; those here are the
// migration's own.
var checklist = sync.OnceValue(func() []checklistItem {
	list := []checklistItem{
		{id: "backup"},
		{id: "root-location"},
		{id: "streamlit"},
		{id: "compute-pool"},
		{id: "packages", rules: []string{manifest.RulePipLine}},
		{id: "session"},
		{id: "caching"},
		{id: "shared-state", rules: []string{RuleCache, RulePolicy}},
		{id: "snowflake-module"},
		{id: "page-config"},
		{id: "paths"},
		{id: "configuration"},
		{id: "secrets"},
		{id: "deployment", rules: []string{RuleNative, RuleMain, RuleShared, manifest.RuleImports}},
		{id: "runtime"},
	}
	for _, rule := range rules.Rules() {
		for i := range list {
			if list[i].id == rule.Item {
				list[i].rules = append(list[i].rules, rule.ID)
			}
		}
	}
	return list
})

// answered marks those findings that the migration answers: all but as many as it leaves, of the same
// rule in the same file.
func (p *planner) answered(before []facts.Finding) {
	type place struct{ rule, path string }
	left := map[place]int{}
	for _, n := range slices.Concat(p.m.Manual, p.m.Advice) {
		left[place{n.Rule, n.Path}]++
	}
	edited := make(map[change.Mark]bool, len(p.fixed))
	for _, m := range p.fixed {
		edited[m] = true
	}
	for _, fixed := range []bool{false, true} { // those first that no edit names
		for i := range before {
			f := &before[i]
			at := place{f.Rule, f.Path}
			if edited[change.Mark{Rule: f.Rule, Path: f.Path, Line: f.Line}] != fixed {
				continue
			}
			f.Automatic = left[at] == 0
			left[at] = max(left[at]-1, 0)
		}
	}
}

// items sets the findings before beside what is left afterwards.
func (p *planner) items(app *existing.App, streamlit string) []Item {
	before := check.Findings(app, facts.Options{Runtime: scaffold.Container, Streamlit: streamlit})
	p.answered(before)
	items := make([]Item, 0, len(checklist()))
	for _, row := range checklist() {
		item := Item{ID: row.id, State: ItemUnaffected}
		if row.rules == nil && p.m.Fresh {
			item.State = ItemAutomatic
		}
		items = append(items, p.counted(item, before, func(rule string) bool { return slices.Contains(row.rules, rule) }))
	}
	other := p.counted(Item{ID: itemOther, State: ItemUnaffected}, before, func(rule string) bool { return !inChecklist(rule) })
	if other.State != ItemUnaffected {
		items = append(items, other)
	}
	return items
}

// counted adds to an item what belongs to it, by rule.
func (p *planner) counted(item Item, before []facts.Finding, of func(rule string) bool) Item {
	for _, f := range before {
		if of(f.Rule) {
			item.Findings = append(item.Findings, f)
			item.State = ItemAutomatic
		}
	}
	for _, n := range p.m.Manual {
		item.Left += one(of(n.Rule))
	}
	for _, n := range p.m.Advice {
		item.Advice += one(of(n.Rule))
	}
	if item.Left+item.Advice > 0 {
		item.State = ItemManual
	}
	return item
}

// inChecklist reports whether a rule's findings belong to an item of the checklist.
func inChecklist(rule string) bool {
	for _, row := range checklist() {
		if slices.Contains(row.rules, rule) {
			return true
		}
	}
	return false
}

// one is 1 for true.
func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
