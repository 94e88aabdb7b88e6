package scaffold

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// listed joins words for a sentence: `"a", "b" or "c"`.
func listed(words []string, or string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = quote(w)
	}
	if len(quoted) < 2 {
		return strings.Join(quoted, "")
	}
	last := len(quoted) - 1
	return strings.Join(slices.Clip(quoted[:last]), ", ") + " " + or + " " + quoted[last]
}

// quote shows a word of the person's in a message: control characters escaped, letters of any
// language as they are.
func quote(word string) string { return strconv.Quote(word) }

// shown is a word of the person's without quotes, its control characters escaped.
func shown(word string) string {
	if strings.IndexFunc(word, func(r rune) bool { return !unicode.IsPrint(r) }) < 0 {
		return word
	}
	return strings.Trim(quote(word), `"`)
}
