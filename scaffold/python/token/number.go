package token

import "bytes"

// number scans a number.
func (s *scanner) number() {
	end, ok := 0, false
	if s.text[s.pos] != '0' {
		end, ok = s.decimal(s.pos, false)
	} else {
		switch s.at(s.pos+1) | 0x20 {
		case 'x':
			end, ok = s.radix("hexadecimal", isHex)
		case 'o':
			end, ok = s.radix("octal", isOctal)
		case 'b':
			end, ok = s.radix("binary", isBinary)
		default:
			end, ok = s.zero()
		}
	}
	if ok {
		s.emit(Number, s.pos, end)
	}
}

// radix scans what follows 0x, 0o and 0b.
func (s *scanner) radix(name string, is func(byte) bool) (int, bool) {
	i := s.pos + 2
	for {
		if s.at(i) == '_' {
			i++
		}
		if !is(s.at(i)) {
			return i, s.badDigit(i, name)
		}
		for is(s.at(i)) {
			i++
		}
		if s.at(i) != '_' {
			break
		}
	}
	if isDigit(s.at(i)) {
		return i, s.badDigit(i, name)
	}
	return i, s.numberEnds(i, name)
}

func (s *scanner) badDigit(i int, name string) bool {
	if isDigit(s.at(i)) {
		s.fail(i, "invalid digit '%c' in %s literal", s.at(i), name)
	} else {
		s.failBefore(i, "invalid %s literal", name)
	}
	return false
}

// zero scans a number that starts with 0 and has no radix: zeros, or a fraction.
func (s *scanner) zero() (int, bool) {
	i := s.pos
	for {
		for s.at(i) == '0' {
			i++
		}
		if s.at(i) != '_' {
			break
		}
		if i++; !isDigit(s.at(i)) {
			s.failBefore(i, "invalid decimal literal")
			return i, false
		}
	}
	nonzero := isDigit(s.at(i))
	if nonzero {
		var ok bool
		if i, ok = s.digits(i); !ok {
			return i, false
		}
	}
	switch c := s.at(i); {
	case c == '.' || c|0x20 == 'e' || c|0x20 == 'j':
		return s.decimal(i, true)
	case nonzero:
		s.fail(s.pos, "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers")
		return i, false
	default:
		return i, s.numberEnds(i, "decimal")
	}
}

// decimal scans digits, fraction, exponent and j; whole tells that the digits before the point have
// been scanned.
func (s *scanner) decimal(i int, whole bool) (int, bool) {
	ok := true
	if !whole && isDigit(s.at(i)) {
		i, ok = s.digits(i)
	}
	if ok && s.at(i) == '.' {
		if i++; isDigit(s.at(i)) {
			i, ok = s.digits(i)
		}
	}
	if ok && s.at(i)|0x20 == 'e' {
		i, ok = s.exponent(i)
	}
	switch {
	case !ok:
		return i, false
	case s.at(i)|0x20 == 'j':
		return i + 1, s.numberEnds(i+1, "imaginary")
	default:
		return i, s.numberEnds(i, "decimal")
	}
}

// exponent scans the exponent at i, or leaves a letter that starts none.
func (s *scanner) exponent(i int) (int, bool) {
	digits := i + 1
	if c := s.at(digits); c == '+' || c == '-' {
		if digits++; !isDigit(s.at(digits)) {
			s.failBefore(digits, "invalid decimal literal")
			return i, false
		}
	}
	if !isDigit(s.at(digits)) {
		return i, true
	}
	return s.digits(digits)
}

// digits scans digits with single underscores between them.
func (s *scanner) digits(i int) (int, bool) {
	for {
		for isDigit(s.at(i)) {
			i++
		}
		if s.at(i) != '_' {
			return i, true
		}
		if i++; !isDigit(s.at(i)) {
			s.failBefore(i, "invalid decimal literal")
			return i, false
		}
	}
}

// numberEnds reports whether a number may end before what follows it: anything but a letter, or one of
// the keywords that Python still takes there.
func (s *scanner) numberEnds(i int, name string) bool {
	c := s.at(i)
	if c >= 0x80 || !isNameByte(c) {
		return true
	}
	for _, word := range []string{"and", "else", "for", "if", "in", "is", "or", "not"} {
		if bytes.HasPrefix(s.text[i:], []byte(word)) {
			return true
		}
	}
	s.failBefore(i, "invalid %s literal", name)
	return false
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isOctal(c byte) bool  { return c >= '0' && c <= '7' }
func isBinary(c byte) bool { return c == '0' || c == '1' }
func isHex(c byte) bool    { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }
