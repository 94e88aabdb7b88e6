package scaffold

import (
	"sync"

	"sleet/snowflake"
	"sleet/ui/message"
)

// answerPhrases are what the reader of answers says, by the end of the names that it has in the files of
// languages.
var answerPhrases = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"answers.at_top":           "{what} at the top of the file",
		"answers.belongs":          "{key} belongs in {table}",
		"answers.beyond":           "there is no {path}: there are {length}",
		"answers.beyond.fix":       "the next one is {next}",
		"answers.bool":             "{path} must be true or false, not {kind}",
		"answers.bool.fix":         "write {key} = true or {key} = false, without quotes",
		"answers.choice":           "{path} is {choices}, not {value}",
		"answers.each":             "write {head} once for each",
		"answers.head":             "write its head as {head}",
		"answers.head_keys":        "write its head as {head} and its keys below",
		"answers.is_table":         "{path} is a table",
		"answers.is_table.fix":     "write {path}.key=value, or all of it as {braces}",
		"answers.key_again":        "{path} {key} is already the key of {other}",
		"answers.key_again.fix":    "give each secret a key of its own; upper and lower case count as one",
		"answers.keyed":            "{key} {message}",
		"answers.knows":            "{table} knows {keys}",
		"answers.no_answer":        "{key} is no answer",
		"answers.no_answer.fix":    "write table.key, as in app.name",
		"answers.no_equals":        "a = is missing between the answer and its value",
		"answers.no_key":           "{key} is no key",
		"answers.no_key.fix":       "write keys with dots between, as in app.name; a key with other characters goes in quotes",
		"answers.no_secret":        "{flag} is no secret",
		"answers.no_secret.fix":    "write KEY, KEY:TYPE or KEY:TYPE:ACCESS, as in api_key:generic_string:function",
		"answers.no_toml":          "this is not valid TOML",
		"answers.no_toml.fix":      "see https://toml.io/en/v1.0.0",
		"answers.no_toml.said":     "this is not valid TOML: {said}",
		"answers.no_value":         "the value is missing",
		"answers.no_value.fix":     "write it after the =",
		"answers.one_table":        "{path} must be one table, not a list",
		"answers.place":            "{place}{message}",
		"answers.place_fix":        "{place}{message}; {fix}",
		"answers.set_utf8":         "this is not UTF-8 text",
		"answers.set_utf8.fix":     "give it as UTF-8",
		"answers.table":            "{path} must be a table, not {kind}",
		"answers.tables":           "{path} must be a list of tables, not {kind}",
		"answers.tables_are":       "the tables are {tables}",
		"answers.text":             "{path} must be text in quotes, not {kind}",
		"answers.texts":            "{path} must be a list of texts, not {kind}",
		"answers.unknown_in":       "unknown key {key} in {table}",
		"answers.unknown_key":      "unknown key {key}",
		"answers.unknown_table":    "unknown table {table}",
		"answers.too_deep":         "nested deeper than {most} levels",
		"answers.too_deep.fix":     "no answer has that many; check the brackets and the dots",
		"answers.too_many":         "{path} has {entries} entries; at most {most} are read",
		"answers.too_many.fix":     "split the app, or leave out what it does not use",
		"answers.utf8":             "the file is not UTF-8 text",
		"answers.utf8.fix":         "save it as UTF-8",
		"answers.value_toml":       "the value is not valid TOML",
		"answers.value_toml.fix":   `close its quotes and brackets, as in "text" or ["a", "b"]`,
		"answers.version":          "version must be {version}, the only one that this sleet reads",
		"answers.version.fix":      "write version = 1, or use a newer sleet",
		"answers.which":            "{path} is a list: say which one",
		"answers.which.fix":        "write {first} for the first",
		"answers.write":            "write {text}",
		"answers.written_hash":     "[written] holds a hash in quotes for each path, not {kind}",
		"answers.written_hash.fix": "delete the line: sleet writes it again",
		"answers.written_path":     "a path in [written] stands without quotes",
		"answers.written_path.fix": `put the whole path in quotes, as in "streamlit_app.py" = "…"`,
		"answers.written_set":      "[written] is kept by sleet and cannot be set",
		"answers.written_set.fix":  "leave it out",
	}
})

// told makes a text of what the reader of answers says, with pairs of its arguments.
func told(name string, args ...any) message.Message {
	return snowflake.Said("problem.answers."+name, answerPhrases()["answers."+name], args...)
}

// kindText names the kind of a decoded value.
func kindText(v any) message.Message { return kindNamed(kindOf(v)) }

func kindNamed(kind string) message.Message { return snowflake.Said(byWords("kind", kind), kind) }

// parseError makes the error of a message and its fix.
func parseError(file string, msg, fix message.Message) *ParseError {
	return &ParseError{File: file, Message: msg.String(), Fix: fix.String(), Said: msg, FixSaid: fix}
}

// answerTexts gives every text of the reader of answers.
func answerTexts() []message.Message {
	texts := make([]message.Message, 0, 128)
	for name, english := range answerPhrases() {
		texts = append(texts, snowflake.Said("problem."+name, english))
	}
	for _, w := range tomlWords() {
		msg, fix := w.texts()
		texts = append(texts, msg, fix)
	}
	for _, kind := range kinds() {
		texts = append(texts, kindNamed(kind))
	}
	return texts
}
