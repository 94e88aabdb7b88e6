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

// Folder checks the apps of a folder. The result depends only on the snapshot and the options.
func Folder(f *existing.Folder, o facts.Options) Report {
	report := Report{Findings: []facts.Finding{}, Skipped: Skipped(f)}
	if f.Unparsed > 0 {
		reason := message.New("finding.skipped.unparsed", "count", f.Unparsed)
		report.Skipped = append([]existing.Skipped{{Path: ".", Handler: true, Reason: reason}}, report.Skipped...)
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

// Skipped returns the files of a folder that no rule checks: those that could not be read, and
// those that run elsewhere.
func Skipped(f *existing.Folder) []existing.Skipped {
	list := append([]existing.Skipped{}, f.Skipped...)
	for _, app := range f.Apps {
		list = append(list, facts.AppOf(app).Handlers()...)
	}
	return existing.SortSkipped(list)
}

// Findings checks one app, like Folder but without setting Dir. The app caches the result, so that
// further calls, also for other rules, are cheap. For an app derived from another one by changing
// files, only what the changes may affect is checked again.
func Findings(app *existing.App, o facts.Options) []facts.Finding {
	var list []facts.Finding
	for _, f := range inspectionOf(app, o.For(app)).findings {
		if o.Chosen(f.Rule) {
			list = append(list, f)
		}
	}
	return list
}

// inspectionOf returns the findings of all rules in an app, which it caches.
func inspectionOf(app *existing.App, o facts.Options) inspection {
	kept := app.Cached(inspectedKey{}, func() any { return &inspectedApp{found: map[inspected]inspection{}} }).(*inspectedApp)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	target := inspected{o.Runtime, o.Streamlit}
	found, known := kept.found[target]
	if known {
		return found
	}
	if was, affected := app.DerivedFrom(); was != nil {
		found = inspectAgain(app, inspectionOf(was, o), affected, o)
	} else {
		inspections.Add(1)
		found = inspect(app, func(string) bool { return true }, o)
	}
	found.findings = facts.SortFindings(facts.NewApp(app).Unsuppressed(found.findings))
	kept.found[target] = found
	return found
}

// inspection holds the findings of the rules in an app, and the files where findings of local rules
// depend on the whole app.
type inspection struct {
	findings []facts.Finding
	wide     map[string]bool
}

// inspectAgain checks an app that was inspected before some of its files changed: local rules check
// the affected files, the others the whole app.
func inspectAgain(app *existing.App, before inspection, affected func(p string) bool, o facts.Options) inspection {
	looked := map[string]bool{}
	for _, p := range app.Code() {
		if affected(p) || before.wide[p] {
			looked[p] = true
		}
	}
	reinspected.Add(int64(len(looked)))
	found := inspect(app, func(p string) bool { return looked[p] }, o)
	for _, f := range before.findings {
		if rule, known := rules.RuleOf(f.Rule); known && rule.Local && app.IsCode(f.Path) && !looked[f.Path] {
			found.findings = append(found.findings, f)
		}
	}
	return found
}

// inspect runs all rules on an app concurrently, local rules only on some files. Each goroutine has
// its own view of the app, because rules cache facts in it.
func inspect(app *existing.App, only func(p string) bool, o facts.Options) inspection {
	app.CodeUnits() // the rules only read these
	var counted []rules.Rule
	for _, rule := range rules.AllRules() {
		if rule.AppliesTo(o.Runtime) {
			counted = append(counted, rule)
		}
	}
	found := make([][]facts.Finding, len(counted))
	wide := map[string]bool{}
	var mu sync.Mutex // guards wide
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), mostInspectors) {
		group.Go(func() {
			a := facts.NewApp(app)
			for i := next.Add(1) - 1; i < int64(len(counted)); i = next.Add(1) - 1 {
				a.Only = nil
				if counted[i].Local {
					a.Only = only
				}
				for _, f := range rules.MergeGroups(a, counted[i], counted[i].Check(a, o)) {
					found[i] = append(found[i], counted[i].Complete(f, o))
				}
			}
			mu.Lock()
			defer mu.Unlock()
			for _, p := range a.CrossFileDependents() {
				wide[p] = true
			}
		})
	}
	group.Wait()
	return inspection{slices.Concat(found...), wide}
}

// mostInspectors limits the number of goroutines: each has to compute the facts again.
const mostInspectors = 4

// inspected identifies what an app was checked for.
type inspected struct {
	runtime   scaffold.Runtime
	streamlit string
}

// inspectedKey is the key under which an app caches its findings.
type inspectedKey struct{}

// inspectedApp holds the findings in an app.
type inspectedApp struct {
	mu    sync.Mutex
	found map[inspected]inspection
}

// inspections and reinspected are counters for the tests that check that an app is inspected once.
var inspections, reinspected atomic.Int64 //nolint:gochecknoglobals // Counts that only tests read.

// InspectionCount returns how often all rules were run on an app since the program started.
func InspectionCount() int { return int(inspections.Load()) }

// ReinspectionCount returns how many files local rules checked again after a change since the program
// started.
func ReinspectionCount() int { return int(reinspected.Load()) }
