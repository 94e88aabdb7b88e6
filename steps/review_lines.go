package steps

import (
	"fmt"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/validate"
)

// Line is one answer in the review, with the question and the step that changes it.
type Line struct {
	Step StepID
	// Question is the question's id, or the table's for a step that asks in a table. The line has its words.
	Question string
	// Text is the answer or the default. Given reports that it is not a default.
	Text  string
	Given bool
	// Problems are the problems of this answer.
	Problems []validate.Problem
}

// Lines returns every answer that the chosen runtime calls for, in the order of the steps.
func Lines(s State, problems []validate.Problem) []Line {
	var lines []Line
	for _, id := range asking(s) {
		if row := id.Row(); row.Rows != nil {
			lines = append(lines, summary(row, row.Rows(s.App), problems))
		}
		for _, q := range Questions(id, s) {
			text, given := q.Answer(s.App)
			if q.Kind == Toggle && !given {
				text = no
			}
			lines = append(lines, Line{Step: id, Question: q.ID, Text: text, Given: given, Problems: q.Problems(problems)})
		}
	}
	return lines
}

// summary returns the line of a step with a table: all its rows.
func summary(step Step, parts []string, problems []validate.Problem) Line {
	path := step.Tables[0]
	return Line{
		Step: step.ID, Question: path, Text: strings.Join(parts, ", "), Given: len(parts) > 0,
		Problems: Question{Path: path}.Problems(problems),
	}
}

func secretNames(a scaffold.App) []string {
	var names []string
	for _, d := range a.Resolve().Secrets {
		names = append(names, fmt.Sprintf("%s (%s)", d.Key, d.Access))
	}
	return names
}

// ConfigKeys returns the options that the app sets, sorted.
func ConfigKeys(a scaffold.App) []string {
	var keys []string
	for key := range a.Config {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// StepOf returns the step that asks about a problem's path.
func StepOf(s State, path string) StepID {
	s.Every = true
	for _, id := range asking(s) {
		for _, q := range Questions(id, s) {
			if UnderPath(path, q.Path) {
				return id
			}
		}
	}
	for _, row := range registry {
		if slices.ContainsFunc(row.Tables, func(table string) bool { return UnderPath(path, table) }) {
			return row.ID
		}
	}
	return AppStep
}
