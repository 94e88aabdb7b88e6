package generate

import (
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

func TestYAMLString(t *testing.T) {
	tests := []struct{ text, want string }{
		{"streamlit_app.py", "streamlit_app.py"},
		{"python=3.11.*", "python=3.11.*"},
		{"SYSTEM$WAREHOUSE_RUNTIME", "SYSTEM$WAREHOUSE_RUNTIME"},
		{".streamlit/config.toml", ".streamlit/config.toml"},
		{"", `""`},
		{"no", `"no"`},
		{"NULL", `"NULL"`},
		{".5", `".5"`},
		{"1.50", `"1.50"`},
		{"a: b", `"a: b"`},
		{"売上", `"売上"`},
		{`"my db"."s"`, `'"my db"."s"'`},
		{`it's "x"`, `"it's \"x\""`},
		{"two\nlines", `"two\nlines"`},
		{"\"a\u0085b", `"\"a\u0085b"`},
		{"a\u2028b\ufeff", `"a\u2028b\ufeff"`},
	}
	for _, tt := range tests {
		if got := yamlString(tt.text); got != tt.want {
			t.Errorf("yamlString(%q) = %s, want %s", tt.text, got, tt.want)
		}
	}
}

// FuzzYAMLString checks that any text is read back as the same text.
func FuzzYAMLString(f *testing.F) {
	for _, text := range []string{"", "~", "yes", "0x1f", "1e3", "a #b", "'", `\`, "-", "? a", "<<", "!x", "\t", "\x00", "\x7f", "\U0001f600", "=", "2026-11-24"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		var got map[string]any
		data := "key: " + yamlString(text) + "\n"
		if err := yaml.Unmarshal([]byte(data), &got); err != nil {
			t.Fatalf("%q: %v in %s", text, err, data)
		}
		if got["key"] != text {
			t.Fatalf("yamlString(%q) is read as %#v from %s", text, got["key"], data)
		}
	})
}
