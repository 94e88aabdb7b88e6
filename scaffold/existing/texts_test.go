package existing_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"sleet/scaffold/existing"
)

// TestTexts compares what the code says with the table of what can be said.
func TestTexts(t *testing.T) {
	said := map[string]bool{} // whether the code says a text of the table
	for _, text := range existing.Texts() {
		said[text.ID] = false
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range sources {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\bmessage\.New\("(finding\.[^"]+)"`).FindAllSubmatch(source, -1) {
			id := string(m[1])
			if _, is := said[id]; !is {
				t.Errorf("%s: %s is not in the table", name, id)
			}
			said[id] = true
		}
	}
	for id, is := range said {
		if !is {
			t.Errorf("nothing says %s", id)
		}
	}
}
