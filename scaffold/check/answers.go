package check

import (
	"sleet/scaffold"
	"sleet/snowflake"
)

// wrongAnswers gives what is wrong with the answers in sleet.toml, as every command says it (SL501).
func wrongAnswers(a *App, _ Options) []Finding {
	if a.Answers == nil {
		return nil
	}
	p := a.InRoot(answersFile)
	var list []Finding
	for _, problem := range a.Answers.Problems() {
		f := a.inFile(p, problem.Path, problemSaid(problem, "message", problem.Message))
		if start, end, ok := scaffold.AnswerPlace(a.Files[p], problem.Path); ok {
			f = a.inText(p, start, end, problem.Path, problemSaid(problem, "message", problem.Message))
		}
		f.FixSaid, f.Severity = problemSaid(problem, "fix", problem.Fix), Severity(problem.Severity)
		list = append(list, f)
	}
	return list
}

// problemSaid is what a problem says, under the id that the files of languages have it by.
func problemSaid(p scaffold.Problem, part, words string) snowflake.Text {
	args := map[string]any{"words": words}
	for name, value := range p.Args {
		args[name] = value
	}
	return snowflake.Text{ID: "problem." + p.ID + "." + part, English: "{words}", Args: args}
}
