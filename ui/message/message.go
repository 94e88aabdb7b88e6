package message

import (
	"fmt"
	"slices"
	"strings"
)

// ID names a message of the catalogues: the screen and the field it belongs to, as in
// "secrets.key.help". Every constant ID of the program is in every catalogue: a test compares them.
type ID string

// Message is a sentence for a person: its name in the catalogues and the values that fill it. The
// zero value says nothing.
type Message struct {
	// ID is empty for words that no catalogue has: those of the system, a driver, a person's file.
	ID ID
	// Args are the values by placeholder. A Message, or an error that carries one, is rendered in the
	// language of the whole; anything else is printed as fmt prints it.
	Args map[string]any
}

// words is the placeholder of what no catalogue has.
const words = "words"

// New returns a message of the catalogues. Args are pairs of a placeholder's name and its value; user
// names and passwords in addresses are masked.
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

// Verbatim returns a message of words that are the same in every language.
func Verbatim(text string) Message {
	if text == "" {
		return Message{}
	}
	return New("", words, text)
}

// Join returns one message of several, with sep between them.
func Join(sep string, list ...Message) Message {
	if len(list) == 1 {
		return list[0]
	}
	return Message{Args: map[string]any{words: joined{sep: sep, list: slices.Clone(list)}}}
}

// joined are several messages that are rendered as one.
type joined struct {
	sep  string
	list []Message
}

// String returns the English.
func (m Message) String() string { return m.In(For(fallback).T) }

// MarshalText returns the English: what programs read is the same in every language.
func (m Message) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText takes the English of a message that a program wrote; its id is not kept.
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

// argument returns a value for t. A number stays a number: it picks the plural.
func argument(t Translate, value any) any {
	if n, ok := value.(int); ok {
		return n
	}
	return render(t, value)
}

// render returns a value as it is printed in the language of t.
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

// IsZero reports whether the message says nothing.
func (m Message) IsZero() bool { return m.ID == "" && len(m.Args) == 0 }
