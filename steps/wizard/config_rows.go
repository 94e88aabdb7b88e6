package wizard

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/validate"
	"sleet/steps"
	"sleet/steps/wizard/screen"
	"sleet/ui"
)

// configRowsOf is the table of the options that the app sets, below the choice of a theme.
type configRowsOf struct {
	// own are colours of the app that are not from a preset, so that users who try presets can go back to them.
	own map[string]any
}

var _ toppedRows = configRowsOf{}

// top returns the question for the theme.
func (o configRowsOf) top(s steps.State) (steps.Question, rows) {
	if own := steps.CustomTheme(s.App); own != nil {
		o.own = own
	}
	return steps.ThemeQuestion(o.own), o
}

var _ rows = configRowsOf{}

func (configRowsOf) id() string   { return "config" }
func (configRowsOf) page() string { return steps.PageSecrets }

func (configRowsOf) columns() []string {
	return []string{"ask.config.column_option", "ask.config.column_value"}
}

func (configRowsOf) rows(k *ui.Context, s steps.State, problems []validate.Problem) []ui.Row {
	var all []ui.Row
	for _, name := range configKeys(s.App) {
		row := ui.Row{Cells: []string{name, steps.OptionText(s.App.Config[name])}}
		row.Level = gravest(notes(k, "config."+name, problems))
		all = append(all, row)
	}
	return all
}

// configKeys returns the options that have a row. Those of a preset have none: they are set by the choice above.
func configKeys(a scaffold.App) []string {
	keys := steps.ConfigKeys(a)
	if steps.CustomTheme(a) != nil {
		return keys
	}
	return slices.DeleteFunc(keys, func(key string) bool { return slices.Contains(steps.ThemeKeys(), key) })
}

func (configRowsOf) name(s steps.State, row int) string {
	if keys := configKeys(s.App); row < len(keys) {
		return keys[row]
	}
	return ""
}

func (configRowsOf) add(k *ui.Context, s steps.State, typed string) (screen.Model, steps.State) {
	return newPickScreen(k, s, typed), s
}

func (o configRowsOf) edit(k *ui.Context, s steps.State, row int) screen.Model {
	return optionScreen(k, s, o.name(s, row))
}

func (o configRowsOf) remove(s steps.State, row int) steps.State {
	a := s.App.Clone()
	delete(a.Config, o.name(s, row))
	return s.WithApp(a)
}

// below shows the current theme, even if it is Streamlit's own.
func (configRowsOf) below(k *ui.Context, s steps.State, w int) [][]string { return mock(k, s, w) }

// anchor returns the option's name without its section, which is in a line above it.
func (o configRowsOf) anchor(s steps.State, row int) string {
	name := o.name(s, row)
	return name[strings.LastIndex(name, ".")+1:] + " ="
}

func (configRowsOf) file() string { return steps.FileConfig }

// optionScreen asks for the value of an option.
func optionScreen(k *ui.Context, s steps.State, name string) screen.Model {
	form := newFormScreen(k, s, func(steps.State) []steps.Question { return []steps.Question{steps.ConfigQuestion(name)} })
	if strings.HasPrefix(name, "theme.") {
		form.below = swatches
	}
	return form
}
