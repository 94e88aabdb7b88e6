package check

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// Folder judges the apps of a folder. The result depends on nothing but the snapshot and the options.
func Folder(f *existing.Folder, o Options) Report {
	report := Report{Findings: []Finding{}, Skipped: Skipped(f)}
	if f.Unparsed > 0 {
		reason := message.New("finding.skipped.unparsed", "count", f.Unparsed)
		report.Skipped = append([]existing.Skipped{{Path: ".", Handler: true, Reason: reason.String(), Said: reason}}, report.Skipped...)
	}
	for _, app := range f.Apps {
		report.Findings = append(report.Findings, Findings(app, o)...)
	}
	for i := range report.Findings {
		report.Findings[i].Dir = f.Dir
	}
	report.Findings = sortFindings(report.Findings)
	return report
}

// Skipped returns the files of a folder that no rule looks at: those that could not be read, and those
// that run elsewhere.
func Skipped(f *existing.Folder) []existing.Skipped {
	list := append([]existing.Skipped{}, f.Skipped...)
	for _, app := range f.Apps {
		list = append(list, judged(app).handlers()...)
	}
	return existing.SortSkipped(list)
}

// Findings judges one app: as Folder does, without Dir. What was found is kept with the app: to ask again,
// for other rules too, costs nothing.
func Findings(app *existing.App, o Options) []Finding {
	a := judged(app)
	a.mu.Lock()
	defer a.mu.Unlock()
	o = o.For(app)
	target := inspected{o.Runtime, o.Streamlit}
	all, known := a.inspections[target]
	if !known {
		inspections.Add(1)
		all = sortFindings(a.heard(inspect(app, o)))
		a.inspections[target] = all
	}
	var list []Finding
	for _, f := range all {
		if o.chosen(f.Rule) {
			list = append(list, f)
		}
	}
	return list
}

// inspect has every rule look at an app, on as many processors as there are. Each goroutine sees the app for
// itself, since rules share what they find out about it.
func inspect(app *existing.App, o Options) []Finding {
	app.CodeUnits() // the rules only read these
	var rules []Rule
	for _, rule := range allRules() {
		if rule.In(o.Runtime) {
			rules = append(rules, rule)
		}
	}
	found := make([][]Finding, len(rules))
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), mostInspectors) {
		group.Go(func() {
			a := newApp(app)
			for i := next.Add(1) - 1; i < int64(len(rules)); i = next.Add(1) - 1 {
				for _, f := range a.once(rules[i], rules[i].check(a, o)) {
					found[i] = append(found[i], rules[i].complete(f, o))
				}
			}
		})
	}
	group.Wait()
	return slices.Concat(found...)
}

// mostInspectors is how many goroutines look at an app: what each finds out for itself costs more with more.
const mostInspectors = 4

// inspected is what an app was compared with.
type inspected struct {
	runtime   scaffold.Runtime
	streamlit string
}

// inspections counts, for the tests that hold that an app is inspected once.
var inspections atomic.Int64 //nolint:gochecknoglobals // A count that only tests read.

// Inspections returns how often all rules looked at an app since the program started.
func Inspections() int { return int(inspections.Load()) }

// complete adds to a finding what the rule says. A migration leads to the container, so it fixes
// nothing for an app that stays in a warehouse.
func (r Rule) complete(f Finding, o Options) Finding {
	f.Rule = r.ID
	f.Automatic = r.Automatic && !f.manual && o.Runtime == scaffold.Container
	if f.Severity == "" {
		f.Severity = r.Severity
	}
	if f.FixSaid.IsZero() {
		f.FixSaid = r.FixSaid()
	}
	f.Symbol = message.MaskURLs(f.Symbol)
	f.Message, f.Fix = f.Said.String(), f.FixSaid.String()
	return f
}

// For returns the options with what they leave open filled in for an app.
func (o Options) For(a *existing.App) Options {
	if o.Runtime == "" {
		o.Runtime = a.Runtime
	}
	if o.Runtime == "" {
		o.Runtime = scaffold.Container
	}
	if o.Streamlit == "" {
		o.Streamlit = newestStreamlit(o.Runtime)
	}
	return o
}

// newestStreamlit is the newest version of Streamlit that we know a runtime to take.
func newestStreamlit(runtime scaffold.Runtime) string {
	if listed := scaffold.Facts(runtime).Streamlits; len(listed) > 0 {
		return listed[len(listed)-1]
	}
	return knownStreamlit
}

// handlers lists the files that use what a container lacks but do not run in the app.
func (a *App) handlers() []existing.Skipped {
	a.mu.Lock()
	defer a.mu.Unlock()
	reason := message.New("finding.skipped.handler")
	var list []existing.Skipped
	for p := range a.Python {
		if !a.IsCode(p) && a.Interesting(p) && a.usesWarehouse(p) {
			list = append(list, existing.Skipped{Path: p, Handler: true, Reason: reason.String(), Said: reason})
		}
	}
	slices.SortFunc(list, func(x, y existing.Skipped) int { return cmp.Compare(x.Path, y.Path) })
	return list
}
