package resources_test

import (
	"testing"

	"sleet/scaffold/resources"
	"sleet/scaffold/testapps"
)

// goldenSetups returns cases that together show every part of the scripts.
func goldenSetups() map[string]testapps.Case {
	return map[string]testapps.Case{
		"defaults":           testapps.CaseOf([]int{0, 0, 1, 0, 0, 0, 0, 0}),
		"container_all":      testapps.CaseOf([]int{0, 0, 0, 2, 7, 0, 1, 6}),
		"container_st":       testapps.CaseOf([]int{0, 3, 0, 2, 1, 1, 1, 1}),
		"container_japanese": testapps.CaseOf([]int{0, 1, 0, 3, 7, 0, 1, 4}),
		"container_one_role": testapps.CaseOf([]int{0, 2, 2, 1, 7, 0, 1, 0}),
		"container_no_host":  testapps.CaseOf([]int{0, 4, 4, 2, 1, 0, 0, 3}),
		"container_caller":   testapps.CaseOf([]int{0, 0, 0, 2, 1, 0, 1, 7}),
		"warehouse_all":      testapps.CaseOf([]int{1, 0, 0, 2, 7, 0, 1, 5}),
		"warehouse_bare":     testapps.CaseOf([]int{1, 0, 3, 4, 0, 0, 0, 0}),
		"existing_secrets":   testapps.CaseOf([]int{0, 6, 5, 3, 6, 0, 2, 2}),
		"longest_name":       testapps.CaseOf([]int{0, 8, 0, 0, 2, 0, 3, 0}),
	}
}

func TestSetupGolden(t *testing.T) {
	for name, c := range goldenSetups() {
		t.Run(name, func(t *testing.T) {
			testapps.Golden(t, "setup/"+name+".setup.sql", resources.SetupSQL(c.App))
			testapps.Golden(t, "setup/"+name+".teardown.sql", resources.TeardownSQL(c.App))
		})
	}
}
