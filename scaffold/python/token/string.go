package token

import "unicode/utf8"

// maxNesting is the maximum depth of fields nested in format specifications of an f-string.
const maxNesting = 3

// formatted is an open f-string or t-string.
type formatted struct {
	start      int // offset of its prefix
	quote      byte
	size       int // number of quotes: 1 or 3
	raw        bool
	template   bool
	literal    bool // inside the literal text, not an expression
	spec       bool // inside the text of a format specification
	depth      int  // number of open brackets
	expression int  // depth at which the current expression started; -1 outside of one
}

// formatted returns the innermost open f-string, nil if there is none.
func (s *scanner) formatted() *formatted {
	if len(s.strings) == 0 {
		return nil
	}
	return &s.strings[len(s.strings)-1]
}

// kind converts a token kind of f-strings to that of t-strings if f is one.
func (f *formatted) kind(k Kind) Kind {
	if f.template {
		return k - FStringStart + TStringStart
	}
	return k
}

// isPrefix reports whether a name is a prefix of string literals, whether it makes them raw, and
// whether they are f-strings ('f') or t-strings ('t').
func isPrefix(name []byte) (ok, raw bool, sort byte) {
	if len(name) > 2 {
		return false, false, 0
	}
	for i, c := range name {
		switch c |= 0x20; {
		case c == 'r' && !raw:
			raw = true
		case c == 'b' || c == 'f' || c == 't':
			if sort != 0 {
				return false, false, 0
			}
			sort = c
		case c == 'u' && i == 0 && len(name) == 1:
		default:
			return false, false, 0
		}
	}
	if sort == 'b' {
		sort = 0
	}
	return true, raw, sort
}

// quotes returns the number of quotes that open a string at an offset: 1 or 3. Two quotes are an
// empty string.
func (s *scanner) quotes(at int) int {
	if c := s.text[at]; s.at(at+1) == c && s.at(at+2) == c {
		return 3
	}
	return 1
}

// stringLiteral scans an unformatted literal from its quotes at s.pos. start is the offset of its
// prefix.
func (s *scanner) stringLiteral(start int) {
	quote, size := s.text[s.pos], s.quotes(s.pos)
	for i := s.pos + size; i < len(s.text); i++ {
		switch c := s.text[i]; c {
		case quote:
			if size == 1 {
				s.emit(String, start, i+1)
				return
			}
			if s.at(i+1) == quote && s.at(i+2) == quote {
				s.emit(String, start, i+3)
				return
			}
		case '\\':
			i++
			if lineEndSize(s.text, i) == 2 {
				i++
			}
		case '\n', '\r':
			if size == 1 {
				s.unterminated(start)
				return
			}
		}
	}
	s.unterminated(start)
}

// unterminated reports a string without an end.
func (s *scanner) unterminated(start int) { s.fail(start, "unterminated string literal") }

// openFormatted scans the start of an f-string or t-string from its quotes at s.pos.
func (s *scanner) openFormatted(start int, raw, template bool) {
	quote, size := s.text[s.pos], s.quotes(s.pos)
	if len(s.strings)+1 >= maxStrings {
		s.fail(s.pos, "too many nested formatted strings")
		return
	}
	s.strings = append(s.strings, formatted{
		start: start, quote: quote, size: size, raw: raw, template: template, literal: true, expression: -1,
	})
	s.emit(s.formatted().kind(FStringStart), start, s.pos+size)
}

// isQuote reports whether the closing quotes of f are at an offset.
func (s *scanner) isQuote(f *formatted, i int) bool {
	return s.at(i) == f.quote && (f.size == 1 || s.at(i+1) == f.quote && s.at(i+2) == f.quote)
}

// enterExpression switches from the text of f to the expression at s.pos.
func (s *scanner) enterExpression(f *formatted) {
	if f.expression+1 >= maxNesting {
		s.fail(s.pos, "expressions of a formatted string are nested too deeply")
		return
	}
	// Scanning the bracket itself increases the depth.
	f.expression = f.depth
	f.literal = false
}

// formattedLiteral scans a piece of the text of f.
func (s *scanner) formattedLiteral(f *formatted) {
	start, i := s.pos, s.pos
	if s.at(i) == '{' && s.at(i+1) != '{' {
		s.enterExpression(f)
		return
	}
	if s.isQuote(f, i) {
		s.emit(f.kind(FStringEnd), i, i+f.size)
		s.strings = s.strings[:len(s.strings)-1]
		return
	}
	spec := f.spec && f.expression >= 0
	middle := f.kind(FStringMiddle)
	named := false // inside \N{…}
	for ; i < len(s.text); i++ {
		switch c := s.text[i]; c {
		case f.quote:
			if s.isQuote(f, i) {
				s.emit(middle, start, i)
				return
			}
		case '\n', '\r':
			if f.size == 3 {
				continue
			}
			if spec {
				f.literal, f.spec = false, false
				s.emit(middle, start, i)
				return
			}
			s.unterminated(f.start)
			return
		case '{':
			if s.at(i+1) == '{' && !spec {
				s.emit(middle, start, i+1)
				s.pos++
				return
			}
			s.emit(middle, start, i)
			s.enterExpression(f)
			return
		case '}':
			switch {
			case named:
				s.emit(middle, start, i+1)
			case s.at(i+1) == '}' && !spec && f.depth == 0:
				s.emit(middle, start, i+1)
				s.pos++
			default:
				s.emit(middle, start, i)
				f.literal = false
			}
			return
		case '\\':
			next := s.at(i + 1)
			if next == '{' || next == '}' {
				continue
			}
			i += max(1, lineEndSize(s.text, i+1))
			if next == 'N' && !f.raw && s.at(i+1) == '{' {
				named = true
				i++
			}
		}
	}
	if spec && f.size == 1 { // before the newline that Python adds
		f.literal, f.spec = false, false
		s.emit(middle, start, len(s.text))
		return
	}
	s.unterminated(f.start)
}

// isNameByte reports whether a byte may be part of a name. Bytes that are not ASCII are checked
// later.
func isNameByte(c byte) bool {
	const digits, letters = 0x03ff << 48, 0x07fffffe_87fffffe
	switch {
	case c < 64:
		return digits>>c&1 == 1
	case c < utf8.RuneSelf:
		return letters>>(c-64)&1 == 1
	default:
		return true
	}
}
