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
			end, ok = s.radix(isHex)
		case 'o':
			end, ok = s.radix(isOctal)
		case 'b':
			end, ok = s.radix(isBinary)
		default:
			end, ok = s.zero()
		}
	}
	if ok {
		s.emit(Number, s.pos, end)
	}
}

// radix scans the digits after 0x, 0o or 0b.
func (s *scanner) radix(is func(byte) bool) (int, bool) {
	i := s.pos + 2
	for {
		if s.at(i) == '_' {
			i++
		}
		if !is(s.at(i)) {
			return i, s.badNumber(i)
		}
		for is(s.at(i)) {
			i++
		}
		if s.at(i) != '_' {
			break
		}
	}
	if isDigit(s.at(i)) {
		return i, s.badNumber(i)
	}
	return i, s.numberEnds(i)
}

// zero scans a number that starts with 0 and has no radix: zeros or a fraction.
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
			return i, s.badNumber(i)
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
		s.fail(s.pos, "leading zeros are not allowed in decimal numbers; octal numbers begin with 0o")
		return i, false
	default:
		return i, s.numberEnds(i)
	}
}

// decimal scans digits, fraction, exponent and j. whole reports whether the digits before the point
// have been scanned.
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
		i++
	}
	return i, s.numberEnds(i)
}

// exponent scans the exponent at i, if there is one.
func (s *scanner) exponent(i int) (int, bool) {
	digits := i + 1
	if c := s.at(digits); c == '+' || c == '-' {
		if digits++; !isDigit(s.at(digits)) {
			return i, s.badNumber(digits)
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
			return i, s.badNumber(i)
		}
	}
}

// numberEnds reports whether a number may end before the next character: anything but a letter, or
// one of the keywords that Python still accepts there.
func (s *scanner) numberEnds(i int) bool {
	c := s.at(i)
	if c >= 0x80 || !isNameByte(c) {
		return true
	}
	for _, word := range []string{"and", "else", "for", "if", "in", "is", "or", "not"} {
		if bytes.HasPrefix(s.text[i:], []byte(word)) {
			return true
		}
	}
	return s.badNumber(i)
}

// badNumber rejects a number because of the character at an offset.
func (s *scanner) badNumber(i int) bool {
	s.fail(i, "invalid number")
	return false
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isOctal(c byte) bool  { return c >= '0' && c <= '7' }
func isBinary(c byte) bool { return c == '0' || c == '1' }
func isHex(c byte) bool    { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }
