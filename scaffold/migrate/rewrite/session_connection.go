package rewrite

import (
	"slices"

	"sleet/scaffold/check/facts"
	"sleet/scaffold/migrate/change"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// connectionSessions returns the calls of .session() on st.connection("snowflake"), or on a name bound to it once,
// whose result is not cached. In a warehouse they return the active session, in any other runtime a new session on each
// run.
// https://docs.streamlit.io/develop/api-reference/connections/st.connections.snowflakeconnection
func (m *module) connectionSessions() []reference {
	var refs []reference
	ast.WalkBody(m.file.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.Call)
		if !ok || len(call.Args)+len(call.Keywords) > 0 {
			return true
		}
		method, ok := call.Func.(*ast.Attribute)
		if !ok || method.Attr.Name != "session" {
			return true
		}
		if made := m.connectionIn(method.Value); made != nil && !m.isKept(call) && !m.inHandlers(call) {
			refs = append(refs, reference{expr: method, name: "streamlit.connection.session", call: call, connection: made})
		}
		return true
	})
	return refs
}

// connectionIn returns the call of st.connection("snowflake") that an expression is, that its name is bound to once, or
// that its attribute of self is set to once in the file.
func (m *module) connectionIn(e ast.Expr) *ast.Call {
	kept, ok := e.(*ast.Attribute)
	if !ok {
		return facts.SnowflakeConnection(m.scopes, e)
	}
	if self, ok := kept.Value.(*ast.NameExpr); !ok || self.ID != "self" {
		return nil
	}
	var values []ast.Expr
	for _, n := range m.nodes {
		set, ok := n.(*ast.Attribute)
		if !ok || set.Ctx == ast.Load || set.Attr.Name != kept.Attr.Name {
			continue
		}
		var value ast.Expr // nil for one of several targets, and for del
		if stmt, ok := m.file.Parent(set).(ast.Stmt); ok {
			if t := targetOf(stmt); t != nil && len(t.targets) == 1 {
				value = t.value
			}
		}
		values = append(values, value)
	}
	if len(values) != 1 || values[0] == nil {
		return nil
	}
	return facts.SnowflakeConnection(m.scopes, values[0])
}

// hasOptions reports whether a call of st.connection has arguments other than the connection and how long it is cached.
func (m *module) hasOptions(call *ast.Call) bool {
	return slices.ContainsFunc(argumentsOf(call), func(a argument) bool {
		return a.spread || a.name != "" && !slices.Contains([]string{"name", "type", "ttl", "max_entries"}, a.name)
	})
}

// isKept reports whether the result of a call is cached: by a Streamlit cache or in session state.
func (m *module) isKept(call *ast.Call) bool {
	for n, up := ast.Node(call), m.file.Parent(call); up != nil; n, up = up, m.file.Parent(up) {
		switch up := up.(type) {
		case *ast.FunctionDef:
			if slices.ContainsFunc(m.scopes.Decorators(up), isCacheName) {
				return true
			}
		case *ast.If:
			if ast.Node(up.Test) != n && HasWord(m.source(up.Test), "session_state") {
				return true
			}
		case *ast.Call:
			if isCacheName(m.scopes.Resolve(up.Func)) {
				return true
			}
		}
	}
	return false
}

// unusedConnections returns the assignments of st.connection whose name is no longer read, with the cause of their
// removal.
func (m *module) unusedConnections() map[ast.Stmt]cause {
	gone := map[ast.Stmt]cause{}
	for _, r := range m.taken {
		method, _ := r.expr.(*ast.Attribute)
		if r.connection == nil || method == nil || !m.isLost(r.expr) {
			continue
		}
		name, ok := method.Value.(*ast.NameExpr)
		if !ok {
			continue
		}
		_, symbol := m.scopes.Lookup(name)
		stmt, _ := m.file.Parent(symbol.Bindings[0].Node).(ast.Stmt)
		made := (*target)(nil)
		if stmt != nil {
			made = targetOf(stmt)
		}
		if made == nil || len(made.targets) != 1 || made.value != ast.Expr(r.connection) || m.exported[symbol.Name] ||
			slices.ContainsFunc(m.uses[symbol], func(n *ast.NameExpr) bool { return !m.isLost(n) }) {
			continue
		}
		gone[stmt] = cause{rule: "SL108", why: message.New("change.unused"), kind: change.KindSession, line: m.Line(r.call.Start)}
	}
	return gone
}
