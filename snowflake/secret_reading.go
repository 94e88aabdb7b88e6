package snowflake

import (
	"bytes"
	"html"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"sleet/snowflake/safely"
)

// Readings are the forms in which the programs that read a text may see it: unchanged; with the escapes of JSON, TOML
// and Python, of URLs or of HTML decoded; decoded from UTF-16 and UTF-32; and with the lines of base64 joined.
type Readings [][]byte

// ReadingsOf returns the readings of a text without duplicates of the text.
func ReadingsOf(text []byte) Readings {
	all := Readings{text}
	plain := safely.UTF8(text)
	if !bytes.Equal(plain, text) {
		all = append(all, plain)
	}
	for _, read := range []struct {
		mark byte
		read func([]byte) []byte
	}{
		{'\\', withoutBackslashes},
		{'%', withoutPercents},
		{'&', func(text []byte) []byte { return []byte(html.UnescapeString(string(text))) }},
		{'\n', base64Lines},
	} {
		if bytes.IndexByte(plain, read.mark) < 0 {
			continue
		}
		if other := read.read(plain); len(other) > 0 && !bytes.Equal(other, plain) {
			all = append(all, other)
		}
	}
	return all
}

// withoutBackslashes decodes the escapes of JSON, TOML, YAML and Python.
func withoutBackslashes(text []byte) []byte {
	plain := make([]byte, 0, len(text))
	for at := 0; at < len(text); at++ {
		if text[at] != '\\' || at+1 == len(text) {
			plain = append(plain, text[at])
			continue
		}
		at++
		switch c := text[at]; c {
		case 'n':
			plain = append(plain, '\n')
		case 'r':
			plain = append(plain, '\r')
		case 't':
			plain = append(plain, '\t')
		case 'u', 'U', 'x':
			r, digits := escapedRune(text[at+1:], map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]) //nolint:mnd // Digits of each.
			if digits == 0 {
				plain = append(plain, '\\', c)
				continue
			}
			at += digits
			if high := text[at+1:]; utf16.IsSurrogate(r) && bytes.HasPrefix(high, []byte(`\u`)) {
				if low, more := escapedRune(high[2:], digits); more > 0 && utf16.DecodeRune(r, low) != utf8.RuneError {
					r, at = utf16.DecodeRune(r, low), at+2+more
				}
			}
			plain = utf8.AppendRune(plain, r)
		default: // A quote, a slash or a backslash. Before any other character the backslash is part of the text.
			if c != '"' && c != '\'' && c != '/' && c != '\\' {
				plain = append(plain, '\\')
			}
			plain = append(plain, c)
		}
	}
	return plain
}

// escapedRune decodes a rune of the given number of hexadecimal digits. It returns 0 digits if there are fewer.
func escapedRune(text []byte, digits int) (rune, int) {
	if len(text) < digits {
		return 0, 0
	}
	n, err := strconv.ParseUint(string(text[:digits]), 16, 31) //nolint:mnd // Hexadecimal, in a rune.
	if err != nil {
		return 0, 0
	}
	return rune(n), digits
}

// withoutPercents decodes percent-encoding.
func withoutPercents(text []byte) []byte {
	plain := make([]byte, 0, len(text))
	for at := 0; at < len(text); at++ {
		if text[at] == '%' {
			if r, digits := escapedRune(text[at+1:], 2); digits > 0 { //nolint:mnd // %41.
				plain = append(plain, byte(r)) //nolint:gosec // Two digits are a byte.
				at += digits
				continue
			}
		}
		plain = append(plain, text[at])
	}
	return plain
}

// base64Lines joins consecutive long lines that contain only base64. Tools wrap base64 at 64 or 76 characters.
func base64Lines(text []byte) []byte {
	const least = 40
	var joined []byte
	before := false
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		if !before && len(line) < least {
			continue
		}
		within := bytes.IndexFunc(line, func(r rune) bool { return !inBase64(r) }) < 0
		if within && (len(line) >= least || before && len(line) > 0) {
			joined = append(joined, line...)
		} else if before {
			joined = append(joined, '\n')
		}
		before = within && len(line) >= least
	}
	return joined
}

func inBase64(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '+' || r == '/' || r == '-' || r == '_' || r == '='
}
