package validate

import (
	"slices"

	"sleet/scaffold/answers"
	"sleet/scaffold/catalogue"
	"sleet/scaffold/suggest"
	"sleet/ui/message"
)

// checkChoice returns the check of an answer with a fixed set of values. answers.Parse rejects
// other values too, but not every App comes from there.
func checkChoice(tableName, key string) func(*inspection) {
	t, _ := answers.TableNamed(tableName)
	f, _ := t.Field(key)
	list := catalogue.OneOf(f.Choices)
	check := func(in *inspection, path, value string) {
		if value == "" || slices.Contains(f.Choices, value) {
			return
		}
		fix := list
		if meant := suggest.Word(value, f.Choices); meant != "" {
			fix = message.Verbatim(message.Quote(meant))
		}
		in.found(path, "value", value, "choices", list, "fix", fix)
	}
	return func(in *inspection) {
		if !t.List {
			check(in, tableName+"."+key, *f.At(&in.answers, 0).(*string))
			return
		}
		for i := range in.answers.Secrets {
			check(in, secretPath(i, key), *f.At(&in.answers, i).(*string))
		}
	}
}

func choiceRules() []Rule {
	rules := []Rule{
		{ID: "runtime-unknown", Page: pageRuntimes, check: checkChoice("app", "runtime")},
		{ID: "language-unknown", Page: pageFiles, check: checkChoice("app", "language")},
		{ID: "rights-unknown", Page: pageRights, check: checkChoice("app", "rights")},
		{ID: "source-unknown", Page: pageDependencies, check: checkChoice("python", "source")},
		{ID: "secret-type-unknown", Page: pageTypes, check: checkChoice("secrets", "type")},
		{ID: "secret-flow-unknown", Page: pageTypes, check: checkChoice("secrets", "flow")},
		{ID: "secret-access-unknown", Page: pageConfiguration, check: checkChoice("secrets", "access")},
	}
	for i := range rules {
		rules[i].Severity = Error
	}
	return rules
}
