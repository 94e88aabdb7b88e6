package rewrite

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// rebuilds reports whether a handler only creates a session and assigns or returns it like the body.
func (m *module) rebuilds(t *ast.Try, h *ast.Handler, want *target) bool {
	last := h.Body[len(h.Body)-1]
	got := targetOf(last)
	if got == nil || !m.same(got, want) || !m.prepares(h.Body[:len(h.Body)-1], t.Span) {
		return false
	}
	return m.makesSession(got.value, h.Body, 0)
}

// prepares reports whether statements only import, or assign names that are used only within a span.
func (m *module) prepares(body []ast.Stmt, inside token.Span) bool {
	for _, s := range body {
		switch s := s.(type) {
		case *ast.Import, *ast.ImportFrom, *ast.Pass:
		case *ast.Assign:
			if slices.ContainsFunc(s.Targets, func(e ast.Expr) bool { return !m.staysInside(e, inside) }) || m.shows(s.Value) {
				return false
			}
		case *ast.AnnAssign:
			if !m.staysInside(s.Target, inside) || s.Value != nil && m.shows(s.Value) {
				return false
			}
		case *ast.With:
			if !m.prepares(s.Body, inside) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// staysInside reports whether an assignment target is a plain name that is read only within a span.
func (m *module) staysInside(e ast.Expr, inside token.Span) bool {
	name, ok := e.(*ast.NameExpr)
	if !ok {
		return false
	}
	_, symbol := m.scopes.Lookup(name)
	return symbol != nil && !m.exported[symbol.Name] &&
		!slices.ContainsFunc(m.uses[symbol], func(n *ast.NameExpr) bool { return !within(n.Span, inside) })
}

// shows reports whether an expression calls a Streamlit API other than a connection.
func (m *module) shows(e ast.Expr) bool {
	found := false
	ast.Walk(e, func(n ast.Node) bool {
		if call, ok := n.(*ast.Call); ok {
			name := m.scopes.Resolve(call.Func)
			found = found || strings.HasPrefix(name, "streamlit.") && name != "streamlit.connection" &&
				!strings.HasPrefix(name, "streamlit.secrets.")
		}
		return true
	})
	return found
}

// makesSession reports whether an expression creates a Snowpark session: by a chain of calls from Session.builder or
// st.connection, through names that the same statements assign, or by a function of the file that does nothing else.
func (m *module) makesSession(e ast.Expr, body []ast.Stmt, depth int) bool {
	if depth > 20 {
		return false
	}
	switch e := e.(type) {
	case *ast.Call:
		if scaffold.ReturnsActiveSession(m.scopes.Resolve(e.Func)) {
			return true
		}
		switch m.scopes.Resolve(e.Func) {
		case "streamlit.connection", "streamlit.experimental_connection":
			return depth > 0
		}
		if a, ok := e.Func.(*ast.Attribute); ok {
			inner, called := a.Value.(*ast.Call)
			return !(called && scaffold.ReturnsActiveSession(m.scopes.Resolve(inner.Func))) && m.makesSession(a.Value, body, depth+1)
		}
		return m.callMakesSession(e, depth)
	case *ast.Attribute:
		switch m.scopes.Resolve(e) {
		case "snowflake.snowpark.Session.builder", "snowflake.snowpark.session.Session.builder":
			return depth > 0
		}
		return m.makesSession(e.Value, body, depth+1)
	case *ast.NameExpr:
		value := assigned(e.ID, body)
		return value != nil && m.makesSession(value, body, depth+1)
	}
	return false
}

// assigned returns the last value that statements assign to a name, or nil.
func assigned(name string, body []ast.Stmt) ast.Expr {
	var value ast.Expr
	for _, s := range body {
		if t := targetOf(s); t != nil && len(t.targets) == 1 {
			if n, ok := t.targets[0].(*ast.NameExpr); ok && n.ID == name {
				value = t.value
			}
		}
	}
	return value
}

// callMakesSession reports whether a call is of a function of the file that only creates a session.
func (m *module) callMakesSession(call *ast.Call, depth int) bool {
	name, ok := call.Func.(*ast.NameExpr)
	if !ok {
		return false
	}
	_, symbol := m.scopes.Lookup(name)
	if symbol == nil || len(symbol.Bindings) != 1 {
		return false
	}
	def, ok := symbol.Bindings[0].Node.(*ast.FunctionDef)
	if !ok || def.Async {
		return false
	}
	body := def.Body
	if isDocstring(body[0]) {
		body = body[1:]
	}
	if len(body) == 0 {
		return false
	}
	last, ok := body[len(body)-1].(*ast.Return)
	return ok && last.Value != nil && m.prepares(body[:len(body)-1], def.Span) &&
		m.makesSession(last.Value, body, depth+1)
}
