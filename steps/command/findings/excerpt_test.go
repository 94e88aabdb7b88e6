package findings

import (
	"strings"
	"testing"
)

func TestExcerpt(t *testing.T) {
	tests := []struct {
		name, line string
		from, to   int
		text       string
		at, width  int
	}{
		{"plain", "x = 1", 1, 2, "x = 1", 0, 1},
		{"tab before", "\tx = 1", 2, 3, "    x = 1", 4, 1},
		{"tab to its stop", "ab\tx", 4, 5, "ab  x", 4, 1},
		{"wide before", "日本 = x", 6, 7, "日本 = x", 7, 1},
		{"wide meant", "x = 日本", 5, 7, "x = 日本", 4, 4},
		{"to the end", "abc", 2, 9, "abc", 1, 2},
		{"behind the end", "abc", 9, 9, "abc", 3, 1},
		{"empty span", "abc", 2, 2, "abc", 1, 1},
		{"control", "a\x1b[31mb", 1, 2, "a␛[31mb", 0, 1},
		{
			"long", strings.Repeat("a", 200) + "XY" + strings.Repeat("b", 200), 201, 203,
			"…" + strings.Repeat("a", 30) + "XY" + strings.Repeat("b", 88) + "…", 31, 2,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := excerptOf(test.line, test.from, test.to)
			if want := (excerpt{test.text, test.at, test.width}); got != want {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}
