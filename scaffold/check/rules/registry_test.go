package rules

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestRuleIsInItsFile checks that only the files of a rule contain its ID, and that each rule has
// such a file.
func TestRuleIsInItsFile(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`"(?:finding\.)?(SL\d\d\d)[".]`)
	has := map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range id.FindAllStringSubmatch(string(text), -1) {
			if !strings.HasPrefix(name, strings.ToLower(m[1])) {
				t.Errorf("%s names %s", name, m[1])
			}
			has[m[1]] = true
		}
	}
	for _, r := range Rules() {
		if !has[r.ID] {
			t.Errorf("no file names %s", r.ID)
		}
	}
}
