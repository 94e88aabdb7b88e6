package token

import "fmt"

// CPython's limits on nesting.
const (
	maxIndents  = 100
	maxBrackets = 200
	maxStrings  = 150
)

// tokenize splits a text into the tokens that CPython's tokenize module returns since 3.12
// (https://docs.python.org/3/library/tokenize.html), without the Encoding token. On an error it
// returns the tokens before it; for a bracket that is never closed, all tokens.
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

// scanner is the state of the tokenizer.
type scanner struct {
	text     []byte
	pos      int
	tokens   []Token
	indents  []indent
	brackets []int       // offsets of the open brackets
	strings  []formatted // the open f-strings and t-strings
	fresh    bool        // at the start of a line
	blank    bool        // on a line without code
	ended    bool        // past the last line
	done     bool
	err      *Error
}

// indent is the indentation of a block, with tabs to every eighth column and with tabs as one
// column. Python rejects lines whose order depends on the size of a tab.
type indent struct{ col, alt int }

// at returns a byte of the text, 0 past its end. The text contains no NUL.
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

// fail reports an error at an offset and ends the scan.
func (s *scanner) fail(offset int, format string, args ...any) {
	if s.err == nil {
		s.err = &Error{positionIn(s.text, offset), fmt.Sprintf(format, args...)}
	}
	s.done = true
}

// next scans one token outside the literal parts of an f-string.
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

// closeBracket pops the bracket that c closes. f is the enclosing f-string, or nil.
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

// closing returns the closing bracket for an opening one.
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

// operatorSize returns the length of the operator at the start of three characters.
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
