package snowflake

import (
	"fmt"
	"slices"
	"strings"
)

// Text is a sentence for a person that can be put into the person's language: the English of it,
// and what another language needs to say the same. The zero value says nothing.
type Text struct {
	// ID is the message's name in the files of languages; empty where there is English only.
	ID string
	// English has {name} for each argument.
	English string
	// Args fill the message. A value is a Text where a language has its own words for it, else
	// anything that fmt prints: a name, a number, what somebody else said.
	Args map[string]any
}

// Said makes a Text; args are pairs of a name and a value.
func Said(id, english string, args ...any) Text {
	t := Text{ID: id, English: english}
	for i := 0; i+1 < len(args); i += 2 {
		if t.Args == nil {
			t.Args = make(map[string]any, len(args)/2)
		}
		value := args[i+1]
		if words, ok := value.(string); ok {
			value = MaskURLs(words)
		}
		t.Args[fmt.Sprint(args[i])] = value
	}
	return t
}

// Verbatim makes a Text of words that stay as they are in every language.
func Verbatim(words string) Text {
	return Said("", "{words}", "words", words)
}

// String gives the English.
func (t Text) String() string {
	return Fill(t.English, func(name string) string {
		if value, ok := t.Args[name]; ok {
			return fmt.Sprint(value)
		}
		return ""
	})
}

// IsZero says whether it says nothing.
func (t Text) IsZero() bool { return t.ID == "" && t.English == "" }

// Placeholders gives the names of a message's arguments, sorted, each once.
func Placeholders(message string) []string {
	var names []string
	Fill(message, func(name string) string {
		names = append(names, name)
		return ""
	})
	slices.Sort(names)
	return slices.Compact(names)
}

// Fill puts what value gives for each {name} into a message. What value gives is not read again.
func Fill(message string, value func(name string) string) string {
	if !strings.Contains(message, "{") {
		return message
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(message, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(value(name))
		message = after
	}
}
