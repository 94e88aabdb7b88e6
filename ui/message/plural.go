package message

import (
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// pick returns the plural form of a message for the pair named count.
func pick(lang string, e entry, data []any) string {
	n, ok := countOf(data)
	if !ok {
		return e.other
	}
	if text, ok := e.forms[formName(plural.Cardinal.MatchPlural(language.Make(lang), n, 0, 0, 0, 0))]; ok {
		return text
	}
	return e.other
}

// countOf returns the value of the pair named count.
func countOf(data []any) (n int, ok bool) {
	for i := 0; i+1 < len(data); i += 2 {
		if data[i] == count {
			n, ok = data[i+1].(int)
			return n, ok
		}
	}
	return 0, false
}

// formName returns the name of a plural form in the catalogues, as in Unicode's CLDR.
func formName(form plural.Form) string {
	switch form {
	case plural.Zero:
		return "zero"
	case plural.One:
		return "one"
	case plural.Two:
		return "two"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	case plural.Other:
	}
	return "other"
}
