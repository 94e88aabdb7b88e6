package token

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sort"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// origin maps offsets in the text to offsets in the source: after each mark, bytes correspond one
// to one.
type origin []mark

type mark struct{ text, source int }

func (o origin) original(offset int) int {
	i := sort.Search(len(o), func(i int) bool { return o[i].text > offset })
	if i == 0 {
		return offset
	}
	return o[i-1].source + offset - o[i-1].text
}

// decode returns the text of a source as UTF-8, following
// https://docs.python.org/3/reference/lexical_analysis.html#encoding-declarations.
func decode(source []byte) ([]byte, origin, *Error) {
	body, marked := bytes.CutPrefix(source, []byte("\ufeff"))
	var from origin
	if marked {
		from = origin{{0, len(source) - len(body)}}
	}
	if i := bytes.IndexByte(body, 0); i >= 0 {
		return nil, nil, &Error{positionIn(body, i), "source code cannot contain null bytes"}
	}
	name, line := codingLine(body)
	if line == 2 {
		// Lines before a declaration must be UTF-8.
		if i := invalidUTF8(body[:bytes.IndexAny(body, "\r\n")]); i >= 0 {
			return nil, nil, notUTF8(body, i)
		}
	}
	at := Position{0, line, 1}
	switch {
	case name == "":
	case marked && name != "utf-8":
		return nil, nil, &Error{at, fmt.Sprintf("encoding problem: %s with BOM", name)}
	case normalEncoding(name) != utf8Name:
		return decodeFrom(name, body, at)
	}
	if i := invalidUTF8(body); i >= 0 {
		return nil, nil, notUTF8(body, i)
	}
	return body, from, nil
}

// notUTF8 returns the error for a byte that is not UTF-8.
func notUTF8(body []byte, i int) *Error {
	return &Error{positionIn(body, i), fmt.Sprintf("byte 0x%02x is not UTF-8; a file in another encoding declares it: https://peps.python.org/pep-0263/", body[i])}
}

// invalidUTF8 returns the offset of the first invalid UTF-8 byte, -1 if there is none.
func invalidUTF8(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// codingLine returns the encoding that one of the first two lines declares, and the number of that
// line.
func codingLine(body []byte) (name string, line int) {
	for line := 1; line <= 2; line++ {
		size := bytes.IndexAny(body, "\r\n")
		text := body
		if size >= 0 {
			text, body = body[:size], body[size+lineEndSize(body, size):]
		} else {
			body = nil
		}
		text = bytes.TrimLeft(text, " \t\f")
		if len(text) == 0 {
			continue
		}
		if text[0] != '#' {
			break
		}
		if name := codingName(text); name != "" {
			return name, line
		}
	}
	return "", 0
}

// codingName returns the encoding that a comment declares, "" if none.
func codingName(comment []byte) string {
	for {
		i := bytes.Index(comment, []byte("coding"))
		if i < 0 {
			return ""
		}
		comment = comment[i+len("coding"):]
		if len(comment) == 0 || comment[0] != ':' && comment[0] != '=' {
			continue
		}
		name := bytes.TrimLeft(comment[1:], " \t")
		size := 0
		for size < len(name) && (name[size] == '-' || name[size] == '.' || isNameByte(name[size])) && name[size] < utf8.RuneSelf {
			size++
		}
		if size > 0 {
			return knownEncoding(string(name[:size]))
		}
	}
}

// decodeFrom returns the text of a source in an encoding other than UTF-8.
func decodeFrom(name string, body []byte, declared Position) ([]byte, origin, *Error) {
	normal := normalEncoding(name)
	if normal == asciiName {
		if i := slices.IndexFunc(body, func(c byte) bool { return c >= utf8.RuneSelf }); i >= 0 {
			return nil, nil, undecodable(name, body, i)
		}
		return body, nil, nil
	}
	found := findCodec(normal)
	if found == nil {
		return nil, nil, &Error{declared, "unknown encoding: " + name}
	}
	decoder := found.NewDecoder()
	text := make([]byte, 0, len(body)+len(body)/8)
	var from origin
	var one [utf8.UTFMax]byte
	for at, room := 0, 1; at < len(body); {
		// With room for a single character, the decoder reports how many bytes it came from.
		made, used, err := decoder.Transform(one[:room], body[at:], true)
		if made == 0 && used == 0 {
			if errors.Is(err, transform.ErrShortDst) && room < len(one) {
				room++
				continue
			}
			return nil, nil, undecodable(name, body, at)
		}
		if made > 0 {
			r, _ := utf8.DecodeRune(one[:made])
			if r == utf8.RuneError {
				return nil, nil, undecodable(name, body, at)
			}
			text = append(text, one[:made]...)
		}
		at += used
		room = 1
		if made != used {
			from = append(from, mark{len(text), at})
		}
	}
	if i := bytes.IndexByte(text, 0); i >= 0 {
		return nil, nil, &Error{positionIn(text, i), "source code cannot contain null bytes"}
	}
	return text, from, nil
}

func undecodable(name string, body []byte, at int) *Error {
	return &Error{positionIn(body, at), fmt.Sprintf("byte 0x%02x is not %s", body[at], name)}
}
