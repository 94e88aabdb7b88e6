package snowflake

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// shownList parses a list as an account shows it, each entry with one.
func shownList(text string, one func(string) Entry) []Entry {
	text = strings.TrimSpace(text)
	var list []string
	if json.Unmarshal([]byte(text), &list) == nil {
		entries := make([]Entry, 0, len(list))
		for _, s := range list {
			entries = append(entries, one(s))
		}
		return entries
	}
	var table map[string]string
	if json.Unmarshal([]byte(text), &table) == nil {
		entries := make([]Entry, 0, len(table))
		for _, key := range slices.Sorted(maps.Keys(table)) {
			entries = append(entries, Entry{Key: key, Name: ShownName(table[key])})
		}
		return entries
	}
	switch strings.ToUpper(text) {
	case "ALL":
		return []Entry{all}
	case "", "NONE", "[]", "{}", "()":
		return []Entry{}
	}
	for _, pair := range []string{"[]", "{}", "()"} {
		if inner, ok := strings.CutPrefix(text, pair[:1]); ok {
			text = strings.TrimSuffix(inner, pair[1:])
			break
		}
	}
	entries := []Entry{}
	for _, part := range outsideQuotes(text, ',') {
		if pair := outsideQuotes(part, '='); len(pair) == 2 { //nolint:mnd // KEY = NAME.
			entries = append(entries, Entry{Key: strings.Trim(pair[0], `'"`), Name: ShownName(pair[1])})
			continue
		}
		if part != "" {
			entries = append(entries, one(part))
		}
	}
	return entries
}

// outsideQuotes splits a text at a separator outside quotes and trims the parts. An apostrophe within a part is no quote:
// accounts show the texts of a list without quotes.
func outsideQuotes(text string, separator byte) []string {
	var parts []string
	start, quote := 0, byte(0)
	for i := range len(text) {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' && strings.TrimSpace(text[start:i]) == "":
			quote = c
		case c == separator:
			parts = append(parts, strings.TrimSpace(text[start:i]))
			start = i + 1
		}
	}
	return append(parts, strings.TrimSpace(text[start:]))
}
