package account

import (
	"strings"
	"testing"
)

func TestEntries(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "[]": "", "{}": "", "null": "",
		`["A","B.C.D"]`:               "A|B.C.D",
		"[A, B]":                      "A|B",
		"a.example.com,b:443":         "a.example.com|b:443",
		"('a.example.com', 'b')":      "a.example.com|b",
		`{"key":"D.S.N","b":"D.S.B"}`: "'b' = D.S.B|'key' = D.S.N",
		"{key=D.S.N, other=D.S.O}":    "'key' = D.S.N|'other' = D.S.O",
		"('key' = D.S.N)":             "'key' = D.S.N",
	} {
		if got := strings.Join(entries(text), "|"); got != want {
			t.Errorf("entries(%q) = %q, want %q", text, got, want)
		}
	}
}
