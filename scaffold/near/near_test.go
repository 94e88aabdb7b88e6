package near_test

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sleet/scaffold/near"
)

func TestWord(t *testing.T) {
	list := []string{"name", "title", "main_file", "query_warehouse", "st.secrets", "container"}
	for _, tt := range []struct{ word, want string }{
		{"nmae", "name"},
		{"NAME", "name"},
		{"mainfile", "main_file"},
		{"query_warehose", "query_warehouse"},
		{"secrets", ""},
		{"contaner", "container"},
		{"zzz", ""},
		{"", ""},
		{"名前", ""},
	} {
		if got := near.Word(tt.word, list); got != tt.want {
			t.Errorf("Word(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"abc", "acb", 1},
		{"kitten", "sitting", 3},
		{"日本", "日本語", 1},
	} {
		if got := near.Distance(tt.a, tt.b); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

// TestDistanceIsAMeasure holds what makes a distance one, whatever the words.
func TestDistanceIsAMeasure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("abcあ")), 0, 8, -1)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		d := near.Distance(a, b)
		longer := max(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
		switch {
		case d != near.Distance(b, a):
			t.Fatal("the way back is of another length")
		case (d == 0) != (a == b):
			t.Fatal("only a word itself is at no distance")
		case d > longer:
			t.Fatalf("%d changes are more than there are letters", d)
		}
	})
}
