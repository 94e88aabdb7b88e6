package generate

import "strings"

// remarkWidth is how wide a comment gets in a generated file before it goes on in the next line.
const remarkWidth = 88

// remark writes text as "#" comments. Each line of the text begins a new one; a line of ASCII that
// is too wide is parted at its spaces. Japanese is parted where the text says.
func remark(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		for _, part := range parted(line, remarkWidth-len("# ")) {
			b.WriteString("# " + part + "\n")
		}
	}
	return b.String()
}

// parted parts a line of ASCII at its spaces into lines that are no wider than width, where it can.
func parted(line string, width int) []string {
	ascii := strings.IndexFunc(line, func(r rune) bool { return r >= 0x80 }) < 0
	if len(line) <= width || !ascii {
		return []string{line}
	}
	var parts []string
	part := ""
	for _, word := range strings.Fields(line) {
		switch {
		case part == "":
			part = word
		case len(part)+1+len(word) > width:
			parts = append(parts, part)
			part = word
		default:
			part += " " + word
		}
	}
	return append(parts, part)
}
