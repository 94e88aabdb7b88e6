package answers

import (
	"bytes"

	"sleet/scaffold/textedit"
)

// Places holds the positions of all keys in one text.
type Places struct {
	data  []byte
	found textedit.Places
}

// NewPlaces parses a text once to look up the positions of several keys.
func NewPlaces(data []byte) Places {
	found, _ := textedit.PlacesIn(data)
	return Places{data, found}
}

// Place returns the byte range of an answer: from its key to the end of its value, or to the end of
// the line if it is not a single value. ok is false if the text does not contain it.
func (p Places) Place(path string) (start, end int, ok bool) {
	data := p.data
	place, ok := p.found.At(path)
	if !ok {
		return 0, 0, false
	}
	end = place.End
	if end <= place.Key {
		end = len(bytes.TrimRight(data[:textedit.LineEnd(data, place.Key)], "\r\n \t"))
	}
	return place.Key, max(end, place.Key), true
}
