package safely

import "testing"

// TestUTF8 decodes a text in each encoding.
func TestUTF8(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a ü": "a ü", "\ufeffa": "a", "\xff\xfea\x00\x3d\xd8\x00\xde": "a😀", "\xfe\xff\x00a": "a", "\xff\xfea": "", "": "", "\xff": "\xff",
		"\xff\xfe\x00\x00a\x00\x00\x00\x00\xf6\x01\x00b": "a😀", "\x00\x00\xfe\xff\x00\x00\x00a": "a", "\xff\xfe\x00\x00\xff\xff\xff\xff": "\ufffd",
		"\x00\x00\xfe": "\x00\x00\xfe",
	} {
		if got := string(UTF8([]byte(text))); got != want {
			t.Errorf("UTF8(%q) = %q, want %q", text, got, want)
		}
	}
}
