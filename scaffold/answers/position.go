package answers

import (
	"bytes"

	"sleet/scaffold/textedit"
)

// Places are the places of all keys of one text.
type Places struct {
	data  []byte
	found textedit.Places
}

// NewPlaces reads a text once, for the places of several keys.
func NewPlaces(data []byte) Places {
	found, _ := textedit.PlacesIn(data)
	return Places{data, found}
}

// Place returns the bytes of an answer: from its key to the end of its value, or of the line where
// it is not a single value. ok is false where the text does not have it.
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
