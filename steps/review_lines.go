package steps

import (
	"fmt"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/validate"
)

// Line is one answer in the review: what it is about, the answer, and where it is changed.
type Line struct {
	Step StepID
	// Question is the question's id, or the step's own for the steps that have a screen of
	// their own; its words are the line's.
	Question string
	// Text is the answer or the default; Given says that it is not a default.
	Text  string
	Given bool
	// Problems are those of this answer.
	Problems []validate.Problem
}

// Lines returns every answer that the chosen runtime calls for, in the order of the steps.
func Lines(s State, problems []validate.Problem) []Line {
	every := s
	every.Every = true
	var lines []Line
	for _, id := range Path(every) {
		switch id {
		case Secrets:
			lines = append(lines, summary(id, secretNames(s.App), "secrets", problems))
		case Config:
			lines = append(lines, summary(id, ConfigKeys(s.App), "config", problems))
		default:
			for _, q := range Questions(id, s) {
				text, given := q.Answer(s.App)
				if q.Kind == Toggle && !given {
					text = no
				}
				lines = append(lines, Line{Step: id, Question: q.ID, Text: text, Given: given, Problems: q.Problems(problems)})
			}
		}
	}
	return lines
}

func summary(id StepID, parts []string, path string, problems []validate.Problem) Line {
	return Line{
		Step: id, Question: path, Text: strings.Join(parts, ", "), Given: len(parts) > 0,
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
	every := s
	every.Every = true
	for _, id := range Path(every) {
		for _, q := range Questions(id, every) {
			if UnderPath(path, q.Path) {
				return id
			}
		}
	}
	head, _, _ := strings.Cut(path, ".")
	head, _, _ = strings.Cut(head, "[")
	switch head {
	case "secrets":
		return Secrets
	case "config":
		return Config
	case "python":
		return Packages
	case "network":
		return Hosts
	case "roles":
		return Roles
	case ValuesID:
		return Values
	default:
		return AppStep
	}
}
