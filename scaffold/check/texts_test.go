package check_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/existing"
)

// TestTexts holds what the code says against the table of what can be said: each name that the code
// uses is there, once, and each that is there is used.
func TestTexts(t *testing.T) {
	table := map[string]bool{}
	for _, text := range check.Texts() {
		if !strings.HasPrefix(text.ID, "finding.") || text.English == "" || table[text.ID] {
			t.Errorf("%q, %q: no id, no words or a second time", text.ID, text.English)
		}
		table[text.ID] = true
	}
	for _, rule := range check.Rules() {
		for _, part := range []string{".title", ".breaks", ".fix"} {
			if id := "finding." + rule.ID + part; !table[id] {
				t.Errorf("%s is missing", id)
			} else {
				delete(table, id)
			}
		}
	}
	for _, text := range existing.Texts() {
		delete(table, text.ID)
	}
	for name := range usedNames(t) {
		if !table[name] {
			t.Errorf("the code says %s, which the table does not have", name)
		}
		delete(table, name)
	}
	for name := range table {
		if !strings.HasPrefix(name, "finding.why.") && !strings.HasPrefix(name, "finding.SL106.new.") {
			t.Errorf("nobody says %s", name)
		}
	}
}

// usedNames gives the ids that stand in the package's code.
func usedNames(t *testing.T) map[string]bool {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, entry := range entries {
		if name := entry.Name(); !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\bmessage\.New\(\s*"(finding\.[^"]+)"`).FindAllSubmatch(source, -1) {
			names[string(m[1])] = true
		}
	}
	return names
}

// TestWhys holds the phrases of the packages' tables to be sentences that a language can have.
func TestWhys(t *testing.T) {
	english := map[string]bool{}
	for _, text := range check.Texts() {
		english[text.English] = strings.HasPrefix(text.ID, "finding.why.")
	}
	for _, why := range scaffold.PackageWhys() {
		if !english[why] {
			t.Errorf("%q is a reason of a package, and no sentence of a check", why)
		}
	}
}
