package answers

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold/textedit"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// document is a decoded TOML text with the positions of its keys.
type document struct {
	data   []byte
	tables map[string]any
	places textedit.Places
	// blocks are the byte ranges of its tables.
	blocks textedit.Blocks
}

// parseText parses TOML with any keys. Its errors have a line and a column.
func parseText(name string, data []byte) (document, *ParseError) {
	// Some editors write a byte order mark, which TOML does not allow.
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
	doc.places, doc.blocks = textedit.PlacesIn(data)
	return doc, nil
}

// tooDeep returns an error for a text that is nested too deeply.
func tooDeep(name string, data []byte) *ParseError {
	var deep *safely.LimitError
	if !errors.As(safely.CheckTOML(data), &deep) {
		return nil
	}
	e := parseError(name, deep.Limit, message.New("problem.answers.too_deep.fix"))
	e.Line, e.Column = deep.Line, deep.Column
	return e
}

// invalidUTF8 returns the offset of the first invalid UTF-8 byte, -1 if there is none.
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

// position returns the line and the column of an offset, both from 1, the column in characters.
func position(data []byte, offset int) (line, column int) {
	before := data[:min(offset, len(data))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte{'\n'}) + 1, utf8.RuneCount(before[start:]) + 1
}

// notTOML translates an error of the TOML library into our own words.
func notTOML(name string, data []byte, err error) *ParseError {
	e := parseError(name, message.New("problem.answers.no_toml"), message.New("problem.answers.no_toml.fix"))
	var decode *toml.DecodeError
	if !errors.As(err, &decode) {
		return e
	}
	text := strings.TrimPrefix(decode.Error(), "toml: ")
	e = parseError(name, message.New("problem.answers.no_toml.said", "said", text), e.Fix)
	for _, w := range tomlWords() {
		if !strings.Contains(text, w.part) {
			continue
		}
		msg, fix := w.texts()
		if key := textedit.JoinKey(decode.Key()...); w.keyed && key != "" {
			msg = message.New("problem.answers.keyed", "key", key, "message", msg)
		}
		e = parseError(name, msg, fix)
		break
	}
	line, column := decode.Position()
	e.Line, e.Column = line, columnIn(data, line, column)
	return e
}

// columnIn converts a column in bytes to a column in characters.
func columnIn(data []byte, line, column int) int {
	lines := bytes.SplitAfterN(data, []byte{'\n'}, line+1)
	if line < 1 || line > len(lines) {
		return column
	}
	text := lines[line-1]
	return utf8.RuneCount(text[:max(0, min(column-1, len(text)))]) + 1
}

// tomlWord maps a part of an error text of the TOML library to our own message.
type tomlWord struct {
	part         string
	keyed        bool // whether the message begins with the key
	message, fix message.ID
}

// texts returns the message and the fix.
func (w tomlWord) texts() (msg, fix message.Message) {
	return message.New(w.message), message.New(w.fix, "example", "{ a = 1, b = 2 }")
}

func tomlWords() []tomlWord {
	const (
		quoteIt = "problem.toml.put_text_in_quotes_as_in_name_my_app_true_false_and_numbers_stand_without"
		closeIt = "problem.toml.close_it_on_the_same_line_with_the_quote_it_began_with"
	)
	return []tomlWord{
		{"already exists as an array of tables", true, "problem.toml.is_a_list_of_tables_it_cannot_be_one_table_as_well", "problem.toml.give_it_once_or_with_each_time"},
		{"should be an array table", true, "problem.toml.is_given_once_as_a_value_or_a_table_and_once_as_a_list_of_tables", "problem.toml.keep_one_of_the_two"},
		{"should be a table", true, "problem.toml.is_given_once_as_a_value_and_once_as_a_table", "problem.toml.keep_one_of_the_two"},
		{"already defined", true, "problem.toml.is_given_twice", "problem.toml.keep_one_of_the_two"},
		{"already exists", true, "problem.toml.is_given_twice", "problem.toml.put_all_keys_of_the_table_under_one_header"},
		{"unexpected character U+000A", false, "problem.toml.a_value_is_missing_after_the", "problem.toml.write_one_or_for_the_default"},
		{"expected value, not end of input", false, "problem.toml.a_value_is_missing_after_the", "problem.toml.write_one_or_for_the_default"},
		{"at start of value", false, "problem.toml.a_value_cannot_begin_like_this", quoteIt},
		{"strings must be quoted", false, "problem.toml.text_stands_without_quotes", quoteIt},
		{"expected keyword", false, "problem.toml.a_value_cannot_begin_like_this", quoteIt},
		{"integers cannot have leading zeroes", false, "problem.toml.a_number_cannot_begin_with_0", quoteIt},
		{"expected '=' after key", false, "problem.toml.a_key_needs_a_and_a_value", "problem.toml.write_key_value_or_table_for_the_head_of_a_table"},
		{"at start of key", false, "problem.toml.no_key_can_begin_here", "problem.toml.write_key_value_a_key_with_other_characters_than_a_z_a_z_0_9_and_goes_in_quotes"},
		{"to close table name", false, "problem.toml.the_head_of_a_table_is_not_closed", "problem.toml.write_table_with_other_characters_than_a_z_a_z_0_9_and_in_quotes"},
		{"to close array table name", false, "problem.toml.the_head_of_a_list_of_tables_is_not_closed", "problem.toml.write_table"},
		{"not terminated by", false, "problem.toml.a_text_in_three_quotes_is_not_closed", "problem.toml.close_it_with_the_three_quotes_it_began_with"},
		{"unterminated", false, "problem.toml.a_text_in_quotes_is_not_closed", closeIt},
		{"strings cannot have new lines", false, "problem.toml.a_text_in_quotes_is_not_closed", closeIt},
		{"invalid escape character", false, "problem.toml.a_in_a_text_is_followed_by_a_letter_that_means_nothing", "problem.toml.write_for_a_or_put_the_text_in_single_quotes"},
		{"array is incomplete", false, "problem.toml.a_list_is_not_closed", "problem.toml.close_it_with"},
		{"']' after array value", false, "problem.toml.a_list_needs_a_comma_or_a_here", "problem.toml.write_it_as_a_b"},
		{"inline table is incomplete", false, "problem.toml.a_table_in_braces_is_not_closed", "problem.toml.close_it_with_on_the_same_line"},
		{"'}' after inline table", false, "problem.toml.a_table_in_braces_needs_a_comma_or_a_here", "problem.toml.write_it_on_one_line_as_example"},
		{"expected newline", false, "problem.toml.something_stands_after_the_value", "problem.toml.write_one_key_value_a_line"},
		{"control characters", false, "problem.toml.a_control_character_stands_in_the_text", "problem.toml.write_it_as_u_and_four_hexadecimal_digits"},
		{"too large", false, "problem.toml.the_number_is_too_large", "problem.toml.put_it_in_quotes"},
		{"impossible date", false, "problem.toml.there_is_no_such_date", "problem.toml.put_it_in_quotes_if_it_is_text"},
	}
}
