package safely

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// MaxDepth is the maximum nesting of TOML and YAML. Parsers join the path of each value level by level, so a few
// kilobytes of nesting could exhaust the machine's memory.
const MaxDepth = 100

// DepthError reports where a text exceeds MaxDepth.
type DepthError struct{ Line, Column int }

// Error returns the message with the position.
func (e *DepthError) Error() string {
	return fmt.Sprintf("line %d, column %d: nested deeper than %d levels", e.Line, e.Column, MaxDepth)
}

func tooDeep(text []byte, at int) error {
	before := text[:at]
	start := bytes.LastIndexByte(before, '\n') + 1
	return &DepthError{Line: bytes.Count(before, []byte{'\n'}) + 1, Column: utf8.RuneCount(before[start:]) + 1}
}

// TOMLDepth returns a *DepthError for TOML whose keys, arrays and inline tables are nested too deeply. It is fast for
// any input. It does not check the syntax: the parser does.
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
		if depth > MaxDepth || dots >= MaxDepth {
			return tooDeep(text, at)
		}
	}
	return nil
}

// lineEnd returns the offset of the end of the line.
func lineEnd(text []byte, at int) int {
	if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

// tomlString returns the offset of the closing quote of the string that starts at an offset.
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
			for i += len(triple); i < len(text) && text[i] == quote; i++ { // up to two more quotes belong to the string
			}
			return i - 1
		case !long && text[i] == quote:
			return i
		case !long && text[i] == '\n':
			return i - 1 // Not closed; the parser reports it.
		}
	}
	return len(text)
}

// YAMLDepth returns a *DepthError for YAML that is nested too deeply, in brackets or by indentation. It is fast for any
// input. It does not check the syntax: the parser does.
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

// yamlScan is the state of a scan of YAML.
type yamlScan struct {
	text []byte
	// indents are the columns of the open blocks. flow is the number of open brackets.
	indents []int
	flow    int
	// quote is the quote that is still open at the end of a line.
	//
	// With inText, lines indented by more than literal are the text of a block scalar.
	quote   byte
	literal int
	inText  bool
}

// line scans a line and returns the offset where it is nested too deeply, or -1.
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
				break // The text of a block scalar is indented more than its dash.
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

// open opens a block at a column and closes the blocks that are indented more.
func (s *yamlScan) open(column, at int) int {
	for len(s.indents) > 0 && s.indents[len(s.indents)-1] > column {
		s.indents = s.indents[:len(s.indents)-1]
	}
	if len(s.indents) == 0 || s.indents[len(s.indents)-1] < column {
		s.indents = append(s.indents, column)
	}
	if len(s.indents) > MaxDepth {
		return at
	}
	return -1
}

// tokens scans the rest of a line: quotes, brackets, and a | or > that starts a block scalar.
func (s *yamlScan) tokens(at, end int) int {
	begins := true // whether a token may start here
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
			if s.flow++; s.flow+len(s.indents) > MaxDepth {
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
