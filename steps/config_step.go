package steps

import (
	"fmt"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/ui"
)

// configRowsOf is the table of the options that the app sets.
type configRowsOf struct{}

var _ rows = configRowsOf{}

func (configRowsOf) id() string   { return "config" }
func (configRowsOf) page() string { return pageSecrets }

func (configRowsOf) columns() []string {
	return []string{"ask.config.column_option", "ask.config.column_value"}
}

func (configRowsOf) rows(k *ui.Kit, s State, problems []scaffold.Problem) []ui.Row {
	var all []ui.Row
	for _, name := range ConfigKeys(s.App) {
		row := ui.Row{Cells: []string{name, optionText(s.App.Config[name])}}
		row.Level = gravest(notes(k, "config."+name, problems))
		all = append(all, row)
	}
	return all
}

func (configRowsOf) name(s State, row int) string {
	if keys := ConfigKeys(s.App); row < len(keys) {
		return keys[row]
	}
	return ""
}

func (configRowsOf) add(k *ui.Kit, s State, typed string) (screen, State) {
	return newPickScreen(k, s, typed), s
}

func (o configRowsOf) edit(k *ui.Kit, s State, row int) screen {
	return optionScreen(k, s, o.name(s, row))
}

func (o configRowsOf) remove(s State, row int) State {
	a := s.App.Clone()
	delete(a.Config, o.name(s, row))
	return s.WithApp(a)
}

func (configRowsOf) below(k *ui.Kit, s State, w int) [][]string { return swatches(k, s, w) }

// anchor is the option's own name: its section stands above it.
func (o configRowsOf) anchor(s State, row int) string {
	name := o.name(s, row)
	return name[strings.LastIndex(name, ".")+1:] + " ="
}

func (configRowsOf) file() string { return fileConfig }

// optionScreen asks for one option's value.
func optionScreen(k *ui.Kit, s State, name string) screen {
	form := newFormScreen(k, s, func(State) []Question { return []Question{ConfigQuestion(name)} })
	if strings.HasPrefix(name, "theme.") {
		form.below = swatches
	}
	return form
}

// ConfigQuestion asks for the value of one option of .streamlit/config.toml.
func ConfigQuestion(name string) Question {
	q := Question{
		ID: "config." + name, Path: "config." + name, Kind: Text, Label: name, Page: pageOptions, File: fileConfig,
		Get: func(a scaffold.App) string { return optionText(a.Config[name]) },
		Set: func(a *scaffold.App, v string) { setOption(a, name, v) },
	}
	option, known := catalogue.Lookup(name)
	if !known {
		return q
	}
	q.Why = option.Summary()
	q.Preset = optionText(option.Default)
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

// optionText writes an option's value as it is typed: strings bare, all else as TOML has it.
func optionText(v any) string {
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
	if read, err := (scaffold.App{}).Set(fmt.Sprintf("config.%s=%s", name, typed)); err == nil {
		a.Config[name] = read.Config[name]
	}
}
