package safely

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// MostDepth is how many levels TOML and YAML may have. Readers join the path of each value level by
// level, so that a few kilobytes of levels take the memory of the machine.
const MostDepth = 100

// DepthError is a text that is nested deeper than MostDepth, and where it gets too deep.
type DepthError struct{ Line, Column int }

// Error says where.
func (e *DepthError) Error() string {
	return fmt.Sprintf("line %d, column %d: nested deeper than %d levels", e.Line, e.Column, MostDepth)
}

func tooDeep(text []byte, at int) error {
	before := text[:at]
	start := bytes.LastIndexByte(before, '\n') + 1
	return &DepthError{Line: bytes.Count(before, []byte{'\n'}) + 1, Column: utf8.RuneCount(before[start:]) + 1}
}

// TOMLDepth returns a *DepthError for TOML whose keys, arrays and inline tables are nested too deep. It
// is quick on any text; one that is not TOML is its reader's to refuse.
func TOMLDepth(text []byte) error {
	depth, dots := 0, 0
	for at := 0; at < len(text); at++ {
		switch text[at] {
		case '#':
			at = lineEnd(text, at)
		case '"', '\'':
			at = tomlString(text, at)
			continue
		case '[', '{':
			depth++
			dots = 0
		case ']', '}':
			depth = max(depth-1, 0)
			dots = 0
		case '.':
			dots++
		case '=', ',':
			dots = 0
		}
		if at < len(text) && text[at] == '\n' {
			dots = 0
		}
		if depth > MostDepth || dots >= MostDepth {
			return tooDeep(text, at)
		}
	}
	return nil
}

// lineEnd is the offset of the end of the line.
func lineEnd(text []byte, at int) int {
	if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

// tomlString is the offset of the last quote of the string that begins at an offset.
func tomlString(text []byte, at int) int {
	quote := text[at]
	triple := []byte{quote, quote, quote}
	long := bytes.HasPrefix(text[at:], triple)
	i := at + 1
	if long {
		i = at + len(triple)
	}
	for ; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"':
			i++
		case long && bytes.HasPrefix(text[i:], triple):
			for i += len(triple); i < len(text) && text[i] == quote; i++ { // up to two more belong to it
			}
			return i - 1
		case !long && text[i] == quote:
			return i
		case !long && text[i] == '\n':
			return i - 1 // Not closed; the reader says so.
		}
	}
	return len(text)
}

// YAMLDepth returns a *DepthError for YAML that is nested too deep, in brackets or by its indentation.
// It is quick on any text; one that is not YAML is its reader's to refuse.
func YAMLDepth(text []byte) error {
	s := yamlScan{text: text}
	for at := 0; at < len(text); {
		end := lineEnd(text, at)
		if bad := s.line(at, end); bad >= 0 {
			return tooDeep(text, bad)
		}
		at = end + 1
	}
	return nil
}

// yamlScan is where a scan of YAML is.
type yamlScan struct {
	text []byte
	// indents are the columns of the blocks that are open, flow is how many brackets are.
	indents []int
	flow    int
	// quote is the quote that is open at the end of a line, literal the indentation above which lines
	// are text, -1 for none.
	quote   byte
	literal int
	inText  bool
}

// line takes a line, and returns where it gets too deep, -1 where it does not.
func (s *yamlScan) line(at, end int) int {
	start := at
	for at < end && s.text[at] == ' ' {
		at++
	}
	column := at - start
	if at == end || s.text[at] == '\r' {
		return -1
	}
	if s.inText && column > s.literal {
		return -1
	}
	s.inText = false
	if s.flow == 0 && s.quote == 0 && s.text[at] != '#' {
		// Each - and ? of a line opens a block of its own.
		for at < end {
			c := s.text[at]
			if c == '|' || c == '>' {
				break // The text of an entry is further in than its dash.
			}
			if bad := s.open(column, at); bad >= 0 {
				return bad
			}
			if c != '-' && c != '?' || at+1 < end && s.text[at+1] != ' ' {
				break
			}
			for at++; at < end && s.text[at] == ' '; at++ {
			}
			column = at - start
		}
	}
	return s.tokens(at, end)
}

// open opens a block at a column, and closes those that are further in.
func (s *yamlScan) open(column, at int) int {
	for len(s.indents) > 0 && s.indents[len(s.indents)-1] > column {
		s.indents = s.indents[:len(s.indents)-1]
	}
	if len(s.indents) == 0 || s.indents[len(s.indents)-1] < column {
		s.indents = append(s.indents, column)
	}
	if len(s.indents) > MostDepth {
		return at
	}
	return -1
}

// tokens goes through the rest of a line: quotes, brackets, and a | or > that makes text of the lines
// that follow.
func (s *yamlScan) tokens(at, end int) int {
	begins := true // a token may begin here
	for ; at < end; at++ {
		c := s.text[at]
		switch {
		case s.quote == '"' && c == '\\':
			at++
		case s.quote != 0:
			if c == s.quote {
				s.quote = 0
			}
		case c == '#' && begins:
			return -1
		case begins && (c == '"' || c == '\''):
			s.quote = c
		case (c == '[' || c == '{') && (begins || s.flow > 0):
			if s.flow++; s.flow+len(s.indents) > MostDepth {
				return at
			}
			begins = true
			continue
		case (c == ']' || c == '}') && s.flow > 0:
			s.flow--
		case begins && s.flow == 0 && (c == '|' || c == '>'):
			s.inText, s.literal = true, 0
			if n := len(s.indents); n > 0 {
				s.literal = s.indents[n-1]
			}
			return -1
		}
		begins = c == ' ' || c == '\t' || s.flow > 0 && (c == ',' || c == ':')
	}
	return -1
}
