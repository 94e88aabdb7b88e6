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

// ItemState is the state of a checklist item.
type ItemState string

// The states of an item.
const (
	ItemUnaffected ItemState = "unaffected" // does not apply to the app
	ItemAutomatic  ItemState = "automatic"  // done by the migration
	ItemManual     ItemState = "manual"     // some work is left to the person
)

// Item is one item of Snowflake's migration checklist.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
type Item struct {
	ID    string
	State ItemState
	// Findings are the findings before the migration.
	Findings []facts.Finding
	// Left is the number of manual changes, Advice the number of places to look at.
	Left, Advice int
}

// itemOther is the item for findings that belong to no checklist item.
const itemOther = "other"

// Fixed returns the number of findings that the migration fixes.
func (i Item) Fixed() int {
	count := 0
	for _, f := range i.Findings {
		if f.Automatic {
			count++
		}
	}
	return count
}

// checklistItem is a checklist item with the rules of its findings. Every migration does an item without rules.
type checklistItem struct {
	id    string
	rules []string
}

// checklist returns the items in the order of the page. The rules of sleet check name their item; the rules here are
// the migration's own.
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

// answered marks the findings that the migration fixes: all except as many as it leaves for the same rule in the same
// file.
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
	for _, fixed := range []bool{false, true} { // first those that no edit names
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

// items compares the findings before the migration with those that remain after it.
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

// counted adds to an item the findings and notes that belong to it, by rule.
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

// inChecklist reports whether a rule's findings belong to a checklist item.
func inChecklist(rule string) bool {
	for _, row := range checklist() {
		if slices.Contains(row.rules, rule) {
			return true
		}
	}
	return false
}

// one returns 1 for true.
func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
