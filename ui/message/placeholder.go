package message

import (
	"fmt"
	"slices"
	"strings"
)

// Placeholders returns the names of a text's placeholders, sorted and without duplicates.
func Placeholders(text string) []string {
	var names []string
	Fill(text, func(name string) string {
		names = append(names, name)
		return ""
	})
	slices.Sort(names)
	return slices.Compact(names)
}

// Fill replaces each {name} in a text with value(name), which is not expanded again. A brace that does not start a
// placeholder is kept.
func Fill(text string, value func(name string) string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		if closed && isName(name) {
			b.WriteString(value(name))
			text = after
			continue
		}
		b.WriteByte('{')
		text = rest
	}
}

// fill fills a text with pairs of a name and a value. A placeholder without a value is removed.
func fill(text string, data []any) string {
	return Fill(text, func(name string) string {
		for i := 0; i+1 < len(data); i += 2 {
			if data[i] == name {
				return fmt.Sprint(data[i+1])
			}
		}
		return ""
	})
}

// isName reports whether a name is valid for a placeholder: lower-case letters, digits and underscores.
func isName(name string) bool {
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
			return false
		}
	}
	return name != ""
}
