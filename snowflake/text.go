package snowflake

import "sleet/ui/message"

// Text is a message.
//
// Deprecated: use message.Message.
type Text = message.Message

// Said makes a Text; args are pairs of a name and a value.
//
// Deprecated: use message.New; en.toml has the English.
func Said(id, english string, args ...any) Text {
	t := message.New(message.ID(id), args...)
	t.English = english
	return t
}

// Verbatim makes a Text of words that stay as they are in every language.
//
// Deprecated: use message.Verbatim.
func Verbatim(words string) Text { return message.Verbatim(words) }

// Placeholders returns the names of a message's arguments, sorted, each once.
//
// Deprecated: use message.Placeholders.
func Placeholders(text string) []string { return message.Placeholders(text) }

// Fill puts what value gives for each {name} into a message.
//
// Deprecated: use message.Fill.
func Fill(text string, value func(name string) string) string { return message.Fill(text, value) }
