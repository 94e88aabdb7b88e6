package validate

import (
	"maps"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/scaffold/textedit"
	"sleet/ui/message"
)

// optionAnswer is one option of [config.…].
type optionAnswer struct {
	key    string
	value  any
	option catalogue.Option
	known  bool
	// support is how the app's runtime handles the option.
	support catalogue.Support
}

func (o optionAnswer) path() string { return "config." + o.key }

func optionAnswers(config map[string]any, runtime scaffold.Runtime) []optionAnswer {
	answers := make([]optionAnswer, 0, len(config))
	for _, key := range slices.Sorted(maps.Keys(config)) {
		option, known := catalogue.Lookup(key)
		answers = append(answers, optionAnswer{
			key: key, value: config[key], option: option, known: known, support: catalogue.Supported(string(runtime), key),
		})
	}
	return answers
}

// checkNoted returns a check that reports the options that have one of the given notes in the
// catalogue.
func checkNoted(written bool, notes ...catalogue.Note) func(*inspection) {
	return func(in *inspection) {
		if !in.known {
			return
		}
		for _, o := range in.options {
			if o.support.Written == written && slices.Contains(notes, o.support.Note) {
				in.found(o.path(), "key", o.key, "section", catalogue.SectionOf(o.key), "runtime", runtimeText(in.facts.Runtime),
					"why", o.support.Reason, "fix", o.meant())
				in.problems[len(in.problems)-1].Page = o.support.Page
			}
		}
	}
}

// meant returns the fix for an unknown option.
func (o optionAnswer) meant() message.Message {
	if o.known {
		return message.Message{}
	}
	if near, ok := catalogue.Nearest(o.key); ok {
		return message.New("problem.meant", "word", near)
	}
	return message.New("problem.spelling")
}

func checkOptionUnknown(in *inspection) {
	for _, o := range in.options {
		if !o.known && in.known && o.support.Written {
			in.found(o.path(), "key", o.key, "fix", o.meant(), "version", catalogue.StreamlitVersion)
		}
	}
}

// checkOptionValue returns a check that reports the values with one of the given faults.
func checkOptionValue(faults ...catalogue.Fault) func(*inspection) {
	return func(in *inspection) {
		for _, o := range in.options {
			if o.known && slices.Contains(faults, o.option.Check(o.value)) && !isSleep(o.key) {
				in.found(o.path(), "key", o.key, "value", optionText(o), "want", o.option.ExpectedMessage())
			}
		}
	}
}

const sleepKey = "snowflake.sleep.streamlitSleepTimeoutMinutes"

func isSleep(key string) bool { return key == sleepKey }

// checkSleep checks the sleep timer for every runtime, even if the runtime ignores it: a value that
// is never valid is a mistake.
func checkSleep(in *inspection) {
	for _, o := range in.options {
		if isSleep(o.key) && o.known && o.option.Check(o.value) != catalogue.None {
			in.found(o.path(), "value", optionText(o), "want", o.option.ExpectedMessage())
		}
	}
}

// optionText returns a value for display, masked if the option holds a secret.
func optionText(o optionAnswer) string {
	if o.option.Sensitive {
		return "…"
	}
	return textedit.TOMLValue(o.value)
}

// checkColour reports values that browsers do not accept as a color.
func checkColour(in *inspection) {
	for _, o := range in.options {
		if !o.known {
			continue
		}
		if text, ok := o.value.(string); ok && o.option.IsColor() && !colour(text) {
			in.found(o.path(), "key", o.key, "value", text)
		}
		if list, ok := o.value.([]any); ok && strings.HasSuffix(o.option.Name, "Colors") {
			for i, e := range list {
				if text, ok := e.(string); ok && !colour(text) {
					in.found(item(o.path(), i), "key", o.key, "value", text)
				}
			}
		}
	}
}

// colour reports whether text has the form of a CSS color: a name, #rgb, #rrggbb, either with
// alpha, or a function such as rgb(…).
func colour(text string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	text = strings.ToLower(strings.TrimSpace(text))
	if hex, ok := strings.CutPrefix(text, "#"); ok {
		n := len(hex)
		return strings.Trim(hex, "0123456789abcdef") == "" && (n == 3 || n == 4 || n == 6 || n == 8)
	}
	name, arguments, call := strings.Cut(text, "(")
	if call {
		return slices.Contains([]string{"rgb", "rgba", "hsl", "hsla"}, name) && strings.HasSuffix(arguments, ")") &&
			strings.Trim(arguments, "0123456789.,%/ )deg-") == ""
	}
	return text != "" && strings.Trim(text, letters) == ""
}

func checkDeprecated(in *inspection) {
	for _, o := range in.options {
		if o.known && o.option.Deprecated {
			in.found(o.path(), "key", o.key, "instead", o.option.Instead())
		}
	}
}

func configRules() []Rule {
	const (
		pageConfig = "https://docs.streamlit.io/develop/api-reference/configuration/config.toml"
		pageSleep  = "https://docs.snowflake.com/en/developer-guide/streamlit/features/sleep-timer"
	)
	return []Rule{
		{
			ID: "config-ignored", Severity: Warning, Page: pageConfiguration,
			check: checkNoted(false, catalogue.SectionIgnored, catalogue.OptionIgnored, catalogue.NotApplicable),
		},
		{
			ID: "config-section-unknown", Severity: Warning, Page: pageConfig, check: checkNoted(false, catalogue.SectionUnknown),
		},
		{
			ID: "config-unknown", Severity: Warning, Page: pageConfig, check: checkOptionUnknown,
		},
		{
			ID: "config-disputed", Severity: Warning, Page: pageRuntimes, check: checkNoted(true, catalogue.PagesDisagree),
		},
		{
			ID: "config-deprecated", Severity: Warning, Page: pageConfiguration, check: checkDeprecated,
		},
		{
			ID: "config-type", Severity: Error, Page: pageConfig, check: checkOptionValue(catalogue.WrongType),
		},
		{
			ID: "config-choice", Severity: Error, Page: pageConfig, check: checkOptionValue(catalogue.NotAChoice),
		},
		{
			ID: "config-range", Severity: Error, Page: pageConfig,
			check: checkOptionValue(catalogue.OutOfRange, catalogue.WrongLength),
		},
		{
			ID: "config-sleep", Severity: Error, Page: pageSleep, check: checkSleep,
		},
		{
			ID: "config-colour", Severity: Warning, Page: "https://docs.streamlit.io/develop/concepts/configuration/theming-customize-colors-and-borders",
			check: checkColour,
		},
	}
}
