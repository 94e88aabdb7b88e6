package message

import (
	"strconv"
	"strings"
	"unicode"
)

// Quote returns a text of the user in quotes, with control characters escaped and letters of any language
// unchanged.
func Quote(word string) string { return strconv.Quote(word) }

// Escape returns a text of the user without quotes, with control characters escaped.
func Escape(word string) string {
	if strings.IndexFunc(word, func(r rune) bool { return !unicode.IsPrint(r) }) < 0 {
		return word
	}
	return strings.Trim(Quote(word), `"`)
}
