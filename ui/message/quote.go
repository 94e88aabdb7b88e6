package message

import (
	"strconv"
	"strings"
	"unicode"
)

// Quote shows a word of the person's in a message: control characters escaped, letters of any
// language as they are.
func Quote(word string) string { return strconv.Quote(word) }

// Shown is a word of the person's without quotes, its control characters escaped.
func Shown(word string) string {
	if strings.IndexFunc(word, func(r rune) bool { return !unicode.IsPrint(r) }) < 0 {
		return word
	}
	return strings.Trim(Quote(word), `"`)
}
