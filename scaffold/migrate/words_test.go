package migrate

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"sleet/scaffold"
)

// TestTexts holds what the code says against the tables of what can be said.
func TestTexts(t *testing.T) {
	table := map[string]bool{}
	for _, text := range Texts() {
		if text.English == "" || table[text.ID] {
			t.Errorf("%q, %q: no words, or a second time", text.ID, text.English)
		}
		table[text.ID] = true
	}
	used := usedTexts(t)
	for id := range used {
		if !table[id] {
			t.Errorf("the code says %s, which no table has", id)
		}
	}
	for id := range table {
		if !used[id] {
			t.Errorf("nobody says %s", id)
		}
	}
}

// usedTexts gives the ids that stand in the package's code.
func usedTexts(t *testing.T) map[string]bool {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	calls := []struct {
		find           *regexp.Regexp
		prefix, suffix string
	}{
		{regexp.MustCompile(`\bbecause\("([^"]+)"`), "change.", ""},
		{regexp.MustCompile(`\bboth\(.+, "([^"]+)"\)`), "change.", ""},
		{regexp.MustCompile(`\bw\.replace\(.+, "([^"]+)"\)`), "change.", ""},
		{regexp.MustCompile(`\bleft\("([^"]+)"`), "manual.", ""},
		{regexp.MustCompile(`\btodo\("([^"]+)"`), "manual.", ".fix"},
		{regexp.MustCompile(`\bm\.note\(c, "([^"]+)"`), "manual.", ""},
		{regexp.MustCompile(`\bm\.note\(c, "([^"]+)"`), "manual.", ".fix"},
		{regexp.MustCompile(`\btold\("([^"]+)"`), "moved.", ""},
	}
	used := map[string]bool{}
	for _, entry := range entries {
		if name := entry.Name(); !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range calls {
			for _, m := range call.find.FindAllSubmatch(source, -1) {
				used[call.prefix+string(m[1])+call.suffix] = true
			}
		}
	}
	return used
}

// TestUnread holds what is said of a requirement to be the error's own English.
func TestUnread(t *testing.T) {
	for _, text := range []string{"a b", "=1", "pandas>=", "pandas[", `x" y`} {
		_, err := scaffold.ParseRequirement(text)
		if err == nil {
			t.Fatalf("%q can be read", text)
		}
		if got := unread(text, err); got.String() != err.Error() || got.ID == "" {
			t.Errorf("%q, not %q", got, err)
		}
	}
}
