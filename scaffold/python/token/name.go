package token

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// name scans a name, or a literal with the name as its prefix.
func (s *scanner) name() {
	start, end, ascii := s.pos, s.pos, true
	for end < len(s.text) && isNameByte(s.text[end]) {
		ascii = ascii && s.text[end] < utf8.RuneSelf
		end++
	}
	if !ascii && !s.verifyName(start, end) {
		return
	}
	if c := s.at(end); c == '"' || c == '\'' {
		if ok, raw, sort := isPrefix(s.text[start:end]); ok {
			s.pos = end
			if sort == 0 {
				s.stringLiteral(start)
			} else {
				s.openFormatted(start, raw, sort == 't')
			}
			return
		}
	}
	s.emit(Name, start, end)
}

// verifyName rejects a name with an invalid character.
func (s *scanner) verifyName(start, end int) bool {
	for i := start; i < end; {
		r, size := utf8.DecodeRune(s.text[i:end])
		if !isNameRune(r, i == start) {
			s.fail(i, "invalid character U+%04X", r)
			return false
		}
		i += size
	}
	return true
}

// isNameRune reports whether a character is allowed in a name, or at its start if first is set:
// XID_Continue or XID_Start of the Unicode standard (https://www.unicode.org/reports/tr31/), or an
// underscore.
func isNameRune(r rune, first bool) bool {
	if r < utf8.RuneSelf {
		c := byte(r & 0x7f)
		return isNameByte(c) && (!first || !isDigit(c))
	}
	if unicode.In(r, unicode.L, unicode.Nl, unicode.Other_ID_Start) {
		return !isUnstable(r, first)
	}
	switch { // added in Unicode 15.1; Go's tables are of 15.0
	case r >= 0x2EBF0 && r <= 0x2EE5D:
		return true
	case r == 0x200C || r == 0x200D || r == 0x30FB || r == 0xFF65:
		return !first
	}
	return !first && unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue)
}

// isUnstable reports whether compatibility normalization turns a letter into something that is not
// a name. This is the difference between ID_Start and XID_Start.
func isUnstable(r rune, first bool) bool {
	switch {
	case r == 0x0E33 || r == 0x0EB3 || r == 0xFF9E || r == 0xFF9F:
		return first
	case r == 0x037A || r == 0x309B || r == 0x309C || r >= 0xFC5E && r <= 0xFC63 || r == 0xFDFA || r == 0xFDFB:
		return true
	case r == 0x2E2F:
		return true
	default:
		return r >= 0xFE70 && r <= 0xFE7E && r%2 == 0
	}
}

// Identifier returns a name in NFKC, the form in which Python compares names.
func Identifier(name string) string {
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf {
			return norm.NFKC.String(name)
		}
	}
	return name
}
