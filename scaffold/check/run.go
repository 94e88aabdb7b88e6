package check

import (
	"cmp"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/existing"
)

// Folder judges the apps of a folder. The result depends on nothing but the snapshot and the options.
func Folder(f *existing.Folder, o Options) Report {
	report := Report{Findings: []Finding{}, Skipped: append([]existing.Skipped{}, f.Skipped...)}
	for _, app := range f.Apps {
		report.Findings = append(report.Findings, Findings(app, o)...)
		report.Skipped = append(report.Skipped, judged(app).handlers()...)
	}
	for i := range report.Findings {
		report.Findings[i].Dir = f.Dir
	}
	report.Findings = sortFindings(report.Findings)
	report.Skipped = existing.SortSkipped(report.Skipped)
	return report
}

// Findings judges one app: as Folder does, without Dir.
func Findings(app *existing.App, o Options) []Finding {
	a := judged(app)
	a.mu.Lock()
	defer a.mu.Unlock()
	o = o.For(app)
	var list []Finding
	for _, rule := range allRules() {
		if !rule.In(o.Runtime) || !o.chosen(rule.ID) {
			continue
		}
		for _, found := range rule.check(a, o) {
			list = append(list, rule.complete(found, o))
		}
	}
	return sortFindings(a.heard(list))
}

// complete adds to a finding what the rule says. A migration leads to the container, so it mends
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
	f.Message, f.Fix = f.Said.String(), f.FixSaid.String()
	return f
}

// For gives the options with what they leave open filled in for an app.
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
	reason := say("skipped.handler")
	var list []existing.Skipped
	for p := range a.Python {
		if !a.IsCode(p) && a.usesWarehouse(p) {
			list = append(list, existing.Skipped{Path: p, Handler: true, Reason: reason.String(), Said: reason})
		}
	}
	slices.SortFunc(list, func(x, y existing.Skipped) int { return cmp.Compare(x.Path, y.Path) })
	return list
}
