package textedit

import (
	"bytes"
)

// SameText reports whether two texts are the same but for the ends of their lines.
func SameText(a, b []byte) bool { return bytes.Equal(UnixLines(a), UnixLines(b)) }

// UnixLines returns a text with line feeds alone at the ends of its lines.
func UnixLines(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

// LikeLines returns a text the line endings of another.
func LikeLines(text, other []byte) []byte {
	if !bytes.Contains(other, []byte("\r\n")) {
		return text
	}
	return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
}
