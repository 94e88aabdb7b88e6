package snowflake

import (
	"slices"
	"strings"
)

// differs sets a property beside what was found: what changes, and the right-hand side of SET.
func (p Property) differs(found Found) (change Change, sql string, differs bool) {
	if p.IsList {
		if _, shown := found.Lists[p.Name]; p.IfShown && !shown {
			return Change{}, "", false
		}
		return p.listDiffers(found)
	}
	have, known := found.Values[p.Name]
	if !known && p.IfShown {
		return Change{}, "", false
	}
	if !known && p.Want == "" || same(p.Name, have, p.Want) {
		return Change{}, "", false
	}
	change = Change{Property: p.Name, From: have, To: p.Want}
	if p.SQL != nil {
		sql = p.SQL(p.Want, nil)
	}
	return change, sql, true
}

// unseen gives a property that the account does not show, as it is to be set.
func (p Property) unseen(found Found) (change Change, sql string, ok bool) {
	_, shown := found.Lists[p.Name]
	if len(p.With) == 0 || shown || len(p.List) == 0 {
		return Change{}, "", false
	}
	unknown := say("planned.not_shown")
	return Change{Property: p.Name, From: unknown.String(), FromText: unknown, To: strings.Join(p.List, ", ")}, p.SQL("", p.List), true
}

// listDiffers merges: what is there besides is kept.
func (p Property) listDiffers(found Found) (change Change, sql string, differs bool) {
	have := found.Lists[p.Name]
	merged := slices.Clone(have)
	for _, entry := range p.List {
		i := slices.IndexFunc(merged, func(h string) bool { return sameKey(h, entry) })
		switch {
		case i < 0:
			merged = append(merged, entry)
			differs = true
		case !sameEntry(merged[i], entry):
			merged[i] = entry
			differs = true
		}
	}
	if !differs {
		return Change{}, "", false
	}
	if p.SQL != nil {
		sql = p.SQL("", merged)
	}
	return Change{Property: p.Name, From: strings.Join(have, ", "), To: strings.Join(merged, ", ")}, sql, true
}

// same compares single values; only names and switches are alike in any case.
func same(property, have, want string) bool {
	switch property {
	case "ENABLED", "TYPE", "RUNTIME_NAME", "SECURE", "LANGUAGE":
		return strings.EqualFold(have, want)
	case "BODY":
		return strings.TrimSpace(have) == strings.TrimSpace(want)
	default:
		return have == want
	}
}

// sameKey says whether two entries of a list stand in one place: equal ones, or two of a map with
// one key.
func sameKey(a, b string) bool {
	keyA, _, mapA := strings.Cut(a, " = ")
	keyB, _, mapB := strings.Cut(b, " = ")
	if mapA && mapB {
		return strings.EqualFold(keyA, keyB)
	}
	return sameEntry(a, b)
}

// sameEntry compares entries: hosts and names by what they mean.
func sameEntry(a, b string) bool {
	keyA, nameA, mapA := strings.Cut(a, " = ")
	keyB, nameB, mapB := strings.Cut(b, " = ")
	if mapA && mapB {
		return keyA == keyB && storedName(nameA) == storedName(nameB)
	}
	return a == b || storedName(a) == storedName(b)
}

// storedName gives a qualified name as Snowflake stores it; a function's loses its parentheses, and
// what is no name is in upper case.
func storedName(name string) string {
	parts, err := Qualified(strings.TrimSuffix(name, "()"))
	if err != nil {
		return strings.ToUpper(name)
	}
	for i, part := range parts {
		if stored, err := Stored(part); err == nil {
			parts[i] = stored
		}
	}
	return strings.Join(parts, ".")
}
