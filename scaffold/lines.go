package scaffold

import (
	"bytes"
)

// sameText reports whether two texts are the same but for the ends of their lines.
func sameText(a, b []byte) bool { return bytes.Equal(unixLines(a), unixLines(b)) }

// unixLines returns a text with line feeds alone at the ends of its lines.
func unixLines(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

// likeLines returns a text the line endings of another.
func likeLines(text, other []byte) []byte {
	if !bytes.Contains(other, []byte("\r\n")) {
		return text
	}
	return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
}
