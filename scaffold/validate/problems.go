package validate

import (
	"cmp"
	"slices"
	"strconv"
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

// inspection is one run of the rules over an App: the data that they read, prepared once, and the
// problems found.
type inspection struct {
	// answers are the answers as in sleet.toml; app has the defaults filled in.
	answers, app scaffold.App
	// facts describe the app's runtime; known is false if the runtime is unknown.
	facts scaffold.RuntimeFacts
	known bool

	names    []nameAnswer
	hosts    []hostAnswer
	packages []packageAnswer
	options  []optionAnswer
	values   []valueAnswer

	rule     *Rule
	problems []Problem
}

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

// packageIndex reports whether the app's runtime takes packages from a Python package index.
func (in *inspection) packageIndex() bool { return in.known && in.facts.PackageIndex() }

// condaChannel reports whether the app's runtime takes packages from Snowflake's conda channel.
func (in *inspection) condaChannel() bool { return in.known && !in.facts.PackageIndex() }

// anyRuntime is true for every app.
func (*inspection) anyRuntime() bool { return true }

// rank is the position of a field in sleet.toml: table, item in a list of tables, field, item in a
// list.
type rank [4]int

func (p rank) compare(q rank) int { return slices.Compare(p[:], q[:]) }

// rankOf returns the rank of a path. Unknown tables come last.
func rankOf(path string) rank {
	head, rest, _ := strings.Cut(path, ".")
	table, item := cutIndex(head)
	name, element := cutIndex(rest)
	tables := fileOrder()
	at := slices.IndexFunc(tables, func(t []string) bool { return t[0] == table })
	if at < 0 {
		return rank{len(tables)}
	}
	return rank{at, item, slices.Index(tables[at], name), element}
}

// fileOrder returns the tables of sleet.toml, each as its name followed by its fields.
var fileOrder = sync.OnceValue(func() [][]string {
	tables := answers.Schema()
	order := make([][]string, len(tables))
	for i, t := range tables {
		order[i] = append([]string{t.Name}, t.Keys()...)
	}
	return order
})

// cutIndex splits "viewers[2]" into its name and its index, -1 if there is none.
func cutIndex(part string) (string, int) {
	name, rest, found := strings.Cut(part, "[")
	if !found {
		return part, -1
	}
	n, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
	if err != nil {
		return part, -1
	}
	return name, n
}

// item returns the path of a list element.
func item(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// secretPath returns the path of a secret's field.
func secretPath(i int, field string) string { return item("secrets", i) + "." + field }
