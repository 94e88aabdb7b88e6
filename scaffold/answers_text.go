package scaffold

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"sleet/snowflake"
	"sleet/snowflake/safely"
	"sleet/ui/message"

	"github.com/pelletier/go-toml/v2"
)

// document is a text that is TOML: its tables, and the way back from a key to its place.
type document struct {
	data   []byte
	tables map[string]any
	places places
	// blocks are where its tables stand.
	blocks blocks
}

// parseText reads TOML, whatever its keys; its errors have line and column.
func parseText(name string, data []byte) (document, *ParseError) {
	// An editor may put a byte order mark first; TOML has no place for it.
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if at := invalidUTF8(data); at >= 0 {
		line, column := position(data, at)
		e := parseError(name, message.New("problem.answers.utf8"), message.New("problem.answers.utf8.fix"))
		e.Line, e.Column = line, column
		return document{}, e
	}
	if e := tooDeep(name, data); e != nil {
		return document{}, e
	}
	doc := document{data: data, tables: map[string]any{}}
	if err := toml.Unmarshal(data, &doc.tables); err != nil {
		return document{}, notTOML(name, data, err)
	}
	doc.places, doc.blocks = placesIn(data)
	return doc, nil
}

// tooDeep refuses a text of more levels than any answer has.
func tooDeep(name string, data []byte) *ParseError {
	var deep *safely.DepthError
	if !errors.As(safely.TOMLDepth(data), &deep) {
		return nil
	}
	e := parseError(name, message.New("problem.answers.too_deep", "most", safely.MostDepth), message.New("problem.answers.too_deep.fix"))
	e.Line, e.Column = deep.Line, deep.Column
	return e
}

// invalidUTF8 gives the offset of the first byte that is no UTF-8, -1 when all are.
func invalidUTF8(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// position gives the line and the column of an offset, from 1, the column in characters.
func position(data []byte, offset int) (line, column int) {
	before := data[:min(offset, len(data))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte{'\n'}) + 1, utf8.RuneCount(before[start:]) + 1
}

// notTOML puts an error of the TOML library into our words.
func notTOML(name string, data []byte, err error) *ParseError {
	e := parseError(name, message.New("problem.answers.no_toml"), message.New("problem.answers.no_toml.fix"))
	var decode *toml.DecodeError
	if !errors.As(err, &decode) {
		return e
	}
	said := strings.TrimPrefix(decode.Error(), "toml: ")
	e = parseError(name, message.New("problem.answers.no_toml.said", "said", said), e.FixSaid)
	for _, w := range tomlWords() {
		if !strings.Contains(said, w.part) {
			continue
		}
		msg, fix := w.texts()
		if key := joinKey(decode.Key()...); w.keyed && key != "" {
			msg = message.New("problem.answers.keyed", "key", key, "message", msg)
		}
		e = parseError(name, msg, fix)
		break
	}
	line, column := decode.Position()
	e.Line, e.Column = line, columnIn(data, line, column)
	return e
}

// columnIn turns a column in bytes into one in characters.
func columnIn(data []byte, line, column int) int {
	lines := bytes.SplitAfterN(data, []byte{'\n'}, line+1)
	if line < 1 || line > len(lines) {
		return column
	}
	text := lines[line-1]
	return utf8.RuneCount(text[:max(0, min(column-1, len(text)))]) + 1
}

// tomlWord is a part of a message of the TOML library and what we say instead.
type tomlWord struct {
	part         string
	keyed        bool // the message begins with the key
	message, fix string
}

// texts are the message and the fix as texts that a screen can put into another language.
func (w tomlWord) texts() (msg, fix message.Message) {
	return snowflake.Said(byWords("toml", w.message), w.message),
		snowflake.Said(byWords("toml", w.fix), w.fix, "example", "{ a = 1, b = 2 }")
}

func tomlWords() []tomlWord {
	const (
		quoteIt = `put text in quotes, as in name = "my app"; true, false and numbers stand without`
		closeIt = "close it on the same line with the quote it began with"
	)
	return []tomlWord{
		{"already exists as an array of tables", true, "is a list of tables: it cannot be one table as well", "give it once, or with [[ ]] each time"},
		{"should be an array table", true, "is given once as a value or a table and once as a list of tables", "keep one of the two"},
		{"should be a table", true, "is given once as a value and once as a table", "keep one of the two"},
		{"already defined", true, "is given twice", "keep one of the two"},
		{"already exists", true, "is given twice", "put all keys of the table under one header"},
		{"unexpected character U+000A", false, "a value is missing after the =", `write one, or "" for the default`},
		{"expected value, not end of input", false, "a value is missing after the =", `write one, or "" for the default`},
		{"at start of value", false, "a value cannot begin like this", quoteIt},
		{"strings must be quoted", false, "text stands without quotes", quoteIt},
		{"expected keyword", false, "a value cannot begin like this", quoteIt},
		{"integers cannot have leading zeroes", false, "a number cannot begin with 0", quoteIt},
		{"expected '=' after key", false, "a key needs a = and a value", "write key = value, or [table] for the head of a table"},
		{"at start of key", false, "no key can begin here", "write key = value; a key with other characters than A-Z, a-z, 0-9, _ and - goes in quotes"},
		{"to close table name", false, "the head of a table is not closed", "write [table], with other characters than A-Z, a-z, 0-9, _ and - in quotes"},
		{"to close array table name", false, "the head of a list of tables is not closed", "write [[table]]"},
		{"not terminated by", false, "a text in three quotes is not closed", "close it with the three quotes it began with"},
		{"unterminated", false, "a text in quotes is not closed", closeIt},
		{"strings cannot have new lines", false, "a text in quotes is not closed", closeIt},
		{"invalid escape character", false, `a \ in a text is followed by a letter that means nothing`, `write \\ for a \, or put the text in single quotes`},
		{"array is incomplete", false, "a list is not closed", "close it with ]"},
		{"']' after array value", false, "a list needs a comma or a ] here", `write it as ["a", "b"]`},
		{"inline table is incomplete", false, "a table in braces is not closed", "close it with } on the same line"},
		{"'}' after inline table", false, "a table in braces needs a comma or a } here", "write it on one line, as {example}"},
		{"expected newline", false, "something stands after the value", "write one key = value a line"},
		{"control characters", false, "a control character stands in the text", `write it as \u and four hexadecimal digits`},
		{"too large", false, "the number is too large", "put it in quotes"},
		{"impossible date", false, "there is no such date", "put it in quotes if it is text"},
	}
}
