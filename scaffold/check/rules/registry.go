package rules

import (
	"slices"
	"sync"
)

// Rules returns every rule, sorted by ID. The slices inside are shared: do not modify them.
func Rules() []Rule { return slices.Clone(AllRules()) }

// RuleOf returns the rule with an ID and reports whether it exists.
func RuleOf(id string) (Rule, bool) {
	for _, r := range AllRules() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

// AllRules returns every rule, sorted by ID.
var AllRules = sync.OnceValue(func() []Rule {
	return []Rule{
		sl101(), sl102(), sl103(), sl104(), sl105(), sl106(), sl107(), sl108(), sl109(), sl110(), sl111(), sl112(), sl113(),
		sl114(), sl115(), sl116(), sl117(), sl118(), sl201(), sl202(), sl301(), sl302(), sl303(), sl401(), sl402(), sl403(), sl501(),
	}
})
