package steps

import (
	"fmt"
	"maps"
	"reflect"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/catalogue"
	"sleet/scaffold/textedit"
)

// ConfigQuestion returns the question about one option of .streamlit/config.toml.
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
	case len(option.Choices) > 0 && option.OtherValues == "":
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

// OptionText returns an option's value as a person types it: strings without quotes, other values as TOML.
func OptionText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	default:
		return textedit.TOMLValue(v)
	}
}

// setOption parses what was typed as the option's type. A value of another type stays a string, so that its problem can
// be shown.
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

// ConfigOptions returns the options that the runtime supports and that sleet offers.
func ConfigOptions(s State) []catalogue.Option {
	var all []catalogue.Option
	for _, o := range catalogue.Options() {
		support := catalogue.Supported(string(s.Runtime()), o.Key)
		if support.Written && support.Offered && !o.Hidden && !o.Deprecated {
			all = append(all, o)
		}
	}
	return all
}

// ThemePreset is a named theme with the options that it sets.
type ThemePreset struct {
	ID      string
	Options map[string]any
}

// The presets that are not named themes.
const (
	presetNone = "streamlit" // Streamlit's own theme, light or dark as the viewer's system is
	presetOwn  = "own"       // the app's own colours
)

// ThemePresets returns the themes to choose from, Streamlit's own first. Text and buttons have a contrast of at least
// 4.5:1. Themes without a base are light or dark as the viewer's system is.
// https://docs.streamlit.io/develop/concepts/configuration/theming
func ThemePresets() []ThemePreset {
	accent := func(colour string) map[string]any { return map[string]any{"theme.primaryColor": colour} }
	page := func(base, ground, second, text, primary string) map[string]any {
		return map[string]any{
			"theme.base": base, "theme.backgroundColor": ground, "theme.secondaryBackgroundColor": second,
			"theme.textColor": text, "theme.primaryColor": primary,
		}
	}
	return []ThemePreset{
		{presetNone, nil},
		{"light", map[string]any{"theme.base": "light"}},
		{"dark", map[string]any{"theme.base": "dark"}},
		{"blue", accent("#11689b")},
		{"teal", accent("#0b7285")},
		{"plum", accent("#7b3fa0")},
		{"paper", page("light", "#fbf8f1", "#f0eadc", "#2b2620", "#8a4b14")},
		{"midnight", page("dark", "#0b1020", "#151c33", "#e6ecff", "#3a66d6")},
		{"contrast", page("light", "#ffffff", "#eeeeee", "#000000", "#0000b3")},
	}
}

// ThemeKeys returns the options that a preset can set.
func ThemeKeys() []string {
	return []string{"theme.base", "theme.primaryColor", "theme.backgroundColor", "theme.secondaryBackgroundColor", "theme.textColor"}
}

// themeOf returns the theme options that an app sets.
func themeOf(a scaffold.App) map[string]any {
	theme := map[string]any{}
	for _, key := range ThemeKeys() {
		if v, set := a.Config[key]; set {
			theme[key] = v
		}
	}
	return theme
}

// sameTheme reports whether two themes set the same options. A value of the wrong type equals no other.
func sameTheme(a, b map[string]any) bool {
	return len(a) == len(b) && (len(a) == 0 || reflect.DeepEqual(a, b))
}

// CustomTheme returns the theme options of an app if they match no preset, or nil.
func CustomTheme(a scaffold.App) map[string]any {
	theme := themeOf(a)
	for _, preset := range ThemePresets() {
		if sameTheme(theme, preset.Options) {
			return nil
		}
	}
	return theme
}

// ThemeQuestion returns the question about the theme. own are the app's own theme options, offered as a preset; nil if
// it has none.
func ThemeQuestion(own map[string]any) Question {
	presets := ThemePresets()
	if own != nil {
		presets = append([]ThemePreset{{presetOwn, own}}, presets...)
	}
	return Question{
		ID: "config.preset", Path: "config.theme", Kind: Choice, Page: "https://docs.streamlit.io/develop/concepts/configuration/theming", File: FileConfig,
		Options: func(State) []Option {
			all := make([]Option, 0, len(presets))
			for _, preset := range presets {
				all = append(all, Option{Value: preset.ID, Words: "ask.config.preset." + preset.ID})
			}
			return all
		},
		Get: func(a scaffold.App) string {
			theme := themeOf(a)
			for _, preset := range presets {
				if sameTheme(theme, preset.Options) {
					return preset.ID
				}
			}
			return presetNone
		},
		Set: func(a *scaffold.App, v string) {
			for _, preset := range presets {
				if preset.ID != v {
					continue
				}
				for _, key := range ThemeKeys() {
					delete(a.Config, key)
				}
				if a.Config == nil {
					a.Config = map[string]any{}
				}
				maps.Copy(a.Config, preset.Options)
			}
		},
	}
}
