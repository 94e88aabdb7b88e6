package safely

import "testing"

// TestUTF8 reads a text in each of its encodings.
func TestUTF8(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a ü": "a ü", "\ufeffa": "a", "\xff\xfea\x00\x3d\xd8\x00\xde": "a😀", "\xfe\xff\x00a": "a", "\xff\xfea": "", "": "", "\xff": "\xff",
	} {
		if got := string(UTF8([]byte(text))); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}
