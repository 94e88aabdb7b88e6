package survey

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/pep508"
	"sleet/snowflake"
	"sleet/ui/message"
)

// Effort is the effort of migrating an app to the container runtime.
type Effort string

// The grades, as `sleet survey --format json` writes them. Without the app's code, the effort is empty.
const (
	None   Effort = "none"
	Small  Effort = "small"
	Medium Effort = "medium"
	Large  Effort = "large"
)

// App is one app of a survey.
type App struct {
	// Name is the qualified name as SQL writes it, for sleet migrate --from.
	Name         string   `json:"name"`
	Runtime      string   `json:"runtime"`
	Owner        string   `json:"owner"`
	Warehouse    string   `json:"warehouse"`
	ComputePool  string   `json:"compute_pool"`
	RootLocation string   `json:"root_location"`
	Created      string   `json:"created"`
	Changed      string   `json:"changed"`
	Secrets      []string `json:"secrets"`
	Integrations []string `json:"integrations"`
	// Blockers are problems that prevent a migration, such as a package that only conda has.
	Blockers []string `json:"blockers"`
	// Automatic is the number of changes that sleet migrate makes, Manual the number of those left to a person.
	Automatic int    `json:"automatic"`
	Manual    int    `json:"manual"`
	Effort    Effort `json:"effort"`
	// Reasons explain the grade, in sentences.
	Reasons []string `json:"reasons"`
	// Usage is nil if it was not read, and for an app that nobody used.
	Usage *Usage `json:"usage,omitempty"`
}

// Unread is an app that could not be read.
type Unread struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// Report is a complete survey.
type Report struct {
	Apps   []App    `json:"apps"`
	Unread []Unread `json:"unread"`
}

// Sorted returns the report with its apps sorted by name.
func (r Report) Sorted() Report {
	r.Apps, r.Unread = slices.Clone(r.Apps), slices.Clone(r.Unread)
	slices.SortFunc(r.Apps, func(a, b App) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(r.Unread, func(a, b Unread) int { return strings.Compare(a.Name, b.Name) })
	return r
}

// NewApp returns an App with the properties that the account shows.
func NewApp(name snowflake.Name, owner, created, changed string, seen snowflake.Observed) App {
	a := App{
		Name: name.SQL(), Owner: owner, Created: created, Changed: changed,
		Secrets: []string{}, Integrations: []string{}, Blockers: []string{}, Reasons: []string{},
	}
	a.Warehouse, _ = seen.Value("QUERY_WAREHOUSE")
	a.ComputePool, _ = seen.Value("COMPUTE_POOL")
	a.RootLocation, _ = seen.Value("ROOT_LOCATION")
	a.Runtime = string(scaffold.Warehouse)
	if (snowflake.Examined{Observed: seen}).Container() {
		a.Runtime, a.Effort = string(scaffold.Container), None
	}
	for _, e := range seen.Lists["SECRETS"] {
		a.Secrets = append(a.Secrets, e.Key)
	}
	for _, e := range seen.Lists["EXTERNAL_ACCESS_INTEGRATIONS"] {
		a.Integrations = append(a.Integrations, e.Name.SQL())
	}
	return a
}

// fewManual is the maximum number of manual changes for a medium effort.
const fewManual = 5

// Grade checks an app's code and sets the effort of migrating it.
func (a *App) Grade(app *existing.App, t message.Translate) {
	if a.Runtime == string(scaffold.Container) {
		a.Reasons = []string{t("survey.reason.container")}
		return
	}
	manual := map[string]int{}
	for _, f := range check.Findings(app, facts.Options{Runtime: scaffold.Container}) {
		switch {
		case f.Severity == facts.Advice:
		case f.Rule == "SL202" && !f.Automatic:
			a.Blockers = append(a.Blockers, t.Say(f.Message))
		case f.Rule == "SL202" && noPyPIName(f):
			a.Blockers = append(a.Blockers, t.Say(f.Message))
		case f.Automatic:
			a.Automatic++
		default:
			a.Manual++
			manual[f.Rule]++
		}
	}
	reason := func(id message.ID, args ...any) { a.Reasons = append(a.Reasons, t(id, args...)) }
	if len(a.Blockers) > 0 {
		reason("survey.reason.blockers", "count", len(a.Blockers))
	}
	if a.RootLocation != "" {
		reason("survey.reason.root_location")
	}
	if a.Manual > 0 {
		var rules []string
		for id := range manual {
			rules = append(rules, id)
		}
		slices.Sort(rules)
		reason("survey.reason.manual", "count", a.Manual, "rules", strings.Join(rules, ", "))
	}
	if a.Automatic > 0 {
		reason("survey.reason.automatic", "count", a.Automatic)
	}
	if len(a.Secrets) > 0 {
		reason("survey.reason.secrets", "count", len(a.Secrets))
	}
	switch {
	case len(a.Blockers) > 0 || a.Manual > fewManual:
		a.Effort = Large
	case a.Manual > 0 || a.RootLocation != "":
		a.Effort = Medium
	default:
		a.Effort = Small
	}
	if len(a.Reasons) == 0 {
		reason("survey.reason.clean")
	}
}

// noPyPIName reports whether a finding is about a package that PyPI does not have.
func noPyPIName(f facts.Finding) bool {
	name, _ := pep508.PyPIName(f.Symbol)
	return name == "" && f.Symbol != "python"
}
