package cells

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Clean makes text from outside safe to draw on one line: control characters, line breaks, text-direction marks and
// invisible characters become visible characters (␛, ␊, <U+202E>), and bytes that are not UTF-8 become �. Variation
// selectors are dropped, because terminals disagree about the width of the character before them. Combining marks are
// kept, on a dotted circle if they have no base character, and so are joiners between letters of the scripts that need
// them.
func Clean(s string) string {
	if ASCII(s) {
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
	return agreed(b.String())
}

// agreed replaces grapheme clusters that terminals draw in different widths by their code points: those that take fewer
// cells if clusters are counted than if characters are, such as the spacing vowel signs of Indic scripts, or skin tones.
func agreed(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return !alone(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for rest := s; rest != ""; {
		letter, wide := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		rest = rest[len(letter):]
		if wide == ansi.StringWidthWc(letter) {
			b.WriteString(letter)
			continue
		}
		if first, n := utf8.DecodeRuneInString(letter); joinsNext(first) {
			b.WriteString(codePoint(first))
			rest = letter[n:] + rest
			continue
		}
		for i, r := range letter {
			if n := ansi.StringWidthWc(string(r)); n == 0 || i == 0 && n == ansi.StringWidth(string(r)) {
				b.WriteRune(r)
			} else {
				b.WriteString(codePoint(r))
			}
		}
	}
	return b.String()
}

// alone reports whether r, such as a Latin or Japanese letter, never joins a cluster with other characters. Most text
// consists of these.
func alone(r rune) bool {
	return r < 0x300 || r >= 0x2400 && r <= 0x2421 || r >= 0x3000 && r < 0x3020 || r >= 0x3041 && r < 0x3097 ||
		r >= 0x30a0 && r < 0x3100 || r >= 0x3400 && r < 0xa000 || r >= 0xff01 && r < 0xff5f
}

// joinsNext reports whether r forms a cluster with any character that follows.
func joinsNext(r rune) bool {
	letter, _ := ansi.FirstGraphemeCluster(string(r)+"a", ansi.GraphemeWidth)
	return len(letter) > utf8.RuneLen(r)
}

// ASCII reports whether s is printable ASCII, as most text is.
func ASCII(s string) bool {
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
	dottedCircle        = '\u25cc' // the base of a combining mark that has none
	firstSkinTone       = '\U0001f3fb'
	lastSkinTone        = '\U0001f3ff'
)

// visible returns the text to draw for r between its neighbours.
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
		if cursive(last) && cursive(next) {
			return string(r)
		}
		return codePoint(r)
	case unicode.In(r, unicode.C, unicode.Zl, unicode.Zp), blank(r), !known(r):
		return codePoint(r)
	case unicode.Is(unicode.Zs, r):
		return " "
	default:
		return string(r)
	}
}

// holds reports whether r can be the base of a combining mark.
func holds(r rune) bool {
	return r > ' ' && r != 0x7f && !unicode.In(r, unicode.Z, unicode.C)
}

// known reports whether r is in the Unicode version of the standard library: the width of newer characters is unknown.
func known(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z)
}

// cursive reports whether r is of a script in which a joiner changes the shape of letters. In other scripts a joiner is
// invisible, and two names that differ only in one would look the same.
func cursive(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian)
}

// blank reports whether r is a letter that draws nothing.
func blank(r rune) bool {
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u2800', '\u3164', '\uffa0':
		return true
	default:
		return false
	}
}

func codePoint(r rune) string { return fmt.Sprintf("<U+%04X>", r) }
