package parser

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"sleet/scaffold/python/ast"
)

// decoded returns the value of a literal, given the text between its quotes and the offset of the
// literal.
func (p *parser) decoded(offset int, text string, sort ast.ConstantSort, raw bool) string {
	text = lineEnds(text)
	if sort == ast.Bytes {
		for i := range len(text) {
			if text[i] >= utf8.RuneSelf {
				p.fail(offset, "bytes can only contain ASCII literal characters")
			}
		}
	}
	if raw || !strings.Contains(text, `\`) {
		return text
	}
	u := &unescaper{text: text, bytes: sort == ast.Bytes}
	for u.at < len(text) {
		i := strings.IndexByte(text[u.at:], '\\')
		if i < 0 {
			u.out = append(u.out, text[u.at:]...)
			break
		}
		u.out = append(u.out, text[u.at:u.at+i]...)
		u.at += i + 1
		if reason := u.escape(); reason != "" {
			p.fail(offset, reason)
		}
	}
	return string(u.out)
}

// unescaper is the state of decoding escape sequences
// (https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences).
type unescaper struct {
	text  string
	at    int
	bytes bool
	out   []byte
}

// escape decodes the escape sequence after a backslash. It returns the reason if it is invalid.
func (u *unescaper) escape() string {
	if u.at >= len(u.text) {
		u.out = append(u.out, '\\')
		return ""
	}
	c := u.text[u.at]
	u.at++
	switch c {
	case '\n':
	case '\\', '\'', '"':
		u.out = append(u.out, c)
	case 'a', 'b', 'f', 'n', 'r', 't', 'v':
		u.out = append(u.out, "\a\b\f\n\r\t\v"[strings.IndexByte("abfnrtv", c)])
	case '0', '1', '2', '3', '4', '5', '6', '7':
		u.octal()
	case 'x':
		return u.hex(2)
	case 'u', 'U', 'N':
		switch {
		case u.bytes:
			u.out = append(u.out, '\\', c)
		case c == 'u':
			return u.hex(4)
		case c == 'U':
			return u.hex(8)
		default:
			return u.named()
		}
	default:
		u.out = append(u.out, '\\', c)
	}
	return ""
}

// octal decodes up to three digits, the first of which has been consumed.
func (u *unescaper) octal() {
	value := 0
	u.at--
	for n := 0; n < 3 && u.at < len(u.text) && u.text[u.at] >= '0' && u.text[u.at] <= '7'; n++ {
		value = value*8 + int(u.text[u.at]-'0')
		u.at++
	}
	u.add(value)
}

// hex decodes the given number of digits.
func (u *unescaper) hex(digits int) string {
	end := min(u.at+digits, len(u.text))
	value, err := strconv.ParseUint(u.text[u.at:end], 16, 32)
	switch {
	case err != nil || end-u.at < digits || strings.ContainsAny(u.text[u.at:end], "_+-"):
		return `truncated \x, \u or \U escape`
	case value > utf8.MaxRune:
		return "illegal Unicode character"
	}
	u.at = end
	u.add(int(value))
	return ""
}

// add appends a character or a byte. A lone surrogate, which UTF-8 does not allow, is encoded as
// three bytes in the same scheme.
func (u *unescaper) add(value int) {
	switch {
	case u.bytes:
		u.out = append(u.out, byte(value)) //nolint:gosec // Python too keeps the low byte of an octal escape
	case value >= 0xd800 && value < 0xe000:
		u.out = append(u.out, 0xe0|byte(value>>12), 0x80|byte(value>>6&0x3f), 0x80|byte(value&0x3f))
	default:
		u.out = utf8.AppendRune(u.out, rune(value)) //nolint:gosec // at most utf8.MaxRune
	}
}

// named decodes {NAME}.
func (u *unescaper) named() string {
	const malformed = `malformed \N character escape`
	if u.at >= len(u.text) || u.text[u.at] != '{' {
		return malformed
	}
	end := strings.IndexByte(u.text[u.at:], '}')
	if end < 2 {
		return malformed
	}
	r, ok := character(u.text[u.at+1 : u.at+end])
	if !ok {
		return "unknown Unicode character name"
	}
	u.add(int(r))
	u.at += end + 1
	return ""
}
