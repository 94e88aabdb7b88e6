package facts

import (
	"slices"

	"sleet/scaffold/python/ast"
)

// SessionScope is the scope of a cache that is separate for each viewer's session.
// https://docs.streamlit.io/develop/api-reference/caching-and-state/st.cache_data
const SessionScope = "session"

// CallersConnection is the connection with the viewer's rights.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/restricted-callers-rights
const CallersConnection = "snowflake-callers-rights"

// IsCallersConnection reports whether a node is a call of st.connection with the viewer's rights.
func (u *Unit) IsCallersConnection(n ast.Node) bool {
	call, ok := n.(*ast.Call)
	if !ok || u.Streamlit(call.Func) != ConnectionFunction {
		return false
	}
	name, known := u.Scopes.StringOf(Argument(call, "name", 0))
	return known && name == CallersConnection
}

// CallersNames returns the names in a file that hold such a connection or something derived from
// it: variables, and functions whose body uses one. A name counts if it is bound to such a value
// anywhere.
func (u *Unit) CallersNames() map[string]bool {
	names := map[string]bool{}
	uses := func(n ast.Node) bool {
		found := false
		ast.Walk(n, func(inner ast.Node) bool {
			name, is := inner.(*ast.NameExpr)
			found = found || u.IsCallersConnection(inner) || is && names[name.ID]
			return !found
		})
		return found
	}
	for before := -1; before != len(names); {
		before = len(names)
		for _, n := range u.Nodes {
			switch n := n.(type) {
			case *ast.Assign:
				for _, target := range n.Targets {
					if name, is := target.(*ast.NameExpr); is && uses(n.Value) {
						names[name.ID] = true
					}
				}
			case *ast.FunctionDef:
				if slices.ContainsFunc(n.Body, func(s ast.Stmt) bool { return uses(s) }) {
					names[n.Name.Name] = true
				}
			}
		}
	}
	return names
}
