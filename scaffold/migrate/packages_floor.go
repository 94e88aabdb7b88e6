package migrate

import (
	"slices"
	"strings"

	"sleet/scaffold"
)

// floor is the oldest version of a package that a container can have.
type floor struct{ name, version, why string }

// floors are the packages that Streamlit and Snowpark bring along, with the oldest version that goes
// with Python 3.11 and the oldest Streamlit of a container.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
// https://pypi.org/project/streamlit/1.50.0/
func floors() []floor {
	const needed, built = "streamlit[snowflake] needs it", "the first one built for Python 3.11"
	return []floor{
		{streamlit, scaffold.Facts(scaffold.Container).MinStreamlit, "the oldest one of a container"},
		{"snowflake-snowpark-python", "1.17.0", needed},
		{"snowflake-connector-python", "3.3.0", needed},
		{"numpy", "1.23.2", built},
		{"pandas", "1.5.1", built},
		{"pyarrow", "10.0.0", built},
		{"pillow", "9.3.0", built},
		{"protobuf", "3.20.0", needed},
	}
}

// floorOf finds the row of a package by its normal name.
func floorOf(normal string) (floor, bool) {
	all := floors()
	i := slices.IndexFunc(all, func(f floor) bool { return f.name == normal })
	if i < 0 {
		return floor{}, false
	}
	return all[i], true
}

// raise gives clauses that ask for at least a version. Where they admit older ones only, the bound
// takes their place, and forced says so.
func raise(clauses []scaffold.Clause, least string) (raised []scaffold.Clause, forced bool) {
	bound := scaffold.Clause{Op: ">=", Version: least}
	bounded := false
	for _, c := range clauses {
		base, _ := strings.CutSuffix(c.Version, ".*")
		reaches := reachesFloor(c, least)
		above := scaffold.Admits([]scaffold.Clause{bound}, base)
		switch {
		case c.Op == ">=" || c.Op == ">":
			if above {
				bounded = true
				raised = append(raised, c)
			}
			continue
		case !reaches:
			return []scaffold.Clause{bound}, true
		case (c.Op == "==" || c.Op == "===" || c.Op == "~=") && above:
			bounded = true
		}
		raised = append(raised, c)
	}
	if !bounded && len(clauses) > 0 {
		raised = append([]scaffold.Clause{bound}, raised...)
	}
	return raised, false
}

// reachesFloor says whether a clause lets any version from the floor on through.
func reachesFloor(c scaffold.Clause, least string) bool {
	base, starred := strings.CutSuffix(c.Version, ".*")
	atLeast := func(version, least string) bool {
		return scaffold.Admits([]scaffold.Clause{{Op: ">=", Version: least}}, version)
	}
	switch {
	case c.Op == "!=" || c.Op == ">=" || c.Op == ">":
		return true
	case c.Op == "<":
		return !atLeast(least, base)
	case c.Op == "~=":
		cut := strings.LastIndexByte(base, '.')
		return cut > 0 && atLeast(base[:cut], shortened(least, base[:cut]))
	case starred:
		return atLeast(base, shortened(least, base))
	default:
		return atLeast(base, least)
	}
}

// shortened cuts a version down to as many parts as another has.
func shortened(version, like string) string {
	parts := strings.Split(version, ".")
	return strings.Join(parts[:min(len(parts), strings.Count(like, ".")+1)], ".")
}
