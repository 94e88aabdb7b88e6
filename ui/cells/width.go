// Package cells measures, cuts, wraps and cleans text in terminal cells. It draws nothing.
package cells

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Width returns the number of cells that s takes, without escape sequences.
func Width(s string) int {
	if n, ok := asciiWidth(s); ok {
		return n
	}
	return ansi.StringWidth(s)
}

// asciiWidth measures printable ASCII with colours, as most text is, many times faster than ansi.StringWidth; ok is
// false for any other text.
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

// Pad pads s with spaces to w cells. It does not cut a longer s.
func Pad(s string, w int) string {
	if n := w - Width(s); n > 0 {
		return s + strings.Repeat(" ", n)
	}
	return s
}

// Cut shortens s to at most w cells, with tail at the end if something is cut off. Escape sequences are kept, and a wide
// character is never split.
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

// CutMiddle shortens s to at most w cells by removing its middle, for paths, whose ends matter most.
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

// CutLeft removes the first w cells of s; a wide character cut in half becomes a space.
func CutLeft(s string, w int) string {
	total := Width(s)
	rest := dropLeft(s, total, w)
	return strings.Repeat(" ", max(total-w-Width(rest), 0)) + rest
}

// dropLeft removes the first w cells of s, which is total cells wide, and a wide character that is cut in half.
func dropLeft(s string, total, w int) string {
	rest := ansi.TruncateLeft(s, w, "")
	if Width(rest) > max(total-w, 0) {
		rest = ansi.TruncateLeft(s, w+1, "")
	}
	return rest
}
