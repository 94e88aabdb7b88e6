package message

import (
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// TestParse compares the result of parse with that of a TOML library, for each catalogue.
func TestParse(t *testing.T) {
	for _, lang := range Languages() {
		text, err := files.ReadFile(lang + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		var want map[string]any
		if err := toml.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		got := parse(string(text))
		if len(got) != len(want) {
			t.Errorf("%s: %d messages, not %d", lang, len(got), len(want))
		}
		for id, value := range want {
			e := got[ID(id)]
			if text, whole := value.(string); whole {
				if e.other != text || e.forms != nil {
					t.Errorf("%s: %s is %q, not %q", lang, id, e.other, text)
				}
				continue
			}
			forms, _ := value.(map[string]any)
			if len(forms) != len(e.forms) {
				t.Errorf("%s: %s has the forms %v, not %v", lang, id, e.forms, forms)
			}
			for form, text := range forms {
				if e.forms[form] != text {
					t.Errorf("%s: %s.%s is %q, not %q", lang, id, form, e.forms[form], text)
				}
			}
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		in("en")
	}
}
