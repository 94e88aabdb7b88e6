package message

import (
	"fmt"
	"slices"
	"strings"
)

// Placeholders returns the names of a text's placeholders, sorted, each once.
func Placeholders(text string) []string {
	var names []string
	Fill(text, func(name string) string {
		names = append(names, name)
		return ""
	})
	slices.Sort(names)
	return slices.Compact(names)
}

// Fill replaces each {name} of a text by what value returns for it. What value returns is not read
// again. A brace that begins no placeholder stays.
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

// fill fills a text with pairs of a name and a value; a placeholder without a value is left out.
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

// isName reports whether a placeholder may have this name: small letters, digits and underscores.
func isName(name string) bool {
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
			return false
		}
	}
	return name != ""
}
