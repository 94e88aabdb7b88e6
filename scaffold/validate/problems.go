package validate

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/answers"
)

// Problems returns everything that is wrong with the answers: errors first, then warnings, each in
// the order of sleet.toml, with problems that only an environment has at the end. No message
// contains a value of [values] or a credential.
func Problems(a scaffold.App) []Problem {
	own := problems(a)
	if len(a.Envs) == 0 {
		return own
	}
	all := slices.Clone(own)
	for _, name := range answers.Environments(a) {
		b, err := answers.InEnvironment(a, name)
		if err != nil {
			continue // parsed answers have no errors
		}
		for _, p := range problems(b) {
			if slices.ContainsFunc(own, func(o Problem) bool {
				return o.ID == p.ID && o.Path == p.Path && o.Message.String() == p.Message.String()
			}) {
				continue
			}
			p.Path = strings.TrimSuffix("env."+name+"."+p.Path, ".")
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(x, y Problem) int { return cmp.Compare(x.Severity.order(), y.Severity.order()) })
	return all
}

// problems returns the problems of the answers without their environments.
func problems(a scaffold.App) []Problem {
	sized := &inspection{answers: a}
	for _, rule := range sizeRules() {
		sized.rule = &rule
		rule.check(sized)
	}
	if len(sized.problems) > 0 {
		return sized.problems // the other rules would take too long
	}
	in := inspect(a)
	rules := allRules()
	for i := range rules {
		in.rule = &rules[i]
		in.rule.check(in)
	}
	if len(in.problems) < 2 {
		return in.problems
	}
	type placed struct {
		Problem
		at rank
	}
	sorted := make([]placed, len(in.problems))
	for i, p := range in.problems {
		sorted[i] = placed{p, rankOf(p.Path)}
	}
	slices.SortStableFunc(sorted, func(x, y placed) int {
		return cmp.Or(
			cmp.Compare(x.Severity.order(), y.Severity.order()),
			x.at.compare(y.at),
			cmp.Compare(x.Path, y.Path),
		)
	})
	for i, p := range sorted {
		in.problems[i] = p.Problem
	}
	return in.problems
}

func (s Severity) order() int {
	if s == Error {
		return 0
	}
	return 1
}

// allRules returns every rule in no particular order.
var allRules = sync.OnceValue(func() []Rule {
	return slices.Concat(
		sizeRules(), nameRules(), choiceRules(), runtimeRules(), mainFileRules(), pythonRules(), packageRules(), roleRules(),
		hostRules(), networkRules(), secretKeyRules(), secretRules(), configRules(), valueRules(),
	)
})

// inspect prepares the data that the rules read.
func inspect(a scaffold.App) *inspection {
	in := &inspection{answers: a, app: a.Resolve()}
	in.facts = scaffold.Facts(in.app.App.Runtime)
	in.known = in.facts.Runtime == in.app.App.Runtime
	in.names = nameAnswers(a)
	in.hosts = hostAnswers(a.Network.Hosts)
	in.packages = packageAnswers(a.Python.Packages)
	in.options = optionAnswers(a.Config, in.facts.Runtime)
	in.values = valueAnswers(a.Values)
	return in
}
