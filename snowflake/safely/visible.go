package safely

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible replaces control characters, and characters that change the direction of text, with symbols, so that a name
// or a message cannot control the terminal. Line breaks and tabs remain.
func Visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r < 0x20:
			return 0x2400 + r // the picture of the control character
		case r == 0x7f:
			return 0x2421
		case r == utf8.RuneError, unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), r == 0x2028, r == 0x2029:
			return utf8.RuneError
		}
		return r
	}, text)
}
