package reports

import (
	"strings"
	"testing"
)

// TestRoleColumn checks that a role is after the name of its object, in one column where the line has room for that,
// and on a line of its own where it would be broken.
func TestRoleColumn(t *testing.T) {
	const before = 12
	for _, tt := range []struct {
		name                      string
		title, room, object, role int
		want                      string
	}{
		{"no terminal", 60, 0, 20, 19, strings.Repeat(" ", 42)},
		{"room for the column", 30, 68, 20, 19, strings.Repeat(" ", 12)},
		{"a longer name than the column", 30, 68, 40, 19, "  "},
		{"less room than the column needs", 60, 68, 20, 19, strings.Repeat(" ", 29)},
		{"just enough", 60, 68, 47, 19, "  "},
		{"one cell too few", 60, 68, 48, 19, "\n" + strings.Repeat(" ", before)},
	} {
		c := roleColumn{title: tt.title, before: before, room: tt.room}
		if got := c.gap(tt.object, tt.role); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestPlanIsBrokenAtWords checks that the reason of a blocked object is wrapped at words on a terminal, and not wrapped
// in a file.
func TestPlanIsBrokenAtWords(t *testing.T) {
	const reason = "the role DEV is not allowed to create it"
	for width, want := range map[int]string{
		0:  "      the role DEV is not allowed to create it\n",
		30: "      the role DEV is not\n      allowed to create it\n",
	} {
		var b strings.Builder
		if prose(&b, "      ", reason, width); b.String() != want {
			t.Errorf("%d: %q, want %q", width, b.String(), want)
		}
	}
}
