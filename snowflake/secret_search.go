package snowflake

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	// minLength is the minimum length of a value to search for. Shorter values are too common in files.
	minLength = 4
	// minInWord is the minimum length of a value to search for inside words.
	minInWord = 6
	// minLine is the minimum length of a line that identifies a value of several lines.
	minLine = 24
)

// Search searches texts for the values of several secrets at once.
type Search struct {
	// forms are the encoded values by their first bytes. pairs reports which pairs of bytes any of them starts with.
	forms map[[minLength]byte][]form
	pairs [1 << 16]bool
}

// form is one encoding of a value. With word set, it matches only as a whole word.
type form struct {
	text string
	word bool
}

// NewSearch returns a Search for the values of secrets: as they are, in either Unicode normalization form, in Latin-1
// or UTF-16, in base64 and in hexadecimal digits. A value of several lines is also found by its longest line.
// Compressed and encrypted data is not searched.
//
// Values shorter than four characters are not searched for. Values of four or five characters match only whole words,
// and only if they contain something other than letters: a password such as demo is indistinguishable from the word.
func NewSearch(secrets ...Secret) *Search {
	s := &Search{forms: map[[minLength]byte][]form{}}
	for _, secret := range secrets {
		value := strings.TrimSpace(secret.Reveal())
		switch n := len(value); {
		case n < minLength:
		case n < minInWord:
			if strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsLetter(r) }) {
				s.add(form{value, true})
			}
		default:
			s.addForms(value)
			longest := ""
			for line := range strings.Lines(value) {
				if line = strings.TrimSpace(line); len(line) > len(longest) {
					longest = line
				}
			}
			if len(longest) >= minLine && longest != value {
				s.addForms(longest)
			}
		}
	}
	return s
}

// addForms adds each encoding of a value.
func (s *Search) addForms(value string) {
	digits := hex.EncodeToString([]byte(value))
	for _, text := range append(base64Forms(value), value, norm.NFC.String(value), norm.NFD.String(value), latin1(value), url.QueryEscape(value),
		utf16Form(value, binary.LittleEndian), utf16Form(value, binary.BigEndian), digits, strings.ToUpper(digits)) {
		s.add(form{text, false})
	}
}

// add adds a form unless it is a duplicate, or too short: Latin-1 may shorten a value.
func (s *Search) add(f form) {
	if len(f.text) < minLength {
		return
	}
	key := [minLength]byte([]byte(f.text[:minLength]))
	if !slices.Contains(s.forms[key], f) {
		s.forms[key] = append(s.forms[key], f)
		s.pairs[uint16(key[0])<<8|uint16(key[1])] = true
	}
}

// In reports whether any reading of a text contains one of the values.
func (s *Search) In(text Readings) bool { return slices.ContainsFunc(text, s.in) }

// in reports whether a text contains one of the values.
func (s *Search) in(text []byte) bool {
	for at := 0; at+minLength <= len(text); at++ {
		if !s.pairs[uint16(text[at])<<8|uint16(text[at+1])] {
			continue
		}
		for _, f := range s.forms[[minLength]byte(text[at:])] {
			if rest := text[at:]; len(rest) >= len(f.text) && string(rest[:len(f.text)]) == f.text && (!f.word || isWholeWord(text, at, len(f.text))) {
				return true
			}
		}
	}
	return false
}

// latin1 returns a value in Latin-1, or unchanged if Latin-1 lacks one of its characters.
func latin1(value string) string {
	var data []byte
	for _, r := range value {
		if r > unicode.MaxLatin1 {
			return value
		}
		data = append(data, byte(r)) //nolint:gosec // It is in Latin-1.
	}
	return string(data)
}

// base64Forms returns the base64 forms of a value inside a longer text, where it can start at any of the three bytes of a
// group. Characters that also encode neighboring bytes are left out.
func base64Forms(value string) []string {
	const group = 3
	var forms []string
	for before := range group {
		plain := append(make([]byte, before), value...)
		first := (before*8 + 5) / 6 // the characters before it encode bits of the preceding bytes
		last := len(plain) * 8 / 6  // the characters from here on encode bits of the following bytes
		if last-first < minInWord {
			continue
		}
		standard := base64.RawStdEncoding.EncodeToString(plain)[first:last]
		forms = append(forms, standard, strings.NewReplacer("+", "-", "/", "_").Replace(standard))
	}
	return forms
}

// utf16Form returns a value in UTF-16.
func utf16Form(value string, order binary.AppendByteOrder) string {
	var data []byte
	for _, unit := range utf16.Encode([]rune(value)) {
		data = order.AppendUint16(data, unit)
	}
	return string(data)
}

// isWholeWord reports whether a part of a text has no letter or digit next to it.
func isWholeWord(text []byte, at, length int) bool {
	inWord := func(r rune, size int) bool { return size > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return !inWord(utf8.DecodeLastRune(text[:at])) && !inWord(utf8.DecodeRune(text[at+length:]))
}
