package message

import (
	"strconv"
	"strings"
	"unicode"
)

// Quote returns a word of the user's in quotes, with control characters escaped and letters of any language
// unchanged.
func Quote(word string) string { return strconv.Quote(word) }

// Shown returns a word of the user's without quotes, with control characters escaped.
func Shown(word string) string {
	if strings.IndexFunc(word, func(r rune) bool { return !unicode.IsPrint(r) }) < 0 {
		return word
	}
	return strings.Trim(Quote(word), `"`)
}
