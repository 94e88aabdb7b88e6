package safely

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"sleet/ui/message"
)

// MaxDepth is the maximum nesting of TOML and YAML. Parsers join the path of each value level by level, so a few
// kilobytes of nesting could exhaust the machine's memory.
const MaxDepth = 100

// maxKeys is the maximum number of keys in TOML, since the start or the last array of tables, and maxTables the maximum
// number of arrays of tables. The parser compares each key with all of these, so a megabyte of keys would take minutes.
// Lock files have thousands of arrays of tables, with few keys in each.
const (
	maxKeys   = 5000
	maxTables = 20000
)

// maxEntries is the maximum number of lines and of entries in brackets in YAML. The parser takes seconds for this many,
// and minutes for a few times more.
const maxEntries = 20000

// LimitError reports where a text exceeds a limit, and which one.
type LimitError struct {
	Line, Column int
	Limit        message.Message
}

// Error returns the limit with the position.
func (e *LimitError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Limit)
}

func exceeds(text []byte, at int, limit message.Message) error {
	before := text[:at]
	start := bytes.LastIndexByte(before, '\n') + 1
	return &LimitError{Line: bytes.Count(before, []byte{'\n'}) + 1, Column: utf8.RuneCount(before[start:]) + 1, Limit: limit}
}

func tooDeep(text []byte, at int) error {
	return exceeds(text, at, message.New("read.too_deep", "most", MaxDepth))
}

// CheckTOML returns a *LimitError for TOML whose keys, arrays and inline tables are nested too deeply or too many. It is
// fast for any input. It does not check the syntax: the parser does.
func CheckTOML(text []byte) error {
	depth, dots, keys, tables := 0, 0, 0, 0
	blank := true // whether the line has only had spaces
	for at := 0; at < len(text); at++ {
		heads := blank && depth == 0
		blank = blank && (text[at] == ' ' || text[at] == '\t')
		switch text[at] {
		case '#':
			at = lineEnd(text, at)
		case '"', '\'':
			at = tomlString(text, at)
			continue
		case '[', '{':
			if heads && bytes.HasPrefix(text[at:], []byte("[[")) {
				tables, keys = tables+1, 0
			} else if heads {
				keys++
			}
			depth++
			dots = 0
		case ']', '}':
			if depth = max(depth-1, 0); depth == 0 {
				keys += dots // of a heading
			}
			dots = 0
		case '.':
			dots++
		case '=':
			keys += dots + 1
			dots = 0
		case ',':
			dots = 0
		}
		if at < len(text) && text[at] == '\n' {
			dots, blank = 0, true
		}
		switch {
		case depth > MaxDepth || dots >= MaxDepth:
			return tooDeep(text, at)
		case keys > maxKeys:
			return exceeds(text, at, message.New("read.too_many_keys", "most", maxKeys))
		case tables > maxTables:
			return exceeds(text, at, message.New("read.too_many_tables", "most", maxTables))
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

// CheckYAML returns a *LimitError for YAML that is nested too deeply, in brackets or by indentation, or has too many entries. It is fast for any
// input. It does not check the syntax: the parser does.
func CheckYAML(text []byte) error {
	s := yamlScan{text: text}
	for at := 0; at < len(text); {
		end := lineEnd(text, at)
		if bad := s.line(at, end); bad >= 0 {
			return tooDeep(text, bad)
		}
		if s.entries > maxEntries {
			return exceeds(text, at, message.New("read.too_many_entries", "most", maxEntries))
		}
		at = end + 1
	}
	return nil
}

// yamlScan is the state of a scan of YAML.
type yamlScan struct {
	text []byte
	// indents are the columns of the open blocks. flow is the number of open brackets, entries that of entries so far.
	indents       []int
	flow, entries int
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
	if s.text[at] != '#' {
		s.entries++
	}
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
		case c == ',' && s.flow > 0:
			s.entries++
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
