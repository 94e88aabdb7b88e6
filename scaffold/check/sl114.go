package check

import (
	"slices"

	"sleet/scaffold/python"
	"sleet/ui/message"
)

// sl114 is the rule about data of one viewer cached for all viewers.
func sl114() Rule {
	return Rule{
		ID: "SL114", Runtimes: container(), Severity: Error, Item: itemSharedState,
		Page: pageRights, check: sharedCallers,
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

// sharedCallers finds SL114: a cached function that uses a connection with the viewer's rights, where the cache is
// shared by all viewers.
func sharedCallers(a *App, _ Options) []Finding {
	var list []Finding
	for _, u := range a.codeFiles() {
		if !slices.ContainsFunc(u.Nodes, u.isCallers) {
			continue
		}
		names := u.callersNames()
		for _, n := range u.Nodes {
			def, is := n.(*python.FunctionDef)
			if !is || !names[def.Name.Name] || u.unreached(n) {
				continue
			}
			for _, decorator := range def.Decorators {
				if u.caches(decorator) && !perSession(u, decorator) {
					list = append(list, u.at(decorator, def.Name.Name, message.New("finding.SL114.what", "function", def.Name.Name)))
				}
			}
		}
	}
	return list
}

// perSession reports whether a cache is of each viewer's session, or its scope is decided elsewhere.
func perSession(u *unit, decorator python.Expr) bool {
	call, is := decorator.(*python.Call)
	if !is {
		return false
	}
	scope := keyword(call, "scope")
	if scope == nil {
		return slices.ContainsFunc(call.Keywords, func(k *python.Keyword) bool { return k.Name == nil }) // **options
	}
	value, known := u.Scopes.StringOf(scope.Value)
	return !known || value == sessionScope
}
