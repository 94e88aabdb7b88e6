package steps

import (
	"slices"
	"strconv"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/textedit"
	"sleet/ui/message"
)

// ValuesID is the id of the values, in messages and in sleet.toml.
const ValuesID = "values"

// valuesQuestions asks for the non-secret values of .streamlit/secrets.toml, one a line: key = value, where the value
// is TOML or a bare word.
func valuesQuestions(State) []Question {
	return []Question{{
		ID: ValuesID, Path: ValuesID, Kind: List, Page: PageSecrets, File: FileValues,
		Lines:    func(a scaffold.App) []string { return valueLines("", a.Values) },
		SetLines: setValues,
		Check: func(line string) error {
			_, err := withValue(scaffold.App{}, line)
			return err
		},
	}}
}

// valueLines returns a table as sorted lines with dotted keys.
func valueLines(prefix string, table map[string]any) []string {
	var lines []string
	for key, v := range table {
		path := prefix + textedit.JoinKey(key)
		if sub, ok := v.(map[string]any); ok {
			lines = append(lines, valueLines(path+".", sub)...)
			continue
		}
		lines = append(lines, path+" = "+textedit.TOMLValue(v))
	}
	slices.Sort(lines)
	return lines
}

// setValues parses the lines. It skips lines that are not assignments, which Check refused.
func setValues(a *scaffold.App, lines []string) {
	read := *a
	read.Values = nil
	for _, line := range lines {
		if next, err := withValue(read, line); err == nil {
			read = next
		}
	}
	a.Values = read.Values
}

func withValue(a scaffold.App, line string) (scaffold.App, error) {
	key, value, ok := strings.Cut(line, "=")
	if !ok || strings.TrimSpace(key) == "" {
		return a, message.NewError("ask.values.no_key", "line", strconv.Quote(line))
	}
	next, err := answers.Set(a, "values."+strings.TrimSpace(key)+"="+strings.TrimSpace(value))
	if err != nil {
		return a, message.Wrap(err, "ask.values.value", "key", strings.TrimSpace(key))
	}
	return next, nil
}
