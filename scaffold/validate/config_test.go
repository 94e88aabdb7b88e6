package validate

import (
	"sleet/scaffold"
)

func configCases() []ruleCase {
	option := func(key string, value any) func(*scaffold.App) {
		return func(a *scaffold.App) { a.Config = map[string]any{key: value} }
	}
	sleep := func(value any) func(*scaffold.App) { return option(sleepKey, value) }
	at := func(key string) string { return "config." + key }
	return []ruleCase{
		{"config-ignored", at("server.port"), option("server.port", int64(1))},
		{"config-ignored", at("client.toolbarMode"), option("client.toolbarMode", "minimal")},
		{"config-ignored", at(sleepKey), sleep(int64(30))},
		{"config-ignored", at("runner.fastReruns"), warehouse(option("runner.fastReruns", true))},
		{"config-ignored", "", option("runner.fastReruns", true)},
		{"config-ignored", "", warehouse(sleep(int64(30)))},
		{"config-section-unknown", at("themes.base"), option("themes.base", "dark")},
		{"config-section-unknown", "", option("theme.base", "dark")},
		{"config-unknown", at("theme.primaryColour"), option("theme.primaryColour", "#fff")},
		{"config-unknown", "", option("theme.primaryColor", "#fff")},
		{"config-disputed", at("server.maxUploadSize"), option("server.maxUploadSize", int64(100))},
		{"config-disputed", "", option("theme.base", "dark")},
		{"config-deprecated", at("mapbox.token"), option("mapbox.token", "pk.eyJ1IjoiYSJ9.x")},
		{"config-deprecated", "", option("theme.base", "dark")},
		{"config-type", at("theme.base"), option("theme.base", true)},
		{"config-type", at("theme.showWidgetBorder"), option("theme.showWidgetBorder", "yes")},
		{"config-type", "", option("theme.showWidgetBorder", true)},
		{"config-choice", at("theme.base"), option("theme.base", "blue")},
		{"config-choice", at("client.showErrorDetails"), option("client.showErrorDetails", "some")},
		{"config-choice", "", option("theme.base", "light")},
		{"config-range", at("theme.chartDivergingColors"), option("theme.chartDivergingColors", []any{"red"})},
		{"config-range", "", option("theme.chartCategoricalColors", []any{"red", "#00ff00"})},
		{"config-sleep", at(sleepKey), warehouse(sleep(int64(4)))},
		{"config-sleep", at(sleepKey), warehouse(sleep(int64(241)))},
		{"config-sleep", at(sleepKey), sleep(int64(500))},
		{"config-sleep", at(sleepKey), warehouse(sleep("30"))},
		{"config-sleep", at(sleepKey), warehouse(sleep(30.5))},
		{"config-sleep", "", warehouse(sleep(int64(5)))},
		{"config-sleep", "", warehouse(sleep(int64(240)))},
		{"config-colour", at("theme.primaryColor"), option("theme.primaryColor", "#ggg")},
		{"config-colour", at("theme.primaryColor"), option("theme.primaryColor", "ff4b4b")},
		{"config-colour", at("theme.chartCategoricalColors") + "[1]", option("theme.chartCategoricalColors", []any{"red", "#12"})},
		{"config-colour", "", option("theme.primaryColor", "rgb(255, 75, 75)")},
		{"config-colour", "", option("theme.primaryColor", "#FF4B4B80")},
		{"config-colour", "", option("theme.primaryColor", "Tomato")},
	}
}
