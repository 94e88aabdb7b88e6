package answers

import (
	"bytes"

	"sleet/scaffold/textedit"
)

// Place returns the bytes of an answer in a text that is a sleet.toml: from its key to the end of
// its value, or of the line where it is no single value. ok is false where the text does not have it.
func Place(data []byte, path string) (start, end int, ok bool) {
	found, _ := textedit.PlacesIn(data)
	p, ok := found.At(path)
	if !ok {
		return 0, 0, false
	}
	end = p.End
	if end <= p.Key {
		end = len(bytes.TrimRight(data[:textedit.LineEnd(data, p.Key)], "\r\n \t"))
	}
	return p.Key, max(end, p.Key), true
}
