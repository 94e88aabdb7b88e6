package steps

import (
	"fmt"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/catalogue"
)

// ConfigQuestion asks for the value of one option of .streamlit/config.toml.
func ConfigQuestion(name string) Question {
	q := Question{
		ID: "config." + name, Path: "config." + name, Kind: Text, Label: name, Page: PageOptions, File: FileConfig,
		Get: func(a scaffold.App) string { return OptionText(a.Config[name]) },
		Set: func(a *scaffold.App, v string) { setOption(a, name, v) },
	}
	option, known := catalogue.Lookup(name)
	if !known {
		return q
	}
	q.Why = option.Summary()
	q.Preset = OptionText(option.Default)
	var values []string
	switch {
	case option.Type == catalogue.Bool:
		values = []string{"true", "false"}
	case len(option.Choices) > 0 && option.Open == "":
		values = option.Choices
	default:
		return q
	}
	q.Kind = Choice
	q.Options = func(State) []Option {
		all := []Option{{Value: "", Words: "ask.config.unset"}}
		for _, v := range values {
			all = append(all, Option{Value: v})
		}
		return all
	}
	return q
}

// OptionText writes an option's value as it is typed: strings bare, all else as TOML has it.
func OptionText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	default:
		return tomlValue(v)
	}
}

// setOption reads what was typed by the option's type; what does not fit the type stays a
// string, so that its problem can be shown.
func setOption(a *scaffold.App, name, typed string) {
	if strings.TrimSpace(typed) == "" {
		delete(a.Config, name)
		return
	}
	if a.Config == nil {
		a.Config = map[string]any{}
	}
	a.Config[name] = typed
	if option, known := catalogue.Lookup(name); known && option.Type == catalogue.String {
		return
	}
	if read, err := answers.Set((scaffold.App{}), fmt.Sprintf("config.%s=%s", name, typed)); err == nil {
		a.Config[name] = read.Config[name]
	}
}

// ConfigOptions lists the options that the runtime obeys and that are for people to set.
func ConfigOptions(s State) []catalogue.Option {
	var all []catalogue.Option
	for _, o := range catalogue.Options() {
		support := catalogue.Supported(string(s.Runtime()), o.Key)
		if support.Written && support.Offered && !o.Hidden && o.Deprecated == "" {
			all = append(all, o)
		}
	}
	return all
}
