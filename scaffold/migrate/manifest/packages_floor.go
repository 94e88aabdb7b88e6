package manifest

import (
	"strings"

	"sleet/scaffold/pep508"
)

// raise returns clauses that require at least a version. If the clauses allow only older versions, the bound replaces
// them and forced is true.
func raise(clauses []pep508.Clause, least string) (raised []pep508.Clause, forced bool) {
	bound := pep508.Clause{Op: ">=", Version: least}
	bounded := false
	for _, c := range clauses {
		base, _ := strings.CutSuffix(c.Version, ".*")
		reaches := reachesFloor(c, least)
		above := pep508.Admits([]pep508.Clause{bound}, base)
		switch {
		case c.Op == ">=" || c.Op == ">":
			if above {
				bounded = true
				raised = append(raised, c)
			}
			continue
		case !reaches:
			return []pep508.Clause{bound}, true
		case (c.Op == "==" || c.Op == "===" || c.Op == "~=") && above:
			bounded = true
		}
		raised = append(raised, c)
	}
	if !bounded && len(clauses) > 0 {
		raised = append([]pep508.Clause{bound}, raised...)
	}
	return raised, false
}

// reachesFloor reports whether a clause allows any version from the floor on.
func reachesFloor(c pep508.Clause, least string) bool {
	base, starred := strings.CutSuffix(c.Version, ".*")
	switch {
	case c.Op == "!=" || c.Op == ">=" || c.Op == ">":
		return true
	case c.Op == "<":
		return !pep508.AtLeast(least, base)
	case c.Op == "~=":
		cut := strings.LastIndexByte(base, '.')
		return cut > 0 && pep508.AtLeast(base[:cut], shortened(least, base[:cut]))
	case starred:
		return pep508.AtLeast(base, shortened(least, base))
	default:
		return pep508.AtLeast(base, least)
	}
}

// shortened truncates a version to the number of parts of another.
func shortened(version, like string) string {
	parts := strings.Split(version, ".")
	return strings.Join(parts[:min(len(parts), strings.Count(like, ".")+1)], ".")
}
