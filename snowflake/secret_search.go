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
	// leastHeld is the length under which a value is too common a text to be looked for in files.
	leastHeld = 4
	// leastInWord is the length from which a value is looked for within words as well.
	leastInWord = 6
	// leastLine is the length from which a line of a value stands for the value.
	leastLine = 24
)

// Search looks for values of secrets in a text, for all of them at once.
type Search struct {
	// forms are what is looked for, by its first bytes, and pairs says of two bytes whether any begins with them.
	forms map[[leastHeld]byte][]form
	pairs [1 << 16]bool
}

// form is a way to write a value; word says that it is looked for as a word of its own.
type form struct {
	text string
	word bool
}

// NewSearch returns a Search for the values of secrets: as they are, in either form of their accents, in Latin-1 or UTF-16, in base64 or in
// hexadecimal digits. A value of several lines is found with its longest line, too. What is packed or encrypted is not looked into.
//
// Values of less than four characters are not looked for, and those of four and five only where they are a word of the text and
// not letters alone: a password such as demo cannot be told from the word.
func NewSearch(secrets ...Secret) *Search {
	s := &Search{forms: map[[leastHeld]byte][]form{}}
	for _, secret := range secrets {
		value := strings.TrimSpace(secret.Reveal())
		switch n := len(value); {
		case n < leastHeld:
		case n < leastInWord:
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
			if len(longest) >= leastLine && longest != value {
				s.addForms(longest)
			}
		}
	}
	return s
}

// addForms adds each way to write a value.
func (s *Search) addForms(value string) {
	digits := hex.EncodeToString([]byte(value))
	for _, text := range append(based(value), value, norm.NFC.String(value), norm.NFD.String(value), latin1(value), url.QueryEscape(value),
		wide(value, binary.LittleEndian), wide(value, binary.BigEndian), digits, strings.ToUpper(digits)) {
		s.add(form{text, false})
	}
}

// add adds a form that is not there yet. Latin-1 may make one too short.
func (s *Search) add(f form) {
	if len(f.text) < leastHeld {
		return
	}
	key := [leastHeld]byte([]byte(f.text[:leastHeld]))
	if !slices.Contains(s.forms[key], f) {
		s.forms[key] = append(s.forms[key], f)
		s.pairs[uint16(key[0])<<8|uint16(key[1])] = true
	}
}

// In reports whether a text has one of the values in one of its readings.
func (s *Search) In(text Readings) bool { return slices.ContainsFunc(text, s.in) }

// in reports whether a reading has one of the values.
func (s *Search) in(text []byte) bool {
	for at := 0; at+leastHeld <= len(text); at++ {
		if !s.pairs[uint16(text[at])<<8|uint16(text[at+1])] {
			continue
		}
		for _, f := range s.forms[[leastHeld]byte(text[at:])] {
			if rest := text[at:]; len(rest) >= len(f.text) && string(rest[:len(f.text)]) == f.text && (!f.word || apart(text, at, len(f.text))) {
				return true
			}
		}
	}
	return false
}

// latin1 is a value in the encoding of old tools, or as it is where that does not have its letters.
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

// based are the forms of a value within base64: it may begin at each of the three bytes of a group. The characters that it shares with what
// is beside it are left out.
func based(value string) []string {
	const group = 3
	var forms []string
	for before := range group {
		plain := append(make([]byte, before), value...)
		first := (before*8 + 5) / 6 // characters that have bits of what is before
		last := len(plain) * 8 / 6  // characters that have bits of nothing else
		if last-first < leastInWord {
			continue
		}
		standard := base64.RawStdEncoding.EncodeToString(plain)[first:last]
		forms = append(forms, standard, strings.NewReplacer("+", "-", "/", "_").Replace(standard))
	}
	return forms
}

// wide is a value in UTF-16.
func wide(value string, order binary.AppendByteOrder) string {
	var data []byte
	for _, unit := range utf16.Encode([]rune(value)) {
		data = order.AppendUint16(data, unit)
	}
	return string(data)
}

// apart reports whether no letter or digit is beside a part of a text.
func apart(text []byte, at, length int) bool {
	inWord := func(r rune, size int) bool { return size > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return !inWord(utf8.DecodeLastRune(text[:at])) && !inWord(utf8.DecodeRune(text[at+length:]))
}
