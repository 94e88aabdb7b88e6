package message

import (
	"fmt"
	"slices"
	"strings"
)

// ID identifies a message of the catalogues by its screen and field, as in "secrets.key.help". Every constant ID of the
// program must be in every catalogue; a test checks it.
type ID string

// Message is a translatable text: its id and its arguments. The zero value is empty.
type Message struct {
	// ID is empty for texts that are not in the catalogues, such as those of the system, a driver or a user's file.
	ID ID
	// Args are the values by placeholder. A Message, or an error that has one, is rendered in the language of the whole
	// text, any other value as fmt prints it.
	Args map[string]any
}

// words is the argument that holds a text that is not in the catalogues.
const words = "words"

// New returns a message of the catalogues. Args are pairs of a placeholder's name and value. User names and passwords
// in URLs are masked.
func New(id ID, args ...any) Message {
	m := Message{ID: id}
	if len(args) > 1 {
		m.Args = make(map[string]any, len(args)/2)
	}
	for i := 0; i+1 < len(args); i += 2 {
		value := args[i+1]
		switch v := value.(type) {
		case string:
			value = MaskURLs(v)
		case error:
			value = Of(v)
		}
		m.Args[fmt.Sprint(args[i])] = value
	}
	return m
}

// Verbatim returns a message with the same text in every language.
func Verbatim(text string) Message {
	if text == "" {
		return Message{}
	}
	return New("", words, text)
}

// Join returns the messages of a list as one message, separated by sep.
func Join(sep string, list ...Message) Message {
	if len(list) == 1 {
		return list[0]
	}
	return Message{Args: map[string]any{words: joined{sep: sep, list: slices.Clone(list)}}}
}

// joined is a list of messages that are rendered as one.
type joined struct {
	sep  string
	list []Message
}

// String returns the message in English.
func (m Message) String() string { return m.In(For(fallback).T) }

// MarshalText returns the message in English, because output for programs is the same in every language.
func (m Message) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText sets the message to the text that MarshalText returned. The id is lost.
func (m *Message) UnmarshalText(text []byte) error {
	*m = Verbatim(string(text))
	return nil
}

// In returns the message in the language of t.
func (m Message) In(t Translate) string {
	if m.IsZero() {
		return ""
	}
	if m.ID == "" {
		return render(t, m.Args[words])
	}
	data := make([]any, 0, 2*len(m.Args))
	for name, value := range m.Args {
		data = append(data, name, argument(t, value))
	}
	return t(m.ID, data...)
}

// argument returns a value for t. An int stays an int, because it selects the plural form.
func argument(t Translate, value any) any {
	if n, ok := value.(int); ok {
		return n
	}
	return render(t, value)
}

// render returns a value as text in the language of t.
func render(t Translate, value any) string {
	switch v := value.(type) {
	case Message:
		return v.In(t)
	case joined:
		parts := make([]string, len(v.list))
		for i, m := range v.list {
			parts[i] = m.In(t)
		}
		return strings.Join(parts, v.sep)
	case nil:
		return ""
	}
	return fmt.Sprint(value)
}

// IsZero reports whether the message is empty.
func (m Message) IsZero() bool { return m.ID == "" && len(m.Args) == 0 }
