package pep508_test

import (
	"testing"

	"sleet/scaffold/pep508"
)

// TestParseVersion checks versions in ascending order, each with its normalized form.
// TestRequirementsAgainstPackaging compares with packaging.
func TestParseVersion(t *testing.T) {
	var last pep508.Version
	for i, v := range [][2]string{
		{"0.9", "0.9"},
		{"1.0.dev3", "1.0.dev3"},
		{"1.0-ALPHA_1.dev2", "1.0a1.dev2"},
		{"1.0a1", "1.0a1"},
		{"v1.0.beta", "1.0b0"},
		{"1.0preview2", "1.0rc2"},
		{"1.0c10", "1.0rc10"},
		{" 1.0 ", "1.0"},
		{"1.0+Ubuntu-1", "1.0+ubuntu.1"},
		{"1.0+2", "1.0+2"},
		{"1.0-1", "1.0.post1"},
		{"1.0.rev2", "1.0.post2"},
		{"1.0.0.1", "1.0.0.1"},
		{"1.010", "1.10"},
		{"99999999999999999999999", "99999999999999999999999"},
		{"1!0.1", "1!0.1"},
	} {
		got, err := pep508.ParseVersion(v[0])
		if err != nil || got.String() != v[1] {
			t.Errorf("ParseVersion(%q) = %s, %v; want %s", v[0], got, err, v[1])
		}
		if i > 0 && (last.Compare(got) != -1 || got.Compare(last) != 1 || got.Compare(got) != 0) {
			t.Errorf("%s does not compare as before %s", last, got)
		}
		last = got
	}
	for _, text := range []string{"", "v", "a", "1..0", "1.0 rc1", "1.0+", "1.0+a..b", "1.0+a-", "1!", "1.0x", "1.0.*", "1.0rc1rc2", "1.0+ü"} {
		if v, err := pep508.ParseVersion(text); err == nil {
			t.Errorf("ParseVersion(%q) = %s, want an error", text, v)
		}
	}
}
