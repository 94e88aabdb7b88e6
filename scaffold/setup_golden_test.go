package scaffold_test

import (
	"testing"

	"sleet/scaffold"
)

// goldenSetups are cases that together show every part of the scripts.
func goldenSetups() map[string]setupCase {
	return map[string]setupCase{
		"defaults":           caseOf([]int{0, 0, 1, 0, 0, 0, 0, 0}),
		"container_all":      caseOf([]int{0, 0, 0, 2, 7, 0, 1, 6}),
		"container_st":       caseOf([]int{0, 3, 0, 2, 1, 1, 1, 1}),
		"container_japanese": caseOf([]int{0, 1, 0, 3, 7, 0, 1, 4}),
		"container_one_role": caseOf([]int{0, 2, 2, 1, 7, 0, 1, 0}),
		"container_no_host":  caseOf([]int{0, 4, 4, 2, 1, 0, 0, 3}),
		"warehouse_all":      caseOf([]int{1, 0, 0, 2, 7, 0, 1, 5}),
		"warehouse_bare":     caseOf([]int{1, 0, 3, 4, 0, 0, 0, 0}),
		"existing_secrets":   caseOf([]int{0, 6, 5, 3, 6, 0, 2, 2}),
		"longest_name":       caseOf([]int{0, 8, 0, 0, 2, 0, 3, 0}),
	}
}

func TestSetupGolden(t *testing.T) {
	for name, c := range goldenSetups() {
		t.Run(name, func(t *testing.T) {
			compareGolden(t, "setup/"+name+".setup.sql", scaffold.SetupSQL(c.app))
			compareGolden(t, "setup/"+name+".teardown.sql", scaffold.TeardownSQL(c.app))
		})
	}
}
