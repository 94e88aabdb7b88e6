package catalogue

import (
	"strings"
	"unicode"

	"sleet/snowflake"
	"sleet/ui/message"
)

// textRows are the texts that the catalogue says, by the end of the names that they have in the files
// of languages. What a text has a blank before stands behind a word.
func textRows() [][2]string {
	return [][2]string{
		{"list.and", "{first} and {last}"},
		{"list.or", "{first} or {last}"},
		{"support.disputed", "Snowflake's page on runtimes names {key} for a container, its page on configuration calls [{section}] unsupported: " +
			"it is kept as given"},
		{"support.only", "Of [{section}] the {runtime} runtime reads only {options}"},
		{"support.out_of_date", "[{section}] is deprecated: set an environment variable instead"},
		{"support.plain_text", "The files it names lie on a stage in plain text: they are for values that are no secrets"},
		{"support.sleep", "Sleep timers are for the warehouse runtime: a container app runs as a service"},
		{"support.ignored", "The {runtime} runtime does not read [{section}]"},
		{"support.unknown", "Neither Streamlit nor Snowflake has a section [{section}]"},
		{"runtime.container", container},
		{"runtime.warehouse", warehouse},
		{"want.between", " from {least} to {most}{steps}"},
		{"want.bool", "true or false"},
		{"want.count", " {least} to {most}"},
		{"want.exactly", " {count}"},
		{"want.integer", "a whole number{limits}"},
		{"want.integers", "a list of{count} whole numbers{limits}"},
		{"want.least", " of at least {least}{steps}"},
		{"want.number", "a number"},
		{"want.steps", " in steps of {step}"},
		{"want.string", "a string"},
		{"want.strings", "a list of{count} strings"},
		{"want.table", "a table"},
		{"want.tables", "a list of tables"},
	}
}

// say makes a text of a row, with pairs of its arguments.
func say(name string, args ...any) message.Message {
	english := ""
	for _, row := range textRows() {
		if row[0] == name {
			english = row[1]
		}
	}
	return snowflake.Said("problem."+name, english, args...)
}

// RuntimeText is the word for a runtime.
func RuntimeText(runtime string) message.Message {
	if text := say("runtime." + runtime); text.English != "" {
		return text
	}
	return message.Verbatim(runtime)
}

// Texts gives every text that the catalogue says, in English, under the names that they have in the
// files of languages.
func Texts() []message.Message {
	rows := textRows()
	texts := make([]message.Message, 0, len(rows)+8)
	for _, row := range rows {
		texts = append(texts, snowflake.Said("problem."+row[0], row[1]))
	}
	for _, o := range load().options {
		if o.Open != "" {
			texts = append(texts, o.open())
		}
		if o.Deprecated != "" {
			texts = append(texts, o.Instead())
		}
	}
	return texts
}

// Instead says what to do in place of a deprecated option; it says nothing of one in good standing.
func (o Option) Instead() message.Message {
	if o.Deprecated == "" {
		return message.Message{}
	}
	english := strings.TrimSuffix(strings.ToLower(o.Deprecated[:1])+o.Deprecated[1:], ".")
	return snowflake.Said(byWords("problem.instead.", english), english)
}

// byWords names a text by its own words: what the catalogue takes from Streamlit has no other name.
func byWords(prefix, english string) string {
	words := strings.FieldsFunc(strings.ToLower(english), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return prefix + strings.Join(words, "_")
}
