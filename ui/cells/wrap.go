package cells

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks s into lines of at most w cells: at spaces, and in Japanese and other scripts without spaces between any
// two characters, except those that must not begin or end a line. A word longer than a line is broken anywhere. Line
// breaks in s are kept. The result has at least one line.
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
	for _, piece := range Pieces(s) {
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

// Pieces splits s where a line may be broken: after spaces, and next to wide characters.
func Pieces(s string) []string {
	var out []string
	start, last := 0, ""
	var state byte
	for at := 0; at < len(s); {
		seq, width, n, next := ansi.DecodeSequence(s[at:], state, nil)
		state = next
		wide := width > 1 || Width(last) > 1
		if last != "" && seq != " " && (last == " " || wide && breakable(last, seq)) {
			out = append(out, s[start:at])
			start = at
		}
		if width > 0 {
			last = seq
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

// breakable reports whether a line may end after a and the next begin with b.
func breakable(a, b string) bool {
	return !strings.Contains(noStart, b) && !strings.Contains(noEnd, a)
}
