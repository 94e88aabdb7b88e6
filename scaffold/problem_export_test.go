package scaffold

// RuleSlips returns an app for each slip that the tests of the rules know.
func RuleSlips() []App {
	cases := ruleCases()
	apps := make([]App, len(cases))
	for i, c := range cases {
		apps[i] = App{Folder: "demo"}
		c.change(&apps[i])
	}
	return apps
}
