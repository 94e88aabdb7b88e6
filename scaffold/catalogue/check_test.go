package catalogue_test

import (
	"testing"

	"sleet/scaffold/catalogue"
)

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		key   string
		value any
		want  catalogue.Fault
	}{
		{"theme.base", "dark", catalogue.None},
		{"theme.base", "themes/ours.toml", catalogue.None},
		{"theme.base", "https://example.com/theme", catalogue.None},
		{"theme.base", "Dark", catalogue.NotAChoice},
		{"theme.base", true, catalogue.WrongType},
		{"theme.font", "Space Grotesk", catalogue.None},
		{"theme.primaryColor", "#c53948", catalogue.None},
		{"theme.primaryColor", int64(0), catalogue.WrongType},
		{"theme.chartCategoricalColors", []any{"#fff"}, catalogue.None},
		{"theme.chartCategoricalColors", []any{}, catalogue.None},
		{"theme.chartCategoricalColors", []any{"#fff", int64(1)}, catalogue.WrongType},
		{"theme.chartCategoricalColors", "#fff", catalogue.WrongType},
		{"theme.chartSequentialColors", []any{"#fff"}, catalogue.WrongLength},
		{"theme.fontFaces", []any{map[string]any{"family": "x", "url": "y"}}, catalogue.None},
		{"theme.fontFaces", map[string]any{"family": "x"}, catalogue.WrongType},
		{"theme.headingFontSizes", "2rem", catalogue.None},
		{"theme.headingFontSizes", []any{"2rem", "1rem"}, catalogue.None},
		{"theme.headingFontSizes", []any{}, catalogue.WrongLength},
		{"theme.headingFontWeights", int64(550), catalogue.None},
		{"theme.headingFontWeights", int64(555), catalogue.OutOfRange},
		{"theme.headingFontWeights", []any{int64(800), int64(50)}, catalogue.OutOfRange},
		{"theme.baseFontSize", int64(0), catalogue.OutOfRange},
		{"theme.baseFontSize", int64(1), catalogue.None},
		{"theme.baseFontSize", 16.0, catalogue.WrongType},
		{"theme.baseFontWeight", int64(650), catalogue.OutOfRange},
		{"client.showErrorDetails", "none", catalogue.None},
		{"client.showErrorDetails", false, catalogue.None},
		{"client.showErrorDetails", "some", catalogue.NotAChoice},
		{"client.toolbarMode", "hidden", catalogue.NotAChoice},
		{"runner.connectionDefaultTTL", int64(60), catalogue.None},
		{"runner.connectionDefaultTTL", 60.5, catalogue.None},
		{"runner.connectionDefaultTTL", "60", catalogue.WrongType},
		{"runner.fastReruns", "true", catalogue.WrongType},
		{"server.trustedUserHeaders", map[string]any{"X-User": "user"}, catalogue.None},
		{"snowflake.sleep.streamlitSleepTimeoutMinutes", int64(4), catalogue.OutOfRange},
		{"snowflake.sleep.streamlitSleepTimeoutMinutes", int64(5), catalogue.None},
		{"snowflake.sleep.streamlitSleepTimeoutMinutes", int64(240), catalogue.None},
		{"snowflake.sleep.streamlitSleepTimeoutMinutes", int64(241), catalogue.OutOfRange},
		{"snowflake.sleep.streamlitSleepTimeoutMinutes", "30", catalogue.WrongType},
		{"snowflake.sleep.streamlitSleepTimeoutMinutes", nil, catalogue.WrongType},
	} {
		o, ok := catalogue.Lookup(test.key)
		if got := o.Check(test.value); !ok || got != test.want {
			t.Errorf("Check(%s = %#v) = %q, want %q", test.key, test.value, got, test.want)
		}
	}
}

func TestExpected(t *testing.T) {
	for key, want := range map[string]string{
		"runner.fastReruns":                            "true or false",
		"runner.connectionDefaultTTL":                  "a number",
		"theme.primaryColor":                           "a string",
		"theme.base":                                   `"light", "dark" or the path or URL of a TOML theme file`,
		"client.toolbarMode":                           `"auto", "developer", "viewer" or "minimal"`,
		"client.showErrorLinks":                        `"auto" or true or false`,
		"theme.chartCategoricalColors":                 "a list of strings",
		"theme.chartDivergingColors":                   "a list of 10 strings",
		"theme.headingFontWeights":                     "a list of 1 to 6 whole numbers from 100 to 900 in steps of 50 or a whole number from 100 to 900 in steps of 50",
		"theme.fontFaces":                              "a list of tables",
		"theme.baseFontSize":                           "a whole number of at least 1",
		"server.trustedUserHeaders":                    "a table",
		"snowflake.sleep.streamlitSleepTimeoutMinutes": "a whole number from 5 to 240",
	} {
		o, _ := catalogue.Lookup(key)
		if got := o.Expected(); got != want {
			t.Errorf("Expected of %s = %q, want %q", key, got, want)
		}
	}
}
