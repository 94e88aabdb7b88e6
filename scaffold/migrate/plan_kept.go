package migrate

import (
	"maps"
	"reflect"
	"slices"
	"sync"

	"sleet/scaffold/existing"
)

// plans are the last ones that were made for an app: the wizard asks for the same one on many screens.
type plans struct {
	mu   sync.Mutex
	list []keptPlan
}

// keptPlan is a plan with what it was made from.
type keptPlan struct {
	choices   Choices
	migration Migration
	err       error
}

// maxPlans is how many plans of one app are kept: some with other edits skipped, and the whole.
const maxPlans = 6

// plansKey is what an app keeps its plans under.
type plansKey struct{}

// planOnce returns a plan, the one that was made before from the same choices where there is one.
func planOnce(folder *existing.Folder, app *existing.App, c Choices) (Migration, error) {
	if len(c.Skip) == 0 {
		c.Skip = nil
	}
	if len(c.Edited) == 0 {
		c.Edited = nil
	}
	all := app.Keep(plansKey{}, func() any { return &plans{} }).(*plans)
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

// sameChoices reports whether two choices lead to the same plan. Of Say only that it is there counts: a
// program has one.
func sameChoices(a, b Choices) bool {
	if (a.Say == nil) != (b.Say == nil) {
		return false
	}
	a.Say, b.Say = nil, nil
	return reflect.DeepEqual(a, b)
}
