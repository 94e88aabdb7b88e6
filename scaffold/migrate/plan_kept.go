package migrate

import (
	"maps"
	"reflect"
	"slices"
	"sync"

	"sleet/scaffold/existing"
)

// plans caches the last plans of an app, because many screens of the wizard ask for the same one.
type plans struct {
	mu   sync.Mutex
	list []keptPlan
}

// keptPlan is a plan with the choices that it was made from.
type keptPlan struct {
	choices   Choices
	migration Migration
	err       error
}

// maxPlans is the number of cached plans per app: some with different skipped edits, and the full plan.
const maxPlans = 6

// plansKey is the key under which an app caches its plans.
type plansKey struct{}

// planOnce returns the plan for some choices, from the cache if possible.
func planOnce(folder *existing.Folder, app *existing.App, c Choices) (Migration, error) {
	if len(c.Skip) == 0 {
		c.Skip = nil
	}
	if len(c.Edited) == 0 {
		c.Edited = nil
	}
	all := app.Cached(plansKey{}, func() any { return &plans{} }).(*plans)
	all.mu.Lock()
	defer all.mu.Unlock()
	for _, p := range all.list {
		if sameChoices(p.choices, c) {
			return p.migration, p.err
		}
	}
	m, err := plan(folder, app, c)
	kept := c
	kept.App, kept.Skip, kept.Edited = c.App.Clone(), maps.Clone(c.Skip), maps.Clone(c.Edited)
	all.list = append(all.list, keptPlan{kept, m, err})
	if len(all.list) > maxPlans {
		all.list = slices.Delete(all.list, 0, 1)
	}
	return m, err
}

// sameChoices reports whether two choices lead to the same plan. It only compares whether Say is set, because a program
// has only one.
func sameChoices(a, b Choices) bool {
	if (a.Say == nil) != (b.Say == nil) {
		return false
	}
	a.Say, b.Say = nil, nil
	return reflect.DeepEqual(a, b)
}
