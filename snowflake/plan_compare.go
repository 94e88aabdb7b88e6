package snowflake

import (
	"slices"
	"strings"
)

// isShown reports whether the account shows a property.
func isShown(found Observed, property string) bool {
	if _, ok := found.Lists[property]; ok {
		return true
	}
	_, ok := found.Value(property)
	return ok
}

// differs compares a property with what the account shows. A property that is not shown does not differ, and neither does
// one without a value: it leaves the choice to the account, as an app without a compute pool does.
func (p Property) differs(found Observed) (change Change, differs bool) {
	if entries, isList := p.Value.List(); isList {
		have, known := found.Lists[p.Name]
		if !known {
			return Change{}, false
		}
		merged := p.merged(found).entries
		same := len(merged) == len(have) && !slices.ContainsFunc(entries, func(e Entry) bool { return !slices.Contains(have, e) })
		if same || slices.Contains(have, all) {
			return Change{}, false
		}
		return Change{Property: p.Name, From: entriesText(have), To: entriesText(merged)}, true
	}
	have, known := found.Value(p.Name)
	if _, isSlot := p.Value.Slot(); isSlot || !known || p.Value.Empty() || p.same(have) {
		return Change{}, false
	}
	return Change{Property: p.Name, From: have, To: p.Value.String()}, true
}

// all is the entry for a list that an account shows as ALL: it allows everything.
var all = Entry{Text: "ALL"} //nolint:gochecknoglobals // A constant, which Go has no word for.

// merged returns the desired list joined with the entries of the account, in the account's order and without stale
// entries. A list that is the app's alone stays as desired.
func (p Property) merged(found Observed) Value {
	entries, isList := p.Value.List()
	if !isList || p.Whole {
		return p.Value
	}
	list := make([]Entry, 0, len(entries)+len(found.Lists[p.Name]))
	for _, e := range found.Lists[p.Name] {
		if !slices.Contains(p.stale, e) && !slices.Contains(list, e) {
			list = append(list, e)
		}
	}
	for _, e := range entries {
		if i := e.position(list); i >= 0 {
			list[i] = e
		} else {
			list = append(list, e)
		}
	}
	return ListValue(list)
}

// same reports whether a value equals what the account shows.
func (p Property) same(have string) bool {
	switch p.Value.form {
	case nameForm:
		// A warehouse in lower-case quotes is shown in upper case.
		shown := ShownName(have)
		return shown == p.Value.name || p.Name == "QUERY_WAREHOUSE" && strings.EqualFold(shown.Last(), p.Value.name.Last())
	case wordForm:
		return strings.EqualFold(have, p.Value.text)
	case bodyForm:
		return strings.TrimSpace(have) == strings.TrimSpace(p.Value.text)
	case textForm:
		return have == p.Value.text || p.Name == "RUNTIME_NAME" && sameRuntime(have, p.Value.text)
	default:
		return true
	}
}

// sameRuntime compares runtime names. For an app in the warehouse runtime, the name depends on the version of Python.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/runtime-environments
func sameRuntime(have, want string) bool {
	warehouse := func(name string) bool {
		name = strings.ToUpper(name)
		return name == "SYSTEM$WAREHOUSE_RUNTIME" || strings.HasPrefix(name, "SYSTEM$ST_WAREHOUSE_RUNTIME")
	}
	return strings.EqualFold(have, want) || warehouse(have) && warehouse(want)
}

// ShownList parses a list or map of names as an account shows it: JSON, or names in brackets, separated by commas and
// quoted where necessary. ALL means every entry, NONE an empty list.
// https://docs.snowflake.com/en/sql-reference/sql/desc-integration
func ShownList(text string) []Entry {
	return shownList(text, func(s string) Entry { return Entry{Name: ShownName(s)} })
}

// ShownTexts parses a list of texts as an account shows it.
func ShownTexts(text string) []Entry {
	return shownList(text, func(s string) Entry { return Entry{Text: strings.Trim(s, "'")} })
}
