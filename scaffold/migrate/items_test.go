package migrate

import (
	"slices"
	"testing"

	"sleet/scaffold/check/rules"
)

// TestRulesHaveTheirItem checks that the checklist has every item that a rule names.
func TestRulesHaveTheirItem(t *testing.T) {
	for _, rule := range rules.Rules() {
		known := slices.ContainsFunc(checklist(), func(item checklistItem) bool { return item.id == rule.Item })
		if rule.Item != "" && !known {
			t.Errorf("%s belongs to %s, which is not in the checklist", rule.ID, rule.Item)
		}
		if inChecklist(rule.ID) != (rule.Item != "") {
			t.Errorf("%s is in the checklist: %v", rule.ID, inChecklist(rule.ID))
		}
	}
}
