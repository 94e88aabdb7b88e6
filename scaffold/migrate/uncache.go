package migrate

import (
	"bytes"
	"slices"

	"sleet/scaffold/python"
)

// uncache takes st.cache_resource from a function that does nothing but give the session.
func (m *module) uncache(r reference, c cause) {
	def := m.functionAround(r.expr)
	if def == nil || len(def.Decorators) != 1 || r.call == nil || !m.isCache(def.Decorators[0]) || !m.onlyGives(def, r.call) {
		return
	}
	symbol := m.symbolOf(def)
	if symbol == nil || slices.ContainsFunc(m.uses[symbol], func(n *python.NameExpr) bool {
		_, attribute := m.parent[n].(*python.Attribute)
		return attribute
	}) {
		return
	}
	decorator := def.Decorators[0].Range()
	start := bytes.LastIndexByte(m.text[:decorator.Start], '@')
	if !m.leads(start) || !m.trails(decorator.End) {
		return
	}
	c.why = because("session-uncached")
	m.put(python.Span{Start: m.lineStart(start), End: m.nextLine(decorator.End)}, "", c)
}

// functionAround gives the innermost function that a node is in.
func (m *module) functionAround(n python.Node) *python.FunctionDef {
	for n = m.parent[n]; n != nil; n = m.parent[n] {
		switch n := n.(type) {
		case *python.FunctionDef:
			return n
		case *python.Lambda, *python.ClassDef:
			return nil
		}
	}
	return nil
}

// symbolOf gives what a def binds.
func (m *module) symbolOf(def *python.FunctionDef) *python.Symbol {
	for scope := m.scopes.Of(def); scope != nil; scope = scope.Parent {
		if symbol := scope.Names[def.Name.Name]; symbol != nil && slices.ContainsFunc(symbol.Bindings, func(b python.Binding) bool {
			return b.Node == python.Node(def)
		}) {
			return symbol
		}
	}
	return nil
}

// isCache tells that a decorator is st.cache_resource, with no more to it than a spinner or a time.
func (m *module) isCache(e python.Expr) bool {
	call, called := e.(*python.Call)
	if called {
		e = call.Func
	}
	if m.scopes.Resolve(e) != "streamlit.cache_resource" {
		return false
	}
	return !called || !slices.ContainsFunc(argumentsOf(call), func(a argument) bool {
		return a.name != "show_spinner" && a.name != "ttl" && a.name != "max_entries"
	})
}

// onlyGives tells that a function does nothing but give back what a call gives.
func (m *module) onlyGives(def *python.FunctionDef, call *python.Call) bool {
	body := def.Body
	for len(body) > 0 && (isDocstring(body[0]) || len(names(body[0])) > 0) {
		body = body[1:]
	}
	if len(body) == 0 {
		return false
	}
	if t, ok := body[0].(*python.Try); ok && m.inCollapse(t) {
		body = slices.Concat([]python.Stmt{t.Body[len(t.Body)-1]}, body[1:])
	}
	given := targetOf(body[0])
	if given == nil || given.value != python.Expr(call) {
		return false
	}
	if len(given.targets) == 0 {
		return len(body) == 1
	}
	back, ok := body[len(body)-1].(*python.Return)
	if !ok || len(body) != 2 || back.Value == nil || len(given.targets) != 1 {
		return false
	}
	return m.source(back.Value) == m.source(given.targets[0])
}
