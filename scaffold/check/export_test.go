package check

import (
	"slices"
	"strings"
)

// KnownStreamlit is for the tests outside of the package.
const KnownStreamlit = knownStreamlit

// RemovedNames returns the functions that the newest version lacks.
func RemovedNames() []string {
	var names []string
	for name := range removedTable() {
		if !strings.Contains(name, ".") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
