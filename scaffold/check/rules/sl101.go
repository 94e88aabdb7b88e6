package rules

import (
	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// sl101 returns the rule about imports of get_active_session.
func sl101() Rule {
	return Rule{
		ID: "SL101", Runtimes: container(), Severity: facts.Error, Local: true, Automatic: true, Item: itemSession,
		Page: pageMigration, Check: sessionImports,
		Example: Example{
			Before: `from snowflake.snowpark.context import get_active_session
`,
			After: `import streamlit as st
`,
		},
	}
}

// sessionImports returns the findings of SL101: every statement that imports get_active_session,
// directly, with its module, or from a module of the app that re-exports it.
func sessionImports(a *facts.App, _ facts.Options) []facts.Finding {
	return facts.EachCode(a, func(u *facts.Unit, s ast.Stmt) []facts.Finding {
		if !u.ImportsSession(s) || u.UsedByHandlers(s) {
			return nil
		}
		return []facts.Finding{u.Finding(s, "", message.New("finding.SL101.what"))}
	})
}
