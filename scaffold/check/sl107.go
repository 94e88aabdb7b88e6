package check

import (
	"slices"

	"sleet/scaffold/python"
	"sleet/ui/message"
)

// sl107 is the rule about test for the warehouse runtime.
func sl107() Rule {
	return Rule{
		ID: "SL107", Runtimes: container(), Severity: Warning, Item: itemSession,
		Page: pageMigration, check: probes,
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

// probes finds SL107: code that detects the warehouse runtime. A try around something that a container
// lacks is one where it does nothing else and sets a flag; the folders, variables and options that only a
// warehouse has are one anywhere.
func probes(a *App, _ Options) []Finding {
	var tries []Finding
	within := func(f Finding) bool {
		return slices.ContainsFunc(tries, func(t Finding) bool { return t.Path == f.Path && t.start <= f.start && f.end <= t.end })
	}
	list := eachNode(a, func(u *unit, n python.Node) []Finding {
		if try, ok := n.(*python.Try); ok && u.probesBy(try) {
			f := u.at(try, "", message.New("finding.SL107.what"))
			tries = append(tries, f)
			return []Finding{f}
		}
		return u.probesPlace(n)
	})
	// What a try asks is told with the try.
	return slices.DeleteFunc(list, func(f Finding) bool { return f.Symbol != "" && within(f) })
}

// probesBy reports whether a try asks for something that a container lacks and keeps the answer.
func (u *unit) probesBy(try *python.Try) bool {
	asked := u.lacking(try)
	if !asked.imports && !asked.session {
		return false
	}
	answer := u.answers(try)
	if answer == noAnswer {
		return false
	}
	expected := slices.ContainsFunc(try.Handlers, u.expectsLack)
	switch {
	case answer == namedFlag, expected:
		return true
	case asked.works:
		return false // it handles the errors of its work
	default:
		return answer == flag || !slices.ContainsFunc(try.Handlers, u.tells)
	}
}
