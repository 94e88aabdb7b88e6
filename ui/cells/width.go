// Package cells measures, cuts, wraps and cleans text in the cells of a terminal. It draws nothing.
package cells

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Width returns the cells that s takes, escape sequences not counted.
func Width(s string) int {
	if n, ok := asciiWidth(s); ok {
		return n
	}
	return ansi.StringWidth(s)
}

// asciiWidth measures printable ASCII with colours, which most text is, many times
// faster than letter by letter; ok is false for anything else.
func asciiWidth(s string) (n int, ok bool) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= ' ' && c <= '~':
			n++
		case c == ansi.ESC && i+1 < len(s) && s[i+1] == '[':
			for i += 2; i < len(s) && (s[i] >= '0' && s[i] <= ';'); {
				i++
			}
			if i == len(s) || s[i] != 'm' {
				return 0, false
			}
		default:
			return 0, false
		}
	}
	return n, true
}

// Pad fills s with spaces to w cells; a longer s is left as it is.
func Pad(s string, w int) string {
	if n := w - Width(s); n > 0 {
		return s + strings.Repeat(" ", n)
	}
	return s
}

// Cut shortens s to at most w cells, ending in tail when something is left out.
// Escape sequences survive, and a wide character is never halved.
func Cut(s string, w int, tail string) string {
	switch {
	case w < 1:
		return ""
	case Width(s) <= w:
		return s
	default:
		return ansi.Truncate(s, w, tail)
	}
}

// Fit cuts or pads s to exactly w cells.
func Fit(s string, w int, tail string) string {
	n := Width(s)
	if n > w {
		s = ansi.Truncate(s, max(w, 0), tail)
		n = Width(s)
	}
	return s + strings.Repeat(" ", max(w-n, 0))
}

// CutMiddle shortens s to at most w cells, leaving out its middle: for paths,
// whose two ends say most.
func CutMiddle(s string, w int, mid string) string {
	total := Width(s)
	if total <= w {
		return s
	}
	if w < 3 {
		return Cut(s, w, mid)
	}
	right := (w - Width(mid)) / 2
	left := w - Width(mid) - right
	return Cut(s, left, "") + mid + dropLeft(s, total, total-right)
}

// CutLeft leaves out the first w cells of s; a wide character cut in half becomes
// a space.
func CutLeft(s string, w int) string {
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
