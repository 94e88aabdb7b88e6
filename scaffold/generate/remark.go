package generate

import "strings"

// remarkWidth is the maximum width of a comment in a generated file.
const remarkWidth = 88

// remark returns text as "#" comments, at least one line for each line of text. It wraps long ASCII
// lines at spaces. Japanese text only breaks where the text does.
func remark(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		for _, part := range wrapped(line, remarkWidth-len("# ")) {
			b.WriteString("# " + part + "\n")
		}
	}
	return b.String()
}

// wrapped splits an ASCII line at spaces into lines of at most width where possible.
func wrapped(line string, width int) []string {
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
