package check

import (
	"slices"

	"sleet/scaffold/python"
)

// sessionScope is the scope of a cache that keeps what it holds for one viewer.
// https://docs.streamlit.io/develop/api-reference/caching-and-state/st.cache_data
const sessionScope = "session"

// callersConnection is the connection with the viewer's rights, callersStreamlit the first Streamlit that has it.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/restricted-callers-rights
const (
	callersConnection = "snowflake-callers-rights"
	callersStreamlit  = "1.53.1"
)

// isCallers reports whether a node is a call of st.connection with the viewer's rights.
func (u *unit) isCallers(n python.Node) bool {
	call, ok := n.(*python.Call)
	if !ok || u.streamlit(call.Func) != connectionFunction {
		return false
	}
	name, known := u.Scopes.StringOf(argument(call, "name", 0))
	return known && name == callersConnection
}

// callersNames are the names of a file that hold such a connection, or what comes of one: variables, and functions
// whose body uses one. A name counts wherever it is bound to such a value.
func (u *unit) callersNames() map[string]bool {
	names := map[string]bool{}
	uses := func(n python.Node) bool {
		found := false
		python.Walk(n, func(inner python.Node) bool {
			name, is := inner.(*python.NameExpr)
			found = found || u.isCallers(inner) || is && names[name.ID]
			return !found
		})
		return found
	}
	for before := -1; before != len(names); {
		before = len(names)
		for _, n := range u.Nodes {
			switch n := n.(type) {
			case *python.Assign:
				for _, target := range n.Targets {
					if name, is := target.(*python.NameExpr); is && uses(n.Value) {
						names[name.ID] = true
					}
				}
			case *python.FunctionDef:
				if slices.ContainsFunc(n.Body, func(s python.Stmt) bool { return uses(s) }) {
					names[n.Name.Name] = true
				}
			}
		}
	}
	return names
}
