package sqltext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scanner splits a text into tokens.
type scanner struct {
	src       string
	pos, line int
	// open is the opening mark of an unclosed comment, string or body, and opened its offset.
	open   string
	opened int
}

// next returns the next token; more is false at the end.
func (s *scanner) next() (t Token, more bool) {
	s.skip()
	if s.pos >= len(s.src) {
		return Token{}, false
	}
	t.Start, t.Line = s.pos, s.line
	t.Kind, t.Text = s.token()
	t.End, t.Raw = s.pos, s.src[t.Start:s.pos]
	if t.Kind == Word || t.Kind == Number || t.Kind == Symbol || t.Kind == Place && t.Text == "" {
		t.Text = t.Raw
	}
	s.line += strings.Count(t.Raw, "\n")
	return t, true
}

// skip skips white space and comments: -- and // to the end of the line, /* to */.
// https://docs.snowflake.com/en/sql-reference/sql/comment
func (s *scanner) skip() {
	for s.pos < len(s.src) {
		rest := s.src[s.pos:]
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case strings.HasPrefix(rest, "--"), strings.HasPrefix(rest, "//"):
			if i := strings.IndexByte(rest, '\n'); i >= 0 {
				size = i
			} else {
				size = len(rest)
			}
		case strings.HasPrefix(rest, "/*"):
			if i := strings.Index(rest[2:], "*/"); i >= 0 {
				size = i + 4
			} else {
				s.open, s.opened = "/*", s.pos
				size = len(rest)
			}
		case !unicode.IsSpace(r):
			return
		}
		s.line += strings.Count(rest[:size], "\n")
		s.pos += size
	}
}

// token reads the token at the current position.
func (s *scanner) token() (Kind, string) {
	rest := s.src[s.pos:]
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case r == '\'':
		return Text, s.quoted('\'', true)
	case r == '"':
		return Quoted, s.quoted('"', false)
	case strings.HasPrefix(rest, "$$"):
		return Body, s.body()
	case r == '@' && len(rest) > 1 && (wordRune(rune(rest[1])) || strings.IndexByte(`~%"'`, rest[1]) >= 0):
		s.place()
		return Place, ""
	case unicode.IsDigit(r):
		s.skipWhile(func(r rune) bool { return wordRune(r) || r == '.' })
		return Number, ""
	case wordRune(r) || (r == '&' || r == ':' || r == '$') && len(rest) > 1 && wordRune(rune(rest[1])):
		s.pos += size
		s.skipWhile(wordRune)
		if after := s.src[s.pos:]; strings.HasPrefix(after, "://") {
			s.place()
			return Place, ""
		}
		return Word, ""
	}
	s.pos += size
	return Symbol, ""
}

// quoted reads a quoted text, in which a doubled quote is one quote. With escapes, a backslash escapes the next
// character. An unclosed text extends to the end.
// https://docs.snowflake.com/en/sql-reference/data-types-text
func (s *scanner) quoted(mark byte, escapes bool) string {
	var b strings.Builder
	begin := s.pos
	for s.pos++; s.pos < len(s.src); s.pos++ {
		c := s.src[s.pos]
		switch {
		case c == '\\' && escapes && s.pos+1 < len(s.src):
			s.pos++
			b.WriteString(unescaped(s.src[s.pos]))
			continue
		case c == mark && s.pos+1 < len(s.src) && s.src[s.pos+1] == mark:
			s.pos++
		case c == mark:
			s.pos++
			return b.String()
		}
		b.WriteByte(s.src[s.pos])
	}
	s.open, s.opened = string(mark), begin
	return b.String()
}

// unescaped returns the meaning of a character after a backslash. Octal, hexadecimal and Unicode escapes, which names
// and paths do not contain, are left as they are.
func unescaped(c byte) string {
	switch c {
	case 'n':
		return "\n"
	case 'r':
		return "\r"
	case 't':
		return "\t"
	case 'b':
		return "\b"
	case 'f':
		return "\f"
	case '0', 'x', 'u':
		return "\\" + string(c)
	default:
		return string([]byte{c})
	}
}

// body reads a text between $$.
func (s *scanner) body() string {
	inside := s.src[s.pos+2:]
	if i := strings.Index(inside, "$$"); i >= 0 {
		s.pos += 2 + i + 2
		return inside[:i]
	}
	s.open, s.opened = "$$", s.pos
	s.pos = len(s.src)
	return inside
}

// place reads the rest of a stage path or URL, which may contain names in double quotes.
func (s *scanner) place() {
	if strings.HasPrefix(s.src[s.pos:], "@'") { // a path written as a string
		s.pos++
		s.quoted('\'', true)
		return
	}
	for s.pos < len(s.src) {
		r, size := utf8.DecodeRuneInString(s.src[s.pos:])
		switch {
		case r == '"':
			s.quoted('"', false)
			continue
		case unicode.IsSpace(r) || strings.ContainsRune(";,()'", r):
			return
		}
		s.pos += size
	}
}

func (s *scanner) skipWhile(keep func(rune) bool) {
	for s.pos < len(s.src) {
		r, size := utf8.DecodeRuneInString(s.src[s.pos:])
		if !keep(r) {
			return
		}
		s.pos += size
	}
}

// wordRune reports whether a character can be part of an unquoted name.
func wordRune(r rune) bool {
	return r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r)
}
