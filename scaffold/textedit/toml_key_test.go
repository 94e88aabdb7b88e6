package textedit

import (
	"slices"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"pgregory.net/rapid"
)

func TestKeys(t *testing.T) {
	for _, tt := range []struct {
		parts []string
		want  string
	}{
		{[]string{"theme", "base"}, "theme.base"},
		{[]string{"theme.base"}, `"theme.base"`},
		{[]string{"theme", "a.b", "c"}, `theme."a.b".c`},
		{[]string{""}, `""`},
		{[]string{"キー"}, `"キー"`},
		{[]string{`a"b`, "c\nd"}, `"a\"b"."c\nd"`},
	} {
		if got := JoinKey(tt.parts...); got != tt.want {
			t.Errorf("JoinKey(%q) = %s, want %s", tt.parts, got, tt.want)
		}
	}
	for _, bad := range []string{"", ".", "a.", ".a", "a b", "a=1", "a\nb", "[a]", `"a`, "a #", "a=0 #"} {
		if parts, ok := SplitKey(bad); ok {
			t.Errorf("SplitKey(%q) = %q, want none", bad, parts)
		}
	}
}

func TestKeysRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.String(), 1, 4).Draw(t, "parts")
		got, ok := SplitKey(JoinKey(parts...))
		if !ok || !slices.Equal(got, parts) {
			t.Fatalf("JoinKey(%q) = %s, which splits into %q, %v", parts, JoinKey(parts...), got, ok)
		}
	})
}

func TestStringsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		var doc map[string]string
		if err := toml.Unmarshal([]byte("s = "+TOMLString(s)), &doc); err != nil || doc["s"] != s {
			t.Fatalf("TOMLString(%q) = %s, which is read as %q, %v", s, TOMLString(s), doc["s"], err)
		}
	})
}
