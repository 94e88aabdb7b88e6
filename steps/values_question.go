package steps

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/ui/message"
)

// ValuesID names the values, in words and in sleet.toml.
const ValuesID = "values"

// valuesQuestion asks for the non-secret values of .streamlit/secrets.toml, a line each:
// key = value, the value as TOML has it or a bare word.
func valuesQuestion() Question {
	return Question{
		ID: ValuesID, Path: ValuesID, Kind: List, Page: PageSecrets, File: FileValues,
		Lines:    func(a scaffold.App) []string { return valueLines("", a.Values) },
		SetLines: setValues,
		Check: func(line string) error {
			_, err := withValue(scaffold.App{}, line)
			return err
		},
	}
}

// valueLines writes a table as lines of dotted keys, sorted.
func valueLines(prefix string, table map[string]any) []string {
	var lines []string
	for key, v := range table {
		path := prefix + tomlKey(key)
		if sub, ok := v.(map[string]any); ok {
			lines = append(lines, valueLines(path+".", sub)...)
			continue
		}
		lines = append(lines, path+" = "+tomlValue(v))
	}
	slices.Sort(lines)
	return lines
}

// setValues reads the lines back; a line that is not an assignment was refused by Check.
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

// tomlValue writes one value as TOML has it.
func tomlValue(v any) string {
	var b bytes.Buffer
	if err := toml.NewEncoder(&b).SetTablesInline(true).Encode(map[string]any{"v": v}); err != nil {
		return fmt.Sprint(v)
	}
	_, value, _ := strings.Cut(strings.TrimSpace(b.String()), "=")
	return strings.TrimSpace(value)
}

// tomlKey writes a key, quoted where it must be.
func tomlKey(key string) string {
	bare := key != "" && strings.IndexFunc(key, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-'
	}) < 0
	if bare {
		return key
	}
	return tomlValue(key)
}
