package validate

import (
	"sleet/scaffold"
)

// Rules returns every rule.
func Rules() []Rule { return allRules() }

// RuleSlips returns an app for each problem in the tests of the rules.
func RuleSlips() []scaffold.App {
	cases := ruleCases()
	apps := make([]scaffold.App, len(cases))
	for i, c := range cases {
		apps[i] = scaffold.App{Folder: "demo"}
		c.change(&apps[i])
	}
	return apps
}
