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

// StepLine is one step in the review: what its answers come to.
type StepLine struct {
	Step StepID
	// Said is what the answers come to; Given says that not all of them are defaults.
	Said  message.Message
	Given bool
	// Problems are those of the step's answers.
	Problems []validate.Problem
}

// StepLines returns a line for every step that asks about the app, in order.
func StepLines(s State, problems []validate.Problem) []StepLine {
	every := s
	every.Every = true
	given := map[StepID]bool{}
	for _, l := range Lines(s, problems) {
		given[l.Step] = given[l.Step] || l.Given
	}
	var lines []StepLine
	for _, id := range Path(every) {
		said, ok := answersOf(id, s)
		if !ok {
			continue
		}
		lines = append(lines, StepLine{Step: id, Said: said, Given: given[id], Problems: slices.DeleteFunc(slices.Clone(problems), func(p validate.Problem) bool {
			return StepOf(s, p.Path) != id
		})})
	}
	return lines
}

// answersOf says what the answers of a step come to; ok is false for a step that asks nothing about the
// app.
func answersOf(id StepID, s State) (said message.Message, ok bool) {
	r := s.App.Resolve()
	say := func(args ...any) (message.Message, bool) {
		return message.New(message.ID("review.line."+string(id)), args...), true
	}
	count := func(names []string) (message.Message, bool) {
		if len(names) == 0 {
			return message.New("review.none"), true
		}
		return say("count", len(names), "names", strings.Join(names, ", "))
	}
	switch id {
	case AppStep:
		place := strings.Trim(r.App.Database+"."+r.App.Schema, ".")
		if place == "" {
			return message.New("review.line.app_anywhere", "name", r.App.Name), true
		}
		return say("name", r.App.Name, "place", place)
	case Runtime:
		return say("runtime", message.New(message.ID(OptionMessage("app.runtime", string(r.App.Runtime))+".label")), "python", r.Python.Version)
	case Compute:
		return message.Verbatim(strings.Join(computeNames(s.facts(), r), ", ")), true
	case Packages:
		if len(r.Python.Packages) == 0 {
			return message.New("review.line.packages_none", "streamlit", r.Python.Streamlit), true
		}
		return say("count", len(r.Python.Packages), "streamlit", r.Python.Streamlit)
	case Hosts:
		return count(slices.Concat(r.Network.Hosts, r.Network.Rules))
	case Secrets:
		return count(secretKeys(r))
	case Config:
		return count(ConfigKeys(s.App))
	case Values:
		return count(slices.Sorted(maps.Keys(s.App.Values)))
	case Roles:
		switch n := len(r.Roles.Viewers); {
		case r.Roles.Owner == "" && n == 0:
			return message.New("review.line.roles_connection_alone"), true
		case r.Roles.Owner == "":
			return message.New("review.line.roles_connection", "count", n), true
		case n == 0:
			return message.New("review.line.roles_alone", "owner", r.Roles.Owner), true
		default:
			return say("owner", r.Roles.Owner, "count", n)
		}
	default:
		return message.Message{}, false
	}
}

// computeNames are the warehouse and, in a runtime that has one, the pool.
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

// Words returns the step's name and what its answers come to.
func (l StepLine) Words(t ui.Translate) (name, answers string) {
	answers = Say(t, l.Said)
	if !l.Given && l.Said.ID != "review.none" {
		answers = t("review.line.default", "answers", answers)
	}
	return t(message.ID("step." + string(l.Step) + ".name")), answers
}
