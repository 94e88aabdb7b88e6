package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const ellipsis = "…"

// Width gives the cells that s takes, escape sequences not counted.
func Width(s string) int { return ansi.StringWidth(s) }

// Pad fills s with spaces to w cells; a longer s is left as it is.
func Pad(s string, w int) string {
	if n := w - Width(s); n > 0 {
		return s + strings.Repeat(" ", n)
	}
	return s
}

// Cut shortens s to at most w cells, ending in … when something is left out.
// Escape sequences survive, and a wide character is never halved.
func Cut(s string, w int) string { return cut(s, w, ellipsis) }

// Fit cuts or pads s to exactly w cells.
func Fit(s string, w int) string { return Pad(Cut(s, w), w) }

// CutMiddle shortens s to at most w cells, leaving out its middle: for paths,
// whose two ends say most.
func CutMiddle(s string, w int) string { return cutMiddle(s, w, ellipsis) }

// Wrap breaks s into lines of at most w cells, at spaces where there are any,
// anywhere in text written without them. It gives at least one line.
func Wrap(s string, w int) []string {
	if w < 1 {
		return []string{""}
	}
	lines := strings.Split(ansi.Wrap(s, w, ""), "\n")
	for i, line := range lines {
		lines[i] = cut(strings.TrimRight(line, " "), w, "")
	}
	return lines
}

func cut(s string, w int, tail string) string {
	if w < 1 {
		return ""
	}
	return ansi.Truncate(s, w, tail)
}

func cutMiddle(s string, w int, mid string) string {
	total := Width(s)
	if total <= w {
		return s
	}
	if w < 3 {
		return cut(s, w, mid)
	}
	right := (w - Width(mid)) / 2
	left := w - Width(mid) - right
	return cut(s, left, "") + mid + dropLeft(s, total, total-right)
}

// cutLeft leaves out the first w cells of s; a wide character cut in half becomes
// a space.
func cutLeft(s string, w int) string {
	total := Width(s)
	rest := dropLeft(s, total, w)
	return strings.Repeat(" ", max(total-w-Width(rest), 0)) + rest
}

// dropLeft leaves out the first w cells of s, which is total cells wide, and a
// wide character that they cut in half.
func dropLeft(s string, total, w int) string {
	rest := ansi.TruncateLeft(s, w, "")
	if Width(rest) > max(total-w, 0) {
		rest = ansi.TruncateLeft(s, w+1, "")
	}
	return rest
}
