package snowflake

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	// leastHeld is the length under which a value is too common a text to be looked for in files.
	leastHeld = 4
	// leastInWord is the length from which a value is looked for within words as well.
	leastInWord = 6
	// leastLine is the length from which a line of a value stands for the value.
	leastLine = 24
)

// In reports whether a text has the value in it: as it is, as JSON, TOML and addresses write it, in base64, or in UTF-16, as some tools of
// Windows write texts. A value of several lines is there with its longest line.
//
// Values of less than four characters are not looked for, and those of four and five only where they are a word of the text and
// not letters alone: a password such as demo cannot be told from the word.
func (s Secret) In(text []byte) bool {
	value := strings.TrimSpace(s.Reveal())
	switch n := len(value); {
	case n < leastHeld:
		return false
	case n < leastInWord:
		return strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsLetter(r) }) && hasWord(text, []byte(value))
	}
	longest := ""
	for line := range strings.Lines(value) {
		if line = strings.TrimSpace(line); len(line) > len(longest) {
			longest = line
		}
	}
	if len(longest) < leastLine {
		longest = value
	}
	for _, each := range []string{value, longest} {
		if heldIn(text, each) {
			return true
		}
	}
	return false
}

// heldIn reports whether a text has a value in one of its forms.
func heldIn(text []byte, value string) bool {
	escaped := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(value)
	for _, form := range []string{value, escaped, strings.ReplaceAll(escaped, "/", `\/`), url.QueryEscape(value), url.PathEscape(value)} {
		if bytes.Contains(text, []byte(form)) {
			return true
		}
	}
	for _, form := range based(value) {
		if bytes.Contains(text, form) {
			return true
		}
	}
	return bytes.Contains(text, wide(value, binary.LittleEndian)) || bytes.Contains(text, wide(value, binary.BigEndian))
}

// based are the forms of a value within base64: it may begin at each of the three bytes of a group. The characters that it shares with what
// is beside it are left out.
func based(value string) [][]byte {
	const group = 3
	var forms [][]byte
	for before := range group {
		plain := append(make([]byte, before), value...)
		first := (before*8 + 5) / 6 // characters that have bits of what is before
		last := len(plain) * 8 / 6  // characters that have bits of nothing else
		if last-first < leastInWord {
			continue
		}
		standard := base64.RawStdEncoding.EncodeToString(plain)[first:last]
		forms = append(forms, []byte(standard), []byte(strings.NewReplacer("+", "-", "/", "_").Replace(standard)))
	}
	return forms
}

// wide is a value in UTF-16.
func wide(value string, order binary.AppendByteOrder) []byte {
	var data []byte
	for _, unit := range utf16.Encode([]rune(value)) {
		data = order.AppendUint16(data, unit)
	}
	return data
}

// hasWord reports whether a text has a value with no letter or digit beside it.
func hasWord(text, value []byte) bool {
	inWord := func(r rune, size int) bool { return size > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	for from := 0; ; {
		at := bytes.Index(text[from:], value)
		if at < 0 {
			return false
		}
		at += from
		before, after := text[:at], text[at+len(value):]
		if !inWord(utf8.DecodeLastRune(before)) && !inWord(utf8.DecodeRune(after)) {
			return true
		}
		from = at + 1
	}
}
