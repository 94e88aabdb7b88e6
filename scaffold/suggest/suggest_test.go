package suggest_test

import (
	"testing"

	"sleet/scaffold/suggest"
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
		if got := suggest.Word(tt.word, list); got != tt.want {
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
		if got := suggest.Distance(tt.a, tt.b); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
