package rules

import (
	"slices"

	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// sl107 returns the rule about tests for the warehouse runtime.
func sl107() Rule {
	return Rule{
		ID: "SL107", Runtimes: container(), Severity: facts.Warning, Local: true, Item: itemSession,
		Page: pageMigration, Check: probes,
		Example: Example{
			Before: `try:
    import _snowflake
    IN_SNOWFLAKE = True
except ImportError:
    IN_SNOWFLAKE = False
`,
			After: `import streamlit as st

connection = st.connection("snowflake")
`,
		},
	}
}

// probes returns the findings of SL107: code that detects the warehouse runtime. A try around
// something that a container lacks counts if it does nothing else and sets a flag. Folders,
// variables and options that only a warehouse has count anywhere.
func probes(a *facts.App, _ facts.Options) []facts.Finding {
	var tries []facts.Finding
	within := func(f facts.Finding) bool {
		return slices.ContainsFunc(tries, func(t facts.Finding) bool { return t.Path == f.Path && t.Start <= f.Start && f.End <= t.End })
	}
	list := facts.EachNode(a, func(u *facts.Unit, n ast.Node) []facts.Finding {
		if try, ok := n.(*ast.Try); ok && probesBy(u, try) {
			f := u.Finding(try, "", message.New("finding.SL107.what"))
			tries = append(tries, f)
			return []facts.Finding{f}
		}
		return u.RuntimeProbes(n)
	})
	// What is tested inside a try is part of the try's finding.
	return slices.DeleteFunc(list, func(f facts.Finding) bool { return f.Symbol != "" && within(f) })
}

// probesBy reports whether a try tests for something that a container lacks and stores the result.
func probesBy(u *facts.Unit, try *ast.Try) bool {
	asked := u.ProbeOf(try)
	if !asked.Imports && !asked.Session {
		return false
	}
	answer := u.ResultOf(try)
	if answer == facts.NoResult {
		return false
	}
	expected := slices.ContainsFunc(try.Handlers, u.CatchesMissingAPI)
	switch {
	case answer == facts.NamedBoolResult, expected:
		return true
	case asked.Works:
		return false // it handles the errors of its other calls
	default:
		return answer == facts.BoolResult || !slices.ContainsFunc(try.Handlers, u.ReportsError)
	}
}
