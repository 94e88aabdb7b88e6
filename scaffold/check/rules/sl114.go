package rules

import (
	"slices"

	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// sl114 returns the rule about data of one viewer cached for all viewers.
func sl114() Rule {
	return Rule{
		ID: "SL114", Runtimes: container(), Severity: facts.Error, Item: itemSharedState,
		Page: pageRights, Check: sharedCallers,
		Example: Example{
			Before: `import streamlit as st

connection = st.connection("snowflake-callers-rights")


@st.cache_data(ttl="10m")
def load_orders():
    return connection.query("SELECT * FROM orders")
`,
			After: `import streamlit as st

connection = st.connection("snowflake-callers-rights")


@st.cache_data(ttl="10m", scope="session")
def load_orders():
    return connection.query("SELECT * FROM orders")
`,
		},
	}
}

// sharedCallers returns the findings of SL114: functions that use a connection with the viewer's
// rights and whose cache is shared by all viewers.
func sharedCallers(a *facts.App, _ facts.Options) []facts.Finding {
	var list []facts.Finding
	for _, u := range a.CodeFiles() {
		if !slices.ContainsFunc(existing.NodesOf[*ast.Call](u.Unit), func(call *ast.Call) bool { return u.IsCallersConnection(call) }) {
			continue
		}
		names := u.CallersNames()
		for _, def := range existing.NodesOf[*ast.FunctionDef](u.Unit) {
			if !names[def.Name.Name] || u.Unreached(def) {
				continue
			}
			for _, decorator := range def.Decorators {
				if u.Caches(decorator) && !perSession(u, decorator) {
					list = append(list, u.Finding(decorator, def.Name.Name, message.New("finding.SL114.what", "function", def.Name.Name)))
				}
			}
		}
	}
	return list
}

// perSession reports whether a cache is separate for each session, or its scope is unknown.
func perSession(u *facts.Unit, decorator ast.Expr) bool {
	call, is := decorator.(*ast.Call)
	if !is {
		return false
	}
	scope := facts.Keyword(call, "scope")
	if scope == nil {
		return slices.ContainsFunc(call.Keywords, func(k *ast.Keyword) bool { return k.Name == nil }) // **options
	}
	value, known := u.Scopes.StringOf(scope.Value)
	return !known || value == facts.SessionScope
}
