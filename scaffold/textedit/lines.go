package textedit

import (
	"bytes"
)

// SameText reports whether two texts are equal except for line endings.
func SameText(a, b []byte) bool { return bytes.Equal(UnixLines(a), UnixLines(b)) }

// UnixLines returns the text with "\n" as the only line ending.
func UnixLines(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

// LikeLines returns text with the line endings of other.
func LikeLines(text, other []byte) []byte {
	if !bytes.Contains(other, []byte("\r\n")) {
		return text
	}
	return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
}
