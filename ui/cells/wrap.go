package cells

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks s into lines of at most w cells: at spaces, and in Japanese and other scripts without spaces between
// phrases. A word longer than a line is broken anywhere, except before and after characters that must not begin or end a
// line. Line breaks in s are kept. The result has at least one line.
func Wrap(s string, w int) []string {
	if w < 1 {
		return []string{""}
	}
	var lines []string
	for part := range strings.SplitSeq(s, "\n") {
		lines = append(lines, wrapLine(part, w)...)
	}
	return lines
}

func wrapLine(s string, w int) []string {
	var lines []string
	line := ""
	for _, piece := range fitting(s, w) {
		room := w - Width(line)
		if Width(strings.TrimRight(piece, " ")) > room && line != "" {
			lines = append(lines, strings.TrimRight(line, " "))
			line = ""
		}
		for Width(strings.TrimRight(piece, " ")) > w {
			head := ansi.Truncate(piece, w, "")
			if head == "" { // a wide character on a line of one cell
				return append(lines, "")
			}
			lines = append(lines, head)
			piece = CutLeft(piece, Width(head))
		}
		line += piece
	}
	return append(lines, Cut(strings.TrimRight(line, " "), w, ""))
}

// fitting splits s into phrases, and those wider than w into characters.
func fitting(s string, w int) []string {
	var all []string
	for _, phrase := range pieces(s, betweenPhrases) {
		if Width(phrase) > w {
			all = append(all, Pieces(phrase)...)
		} else {
			all = append(all, phrase)
		}
	}
	return all
}

// Pieces splits s where a line may be broken: after spaces, and next to wide characters.
func Pieces(s string) []string { return pieces(s, betweenCharacters) }

// pieces splits s after spaces and next to wide characters, where breakable allows it. breakable gets the last character
// before the place that is not a space, whether a space follows it, and the next character.
func pieces(s string, breakable func(before string, space bool, next string) bool) []string {
	var out []string
	start, before, space := 0, "", false
	var state byte
	for at := 0; at < len(s); {
		seq, width, n, next := ansi.DecodeSequence(s[at:], state, nil)
		state = next
		wide := width > 1 || Width(before) > 1
		if (before != "" || space) && seq != " " && (space || wide) && breakable(before, space, seq) {
			out = append(out, s[start:at])
			start = at
		}
		switch {
		case seq == " ":
			space = true
		case width > 0:
			before, space = seq, false
		}
		at += n
	}
	return append(out, s[start:])
}

// Characters that must not begin a line, and those that must not end one (JIS X 4051).
const (
	noStart = "、。，．・：；？！ー）］｝」』】〉》〕’”…‥々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}%°"
	noEnd   = "（［｛「『【〈《〔‘“([{"
)

// betweenCharacters allows a line to end at a space, and between characters that may end and begin one.
func betweenCharacters(before string, space bool, next string) bool {
	return space || !strings.Contains(noStart, next) && !strings.Contains(noEnd, before)
}

// betweenPhrases also keeps a Japanese phrase together: a word of one script with the particle or ending in hiragana
// that follows it, and a number with its counter.
func betweenPhrases(before string, space bool, next string) bool {
	a, b := scriptOf(before), scriptOf(next)
	switch {
	case !betweenCharacters(before, space, next):
		return false
	case b == hiragana:
		return a == none
	case space:
		return a != digit || b == none
	}
	return a != b || a == none
}

// script is the script of a character, as far as it decides where a phrase ends.
type script int

const (
	none script = iota // punctuation, and scripts that are not Japanese
	latin
	digit
	hiragana
	katakana
	han
)

func scriptOf(s string) script {
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.Is(unicode.Katakana, r), r == 'ー':
		return katakana
	case unicode.Is(unicode.Han, r):
		return han
	case unicode.IsDigit(r):
		return digit
	case unicode.IsLetter(r) && r < unicode.MaxLatin1:
		return latin
	}
	return none
}
