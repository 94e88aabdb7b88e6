package check

import (
	"sleet/scaffold/python"
	"sleet/ui/message"
)

// sl101 is the rule about import of get_active_session.
func sl101() Rule {
	return Rule{
		ID: "SL101", Runtimes: container(), Severity: Error, Automatic: true, Item: itemSession,
		Page: pageMigration, check: sessionImports,
		Example: Example{
			Before: `from snowflake.snowpark.context import get_active_session
`,
			After: `import streamlit as st
`,
		},
	}
}

// sessionImports finds SL101: every statement that imports get_active_session, by itself, with its
// module, or from a module of the app that only passes it on.
func sessionImports(a *App, _ Options) []Finding {
	return eachCode(a, func(u *unit, s python.Stmt) []Finding {
		if !u.importsSession(s) {
			return nil
		}
		return []Finding{u.at(s, "", message.New("finding.SL101.what"))}
	})
}
