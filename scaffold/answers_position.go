package scaffold

import (
	"bytes"
)

// AnswerPlace returns the bytes of an answer in a text that is a sleet.toml: from its key to the end of
// its value, or of the line where it is no single value. ok is false where the text does not have it.
func AnswerPlace(data []byte, path string) (start, end int, ok bool) {
	found, _ := placesIn(data)
	p, ok := found.at(path)
	if !ok {
		return 0, 0, false
	}
	end = p.end
	if end <= p.key {
		end = len(bytes.TrimRight(data[:lineEnd(data, p.key)], "\r\n \t"))
	}
	return p.key, max(end, p.key), true
}
