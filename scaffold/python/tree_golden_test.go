package python

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"
)

// newest are sources, each preceded by a line with the tree that testdata/trees.py wrote with
// Python 3.14.2. They cover syntax that older versions reject, and some of everything else.
//
//go:embed testdata/trees314.txt
var newest string

func TestNewestTrees(t *testing.T) {
	t.Parallel()
	for _, part := range strings.Split(strings.TrimPrefix(strings.TrimSuffix(newest, "\n"), "--- "), "\n--- ") {
		want, source, _ := strings.Cut(part, "\n")
		file, err := Parse([]byte(source))
		if err != nil {
			t.Errorf("%q: %v", source, err)
			continue
		}
		if got := escaped(string(treeOf(file, 14))); got != want {
			t.Errorf("%q\n got %s\nwant %s", source, got, want)
		}
	}
}

// escaped returns a text in ASCII on one line.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\\':
			b.WriteString(`\\`)
		case r >= ' ' && r < 0x7f:
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}
