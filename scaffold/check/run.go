package check

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/check/rules"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// Folder judges the apps of a folder. The result depends on nothing but the snapshot and the options.
func Folder(f *existing.Folder, o facts.Options) Report {
	report := Report{Findings: []facts.Finding{}, Skipped: Skipped(f)}
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
	report.Findings = facts.SortFindings(report.Findings)
	return report
}

// Skipped returns the files of a folder that no rule looks at: those that could not be read, and those
// that run elsewhere.
func Skipped(f *existing.Folder) []existing.Skipped {
	list := append([]existing.Skipped{}, f.Skipped...)
	for _, app := range f.Apps {
		list = append(list, facts.Judged(app).Handlers()...)
	}
	return existing.SortSkipped(list)
}

// Findings judges one app: as Folder does, without Dir. What was found is kept with the app: to ask again,
// for other rules too, costs nothing.
func Findings(app *existing.App, o facts.Options) []facts.Finding {
	kept := app.Keep(inspectedKey{}, func() any { return &inspectedApp{found: map[inspected][]facts.Finding{}} }).(*inspectedApp)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	o = o.For(app)
	target := inspected{o.Runtime, o.Streamlit}
	all, known := kept.found[target]
	if !known {
		inspections.Add(1)
		all = facts.SortFindings(facts.NewApp(app).Heard(inspect(app, o)))
		kept.found[target] = all
	}
	var list []facts.Finding
	for _, f := range all {
		if o.Chosen(f.Rule) {
			list = append(list, f)
		}
	}
	return list
}

// inspect has every rule look at an app, on as many processors as there are. Each goroutine sees the app for
// itself, since rules share what they find out about it.
func inspect(app *existing.App, o facts.Options) []facts.Finding {
	app.CodeUnits() // the rules only read these
	var counted []rules.Rule
	for _, rule := range rules.AllRules() {
		if rule.In(o.Runtime) {
			counted = append(counted, rule)
		}
	}
	found := make([][]facts.Finding, len(counted))
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), mostInspectors) {
		group.Go(func() {
			a := facts.NewApp(app)
			for i := next.Add(1) - 1; i < int64(len(counted)); i = next.Add(1) - 1 {
				for _, f := range rules.Once(a, counted[i], counted[i].Check(a, o)) {
					found[i] = append(found[i], counted[i].Complete(f, o))
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

// inspectedKey is what the findings of an app are kept under.
type inspectedKey struct{}

// inspectedApp has what was found in an app.
type inspectedApp struct {
	mu    sync.Mutex
	found map[inspected][]facts.Finding
}

// inspections counts, for the tests that hold that an app is inspected once.
var inspections atomic.Int64 //nolint:gochecknoglobals // A count that only tests read.

// Inspections returns how often all rules looked at an app since the program started.
func Inspections() int { return int(inspections.Load()) }
