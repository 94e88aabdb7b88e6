package answers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sleet/scaffold/answers"
)

// TestParseLimits parses answers with more entries and levels than any app has. They must be
// rejected quickly, with their position.
func TestParseLimits(t *testing.T) {
	t.Parallel()
	var secrets, few strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&secrets, "[[secrets]]\nkey = 'k%d'\n", i)
		if i < 500 {
			fmt.Fprintf(&few, "[[secrets]]\nkey = 'k%d'\n", i)
		}
	}
	for name, c := range map[string]struct{ text, want string }{
		"4,000 secrets": {"version = 1\n" + secrets.String(), "secrets has 4000 entries"},
		"500 secrets":   {"version = 1\n" + few.String(), ""},
		"5,000 hosts":   {"version = 1\n[network]\nhosts = [" + strings.Repeat("'a.example.com', ", 5000) + "]\n", "sleet.toml:3:1: network.hosts has 5000 entries"},
		"levels":        {"version = 1\n[values]\n" + strings.Repeat("a.", 20000) + "a = 1\n", "sleet.toml:3:200: nested deeper than 100 levels"},
	} {
		started := time.Now()
		_, err := answers.Parse("sleet.toml", []byte(c.text))
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: Parse error = %v, want %q", name, err, c.want)
		}
		if took := time.Since(started); took > 5*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}
