package message

import (
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// pick returns the plural form of a message that the pair named count selects in a language.
func pick(lang, value string, data []any) string {
	if n, ok := countOf(data); ok {
		if text, ok := form(value, formName(plural.Cardinal.MatchPlural(language.Make(lang), n, 0, 0, 0, 0))); ok {
			return text
		}
	}
	text, _ := form(value, formName(plural.Other))
	return text
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
