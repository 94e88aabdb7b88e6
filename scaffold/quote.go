package scaffold

import (
	"strconv"
	"strings"
	"unicode"
)

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
