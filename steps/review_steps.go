package steps

import (
	"maps"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/validate"
	"sleet/ui"
	"sleet/ui/message"
)

// StepLine is one step in the review, with a summary of its answers.
type StepLine struct {
	Step StepID
	// Said is the summary of the answers. Given reports that not all of them are defaults.
	Said  message.Message
	Given bool
	// Problems are the problems of the step's answers.
	Problems []validate.Problem
}

// StepLines returns a line for every step that asks about the app, in order.
func StepLines(s State, problems []validate.Problem) []StepLine {
	given := map[StepID]bool{}
	for _, l := range Lines(s, problems) {
		given[l.Step] = given[l.Step] || l.Given
	}
	var lines []StepLine
	r := s.App.Resolve()
	for _, id := range asking(s) {
		lines = append(lines, StepLine{Step: id, Said: id.Row().Review(s, r), Given: given[id], Problems: slices.DeleteFunc(slices.Clone(problems), func(p validate.Problem) bool {
			return StepOf(s, p.Path) != id
		})})
	}
	return lines
}

// said returns the message of a step's line in the review.
func said(id StepID, args ...any) message.Message {
	return message.New(message.ID("review.line."+string(id)), args...)
}

// counted returns a message with the number of names and the names.
func counted(id StepID, names []string) message.Message {
	if len(names) == 0 {
		return message.New("review.none")
	}
	return said(id, "count", len(names), "names", strings.Join(names, ", "))
}

func reviewApp(_ State, r scaffold.App) message.Message {
	place := strings.Trim(r.App.Database+"."+r.App.Schema, ".")
	if place == "" {
		return message.New("review.line.app_anywhere", "name", r.App.Name)
	}
	return said(AppStep, "name", r.App.Name, "place", place)
}

func reviewRuntime(_ State, r scaffold.App) message.Message {
	runtime := message.New(message.ID(OptionMessage("app.runtime", string(r.App.Runtime)) + ".label"))
	return said(Runtime, "runtime", runtime, "python", r.Python.Version)
}

func reviewCompute(s State, r scaffold.App) message.Message {
	return message.Verbatim(strings.Join(computeNames(s.facts(), r), ", "))
}

func reviewPackages(_ State, r scaffold.App) message.Message {
	if len(r.Python.Packages) == 0 {
		return message.New("review.line.packages_none", "streamlit", r.Python.Streamlit)
	}
	return said(Packages, "count", len(r.Python.Packages), "streamlit", r.Python.Streamlit)
}

func reviewHosts(_ State, r scaffold.App) message.Message {
	return counted(Hosts, slices.Concat(r.Network.Hosts, r.Network.Rules))
}

func reviewSecrets(_ State, r scaffold.App) message.Message { return counted(Secrets, secretKeys(r)) }

func reviewConfig(s State, _ scaffold.App) message.Message {
	return counted(Config, ConfigKeys(s.App))
}

func reviewValues(s State, _ scaffold.App) message.Message {
	return counted(Values, slices.Sorted(maps.Keys(s.App.Values)))
}

func reviewRoles(_ State, r scaffold.App) message.Message {
	switch n := len(r.Roles.Viewers); {
	case r.Roles.Owner == "" && n == 0:
		return message.New("review.line.roles_connection_alone")
	case r.Roles.Owner == "":
		return message.New("review.line.roles_connection", "count", n)
	case n == 0:
		return message.New("review.line.roles_alone", "owner", r.Roles.Owner)
	default:
		return said(Roles, "owner", r.Roles.Owner, "count", n)
	}
}

// computeNames returns the warehouse and, in a runtime that has one, the compute pool.
func computeNames(facts scaffold.RuntimeFacts, r scaffold.App) []string {
	names := []string{r.App.QueryWarehouse}
	if facts.ComputePool && r.App.ComputePool != nil && *r.App.ComputePool != "" {
		names = append(names, *r.App.ComputePool)
	}
	return names
}

func secretKeys(r scaffold.App) []string {
	var keys []string
	for _, d := range r.Secrets {
		keys = append(keys, d.Key)
	}
	return keys
}

// Words returns the step's name, the summary of its answers, and a label if they are the defaults.
func (l StepLine) Words(t ui.Translate) (name, answers, preset string) {
	if !l.Given && l.Said.ID != "review.none" {
		preset = t("review.line.default")
	}
	return t(l.Step.Name()), l.Said.In(t), preset
}
