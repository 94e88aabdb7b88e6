package token

import "fmt"

// The depths at which CPython gives up.
const (
	maxIndents  = 100
	maxBrackets = 200
	maxStrings  = 150
)

// tokenize splits a text into the tokens that CPython's tokenize module gives since 3.12
// (https://docs.python.org/3/library/tokenize.html), without its Encoding. On an error it returns the
// tokens before it; where a bracket is never closed, those of the whole file.
func tokenize(text []byte) ([]Token, *Error) {
	s := &scanner{
		text:    text,
		tokens:  make([]Token, 0, len(text)/4+2),
		indents: []indent{{}},
		fresh:   true,
	}
	for !s.done {
		if f := s.formatted(); f != nil && f.literal {
			s.formattedLiteral(f)
		} else {
			s.next()
		}
	}
	return s.tokens, s.err
}

// scanner is where the tokenizer stands.
type scanner struct {
	text     []byte
	pos      int
	tokens   []Token
	indents  []indent
	brackets []int       // where each open bracket stands
	strings  []formatted // the f-strings and t-strings open here
	fresh    bool        // at the start of a line
	blank    bool        // on a line without code
	ended    bool        // past the last line
	done     bool
	err      *Error
}

// indent is how far a block stands in, with tabs to every eighth column and with tabs as one column:
// Python refuses lines whose order depends on the size of a tab.
type indent struct{ col, alt int }

// at returns a byte of the text, 0 past its end: a text holds no NUL.
func (s *scanner) at(i int) byte {
	if i < len(s.text) {
		return s.text[i]
	}
	return 0
}

func (s *scanner) emit(kind Kind, start, end int) {
	s.tokens = append(s.tokens, Token{kind, start, end})
	s.pos = end
}

// fail ends the scan at the character at offset.
func (s *scanner) fail(offset int, format string, args ...any) {
	if s.err == nil {
		s.err = &Error{positionIn(s.text, offset), fmt.Sprintf(format, args...)}
	}
	s.done = true
}

// next scans one token outside of an f-string's literal parts.
func (s *scanner) next() {
	if s.fresh {
		s.line()
		if s.done || s.fresh {
			return
		}
	}
	c := s.at(s.pos)
	for c == ' ' || c == '\t' || c == '\f' {
		s.pos++
		c = s.at(s.pos)
	}
	switch {
	case isNameByte(c) && !isDigit(c):
		s.name()
	case isDigit(c) || c == '.' && isDigit(s.at(s.pos+1)):
		s.number()
	case c == '\n' || c == '\r':
		s.lineEnd()
	case c == '#':
		end := s.pos
		for end < len(s.text) && s.text[end] != '\n' && s.text[end] != '\r' {
			end++
		}
		s.emit(Comment, s.pos, end)
	case c == '\'' || c == '"':
		s.stringLiteral(s.pos)
	case c == '\\':
		s.continueLine()
	case s.pos >= len(s.text):
		s.end()
	default:
		s.operator(c)
	}
}

// operator scans an operator or a bracket.
func (s *scanner) operator(c byte) {
	f := s.formatted()
	if c == ':' && f != nil && f.expression >= 0 && f.depth-1 == f.expression {
		f.literal, f.spec = true, true
		s.emit(Op, s.pos, s.pos+1)
		return
	}
	if size := operatorSize(c, s.at(s.pos+1), s.at(s.pos+2)); size > 1 {
		s.emit(Op, s.pos, s.pos+size)
		return
	}
	switch c {
	case '(', '[', '{':
		if len(s.brackets) >= maxBrackets {
			s.fail(s.pos, "too many nested parentheses")
			return
		}
		s.brackets = append(s.brackets, s.pos)
		if f != nil {
			f.depth++
		}
	case ')', ']', '}':
		if !s.closeBracket(c, f) {
			return
		}
	default:
		if c < ' ' || c == 0x7f {
			s.fail(s.pos, "invalid character U+%04X", c)
			return
		}
	}
	s.emit(Op, s.pos, s.pos+1)
}

// closeBracket takes the bracket that c closes from the stack; f is the f-string it is in, or nil.
func (s *scanner) closeBracket(c byte, f *formatted) bool {
	if len(s.brackets) == 0 || f != nil && f.depth == 0 {
		s.fail(s.pos, "unmatched '%c'", c)
		return false
	}
	open := s.text[s.brackets[len(s.brackets)-1]]
	s.brackets = s.brackets[:len(s.brackets)-1]
	if c != closing(open) {
		s.fail(s.pos, "'%c' does not close '%c'", c, open)
		return false
	}
	if f == nil {
		return true
	}
	f.depth--
	if c == '}' && f.depth == f.expression {
		f.expression--
		f.literal, f.spec = true, false
	}
	return true
}

// closing returns the bracket that closes another.
func closing(open byte) byte {
	switch open {
	case '(':
		return ')'
	case '[':
		return ']'
	default:
		return '}'
	}
}

// operatorSize returns how many of three characters make one operator.
func operatorSize(c, c2, c3 byte) int {
	switch c {
	case '*', '/', '<', '>':
		switch {
		case c2 == c && c3 == '=':
			return 3
		case c2 == c, c2 == '=', c == '<' && c2 == '>':
			return 2
		}
	case '+', '-', '%', '&', '|', '^', '@', '=', '!', ':':
		if c2 == '=' || c == '-' && c2 == '>' {
			return 2
		}
	case '.':
		if c2 == '.' && c3 == '.' {
			return 3
		}
	}
	return 1
}
