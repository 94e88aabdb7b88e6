package existing

import (
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/ui/message"
)

// messages say why a file was left out.
func messages() map[string]string {
	return map[string]string{
		"python":      "Python refuses the file: {why}",
		"toml":        "not TOML: {why}",
		"yaml":        "not YAML: {why}",
		"sql":         "SQL in which {mark} is never closed",
		"yaml_unread": "not YAML that can be read",
		"answers":     "{why}",
		"folder":      "the folder cannot be read: {why}",
		"file":        "the file cannot be read: {why}",
		"deep":        "{place}: nested deeper than {most} levels",
		"large":       "the file is larger than {size} MiB, which no source is",
	}
}

// say makes a sentence of the table; args are pairs of a name and a value.
func say(name string, args ...any) message.Message {
	return snowflake.Said("finding.skipped."+name, messages()[name], args...)
}

// Texts returns every sentence of the package, in the order of their ids.
func Texts() []message.Message {
	texts := make([]message.Message, 0, len(messages()))
	for name := range messages() {
		texts = append(texts, say(name))
	}
	slices.SortFunc(texts, func(a, b message.Message) int { return strings.Compare(a.ID, b.ID) })
	return texts
}
