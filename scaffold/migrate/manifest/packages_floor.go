package manifest

import (
	"strings"

	"sleet/scaffold/pep508"
)

// raise returns clauses that ask for at least a version. Where they admit older ones only, the bound
// takes their place, and forced says so.
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

// reachesFloor reports whether a clause lets any version from the floor on through.
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

// shortened cuts a version down to as many parts as another has.
func shortened(version, like string) string {
	parts := strings.Split(version, ".")
	return strings.Join(parts[:min(len(parts), strings.Count(like, ".")+1)], ".")
}
