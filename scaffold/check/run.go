package check

import (
	"cmp"
	"slices"

	"sleet/scaffold"
)

// Findings judges the apps of the folder. The result depends on nothing but the snapshot and the
// options.
func (f *Folder) Findings(o Options) Report {
	report := Report{Findings: []Finding{}, Skipped: append([]Skipped{}, f.Skipped...)}
	for _, app := range f.Apps {
		report.Findings = append(report.Findings, app.Findings(o)...)
		report.Skipped = append(report.Skipped, app.handlers()...)
	}
	for i := range report.Findings {
		report.Findings[i].Dir = f.Dir
	}
	report.Findings = sortFindings(report.Findings)
	report.Skipped = sortSkipped(report.Skipped)
	return report
}

// Findings judges one app: as Folder.Findings does, without Dir.
func (a *App) Findings(o Options) []Finding {
	a.know()
	a.mu.Lock()
	defer a.mu.Unlock()
	o = o.For(a)
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
func (o Options) For(a *App) Options {
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
func (a *App) handlers() []Skipped {
	a.know()
	reason := say("skipped.handler")
	var list []Skipped
	for p := range a.Python {
		if !a.code[p] && a.usesWarehouse(p) {
			list = append(list, Skipped{Path: p, Handler: true, Reason: reason.String(), Said: reason})
		}
	}
	slices.SortFunc(list, func(x, y Skipped) int { return cmp.Compare(x.Path, y.Path) })
	return list
}
