package message

import (
	"slices"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// TestFind compares every message with what a TOML library reads.
func TestFind(t *testing.T) {
	for _, c := range catalogues {
		lang := c.lang
		var want map[string]any
		if err := toml.Unmarshal([]byte(c.file), &want); err != nil {
			t.Fatal(err)
		}
		texts := index(c.file)
		if n := len(slices.DeleteFunc(slices.Clone(texts.lines), func(at uint32) bool { return at == 0 })); n != len(want) {
			t.Errorf("%s: %d messages, want %d", lang, n, len(want))
		}
		for id, value := range want {
			got, ok := texts.find(ID(id))
			if !ok {
				t.Errorf("%s: %s is not found", lang, id)
				continue
			}
			if text, whole := value.(string); whole {
				if read, _ := quoted(got); read != text || byForm(got) {
					t.Errorf("%s: %s = %q, want %q", lang, id, read, text)
				}
				continue
			}
			forms, _ := value.(map[string]any)
			if !byForm(got) {
				t.Errorf("%s: %s has no forms", lang, id)
				continue
			}
			for _, name := range []string{"zero", "one", "two", "few", "many", "other"} {
				text, _ := forms[name].(string)
				if read, ok := form(got, name); read != text || ok != (text != "") {
					t.Errorf("%s: %s.%s = %q, want %q", lang, id, name, read, text)
				}
			}
		}
		for _, id := range []ID{"", "no.such.message", "ui.key", ID(c.file[:20])} {
			if got, ok := texts.find(id); ok {
				t.Errorf("%s: %q is %q", lang, id, got)
			}
		}
	}
}

func BenchmarkIndex(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		index(english)
	}
}

func BenchmarkT(b *testing.B) {
	b.ReportAllocs()
	words := For("en")
	for b.Loop() {
		words.T("ui.key.next")
		words.T("ui.frame.step", "step", 2, "steps", 9)
		words.T("ui.code.changed", "count", 3)
	}
}
