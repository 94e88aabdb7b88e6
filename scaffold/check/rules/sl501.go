package rules

import (
	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/validate"
)

// sl501 returns the rule about invalid answers in sleet.toml.
func sl501() Rule {
	return Rule{
		ID: "SL501", Runtimes: everywhere(), Severity: facts.Warning,
		Page: pageSecrets, Check: wrongAnswers,
		Example: Example{
			Before: `## sleet.toml
version = 1

[network]
hosts = ["https://api.example.com/v1"]
`,
			After: `## sleet.toml
version = 1

[network]
hosts = ["api.example.com"]
`,
		},
	}
}

// wrongAnswers returns the findings of SL501: problems of the answers in sleet.toml, worded as in
// every other command.
func wrongAnswers(a *facts.App, _ facts.Options) []facts.Finding {
	if a.Answers == nil {
		return nil
	}
	p := a.RootPath(scaffold.AnswersFile)
	var list []facts.Finding
	places := answers.NewPlaces(a.Files[p])
	for _, problem := range validate.Problems(*a.Answers) {
		f := a.FileFinding(p, problem.Path, problem.Message)
		if start, end, ok := places.Place(problem.Path); ok {
			f = a.TextFinding(p, start, end, problem.Path, problem.Message)
		}
		f.Fix, f.Severity = problem.Fix, facts.Severity(problem.Severity)
		list = append(list, f)
	}
	return list
}
