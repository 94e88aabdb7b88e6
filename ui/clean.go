package ui

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes text from outside safe to draw on one line: control characters,
// line breaks, text-direction marks and invisible characters become visible
// signs (␛, ␊, <U+202E>) instead of being obeyed, and bytes that are no UTF-8
// become �. Variation selectors are dropped, for terminals disagree about the
// width of what they follow. Combining marks stay, on a dotted circle where they
// have no letter, and so do joiners between letters, which several scripts need.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	last := rune(-1)
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		s = s[n:]
		next, _ := utf8.DecodeRuneInString(s)
		b.WriteString(visible(last, r, next))
		last = r
	}
	return b.String()
}

// plain reports that s is printable ASCII, which is nearly always.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

const (
	firstControlPicture = '\u2400'
	deletePicture       = '\u2421'
	zeroWidthNonJoiner  = '\u200c'
	zeroWidthJoiner     = '\u200d'
	dottedCircle        = '\u25cc' // what a mark stands on that has no letter
	firstSkinTone       = '\U0001f3fb'
	lastSkinTone        = '\U0001f3ff'
)

// visible gives what stands for r between its neighbours.
func visible(last, r, next rune) string {
	switch {
	case r < ' ':
		return string(firstControlPicture + r)
	case r == 0x7f:
		return string(deletePicture)
	case r == utf8.RuneError:
		return "\ufffd"
	case unicode.Is(unicode.Variation_Selector, r):
		return ""
	case unicode.Is(unicode.M, r) && !holds(last):
		return string(dottedCircle) + string(r)
	case r >= firstSkinTone && r <= lastSkinTone && !unicode.Is(unicode.So, last):
		return codePoint(r)
	case r == zeroWidthJoiner || r == zeroWidthNonJoiner:
		if letter(last) && letter(next) {
			return string(r)
		}
		return codePoint(r)
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp), blank(r):
		return codePoint(r)
	case unicode.Is(unicode.Zs, r):
		return " "
	default:
		return string(r)
	}
}

// holds reports whether a combining mark can stand on r.
func holds(r rune) bool {
	return r > ' ' && r != 0x7f && !unicode.In(r, unicode.Z, unicode.C)
}

func letter(r rune) bool { return unicode.In(r, unicode.L, unicode.M) }

// blank reports the letters that draw nothing at all.
func blank(r rune) bool {
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u2800', '\u3164', '\uffa0':
		return true
	default:
		return false
	}
}

func codePoint(r rune) string { return fmt.Sprintf("<U+%04X>", r) }
