package steps

import (
	"fmt"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/pep508"
	"sleet/scaffold/validate"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// Meaning is an effect of an option on the app with its current answers: a message id below "meaning." and its
// arguments.
type Meaning struct {
	ID   string
	Args []any
}

// said returns the text of the meaning.
func (m Meaning) said(t ui.Translate) string { return t(message.ID("meaning."+m.ID), m.Args...) }

// named returns a meaning that lists names, the first few of many.
func named(id string, names []string) []Meaning {
	const few = 3
	if len(names) == 0 {
		return nil
	}
	shown := strings.Join(names[:min(few, len(names))], ", ")
	if left := len(names) - few; left > 0 {
		shown += fmt.Sprintf(" +%d", left)
	}
	return []Meaning{{id, []any{"names", cells.Clean(shown)}}}
}

// meaning returns the question with what each option would mean for the app.
func meaning(q Question, of func(app scaffold.App, value string) []Meaning) Question {
	plain := q.Options
	q.Options = func(s State) []Option {
		all := plain(s)
		for i, o := range all {
			all[i].Here = of(q.With(s, o.Value, nil).App, o.Value)
		}
		return all
	}
	return q
}

// runtimeMeans returns how the app reaches its secrets in a runtime, and which answers the runtime does not support.
func runtimeMeans(a scaffold.App, _ string) []Meaning {
	facts := scaffold.Facts(a.Resolve().App.Runtime)
	by := map[scaffold.Access][]string{}
	var ways []scaffold.Access
	for _, d := range a.Secrets {
		fit := facts.Access[SecretType(d)]
		if len(fit) == 0 {
			continue
		}
		way := fit[0]
		if slices.Contains(fit, d.Access) {
			way = d.Access
		}
		if by[way] == nil {
			ways = append(ways, way)
		}
		by[way] = append(by[way], d.Key)
	}
	var all []Meaning
	for _, way := range ways {
		all = append(all, named("by_"+optionID(string(way)), by[way])...)
	}
	return append(all, lost(a, "loose", "ignored", ValuesID)...)
}

// sourceMeans returns what a package source means for the app's packages, and who must set it up.
func sourceMeans(a scaffold.App, value string) []Meaning {
	switch scaffold.Source(value) {
	case scaffold.ArtifactRepository:
		return named("installs", packageNames(a.Python.Packages))
	case scaffold.PyPIIntegration:
		return append(named("installs", packageNames(a.Python.Packages)), Meaning{"admin", []any{"role", cells.Clean(a.Resolve().Roles.Admin)}})
	case scaffold.Preinstalled:
	}
	return lost(a, "missing")
}

// lostBy maps problems of answers that the runtime or the source does not support to ids of their short messages.
var lostBy = map[string]string{
	"package-range-warehouse": "loose", "package-source": "missing", "config-ignored": "ignored", "values-warehouse": ValuesID,
}

// lost returns the unsupported answers of the app, for these ids of lostBy.
func lost(a scaffold.App, ways ...string) []Meaning {
	names := map[string][]string{}
	for _, p := range validate.Problems(a) {
		if id := lostBy[p.ID]; id != "" {
			names[id] = append(names[id], answered(a, p.Path))
		}
	}
	var all []Meaning
	for _, id := range ways {
		all = append(all, named(id, names[id])...)
	}
	return all
}

// answered returns a short name of the answer at a path of sleet.toml.
func answered(a scaffold.App, path string) string {
	for i, p := range a.Python.Packages {
		if path == fmt.Sprintf("python.packages[%d]", i) {
			return packageNames([]string{p})[0]
		}
	}
	return strings.TrimPrefix(path, "config.")
}

// packageNames returns the names of requirements. Text that is not a requirement is returned unchanged.
func packageNames(requirements []string) []string {
	var names []string
	for _, text := range requirements {
		if r, err := pep508.ParseRequirement(text); err == nil {
			text = r.Name
		}
		names = append(names, text)
	}
	return names
}

// secretMeans returns what an option of a secret's question means for the app's code and objects.
func secretMeans(field string, a scaffold.App, i int, value string) []Meaning {
	if i >= len(a.Secrets) {
		return nil
	}
	key := cells.Clean(a.Secrets[i].Key)
	switch field + "=" + value {
	case "access=" + string(scaffold.AccessFunction):
		return []Meaning{{"function", []any{"name", cells.Clean(a.Resolve().FunctionName(key))}}}
	case "access=" + string(scaffold.AccessSecrets):
		return []Meaning{{"entry", []any{"key", key}}}
	case "flow=" + string(scaffold.ClientCredentials):
		return []Meaning{{"no_value", []any{"key", key}}}
	case "flow=" + string(scaffold.AuthorizationCode):
		return []Meaning{{"refresh", []any{"key", key}}}
	}
	return nil
}
