package rewrite

import (
	"bytes"
	"slices"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/scaffold/python/token"
	"sleet/ui/message"
)

// isCacheName reports whether a full dotted name is a Streamlit decorator that caches a function's result.
func isCacheName(name string) bool {
	return slices.Contains([]string{
		"streamlit.cache_resource", "streamlit.cache_data", "streamlit.cache", "streamlit.experimental_singleton", "streamlit.experimental_memo",
	}, name)
}

// recache makes the cache around a function that takes the session follow the session. After Snowflake ends a session,
// the helper creates a new one, so a cache must not keep the old one. recache returns the cause of the edit at the
// reference, flagged if the edit needs review.
func (m *module) recache(r reference, h *sessionHelper, c cause) cause {
	def := m.functionAround(r.expr)
	if def == nil {
		return c
	}
	for _, decorator := range def.Decorators {
		call, _ := decorator.(*ast.Call)
		function := decorator
		if call != nil {
			function = call.Func
		}
		name := m.scopes.Resolve(function)
		resource := name == "streamlit.cache_resource" || name == "streamlit.experimental_singleton"
		if !resource && name != "functools.lru_cache" && name != "functools.cache" {
			continue
		}
		validated := resource && call != nil && hasArgument(argumentsOf(call), "validate")
		switch kept := m.keptBy(def, r.call); {
		case kept == keepsData || validated && kept == keepsSession:
		case len(def.Decorators) == 1 && m.uncache(def, decorator, r.call, c):
		case resource && kept == keepsSession:
			c := c
			c.why = message.New("change.session-validated")
			m.validate(decorator, call, h.alive, c)
			h.validates = true
		default:
			c = c.doubted(message.New("change.session-kept"))
		}
	}
	return c
}

// validate adds to a cache a function that checks whether the cached session still works.
func (m *module) validate(decorator ast.Expr, call *ast.Call, alive string, c cause) {
	text := "validate=" + alive
	if call == nil {
		at := decorator.Range().End
		m.put(token.Span{Start: at, End: at}, "("+text+")", c)
		return
	}
	l, open, _ := m.arguments(call)
	if len(l.items) == 0 {
		m.put(token.Span{Start: open + 1, End: open + 1}, text, c)
		return
	}
	at := l.items[len(l.items)-1].End
	m.put(token.Span{Start: at, End: at}, ", "+text, c)
}

// keeping is what a cache around a function keeps.
type keeping int

const (
	keepsData    keeping = iota // nothing of the session
	keepsSession                // the session itself
	keepsMore                   // something that may contain the session
)

// keptBy returns what a function returns that takes a session with a call.
func (m *module) keptBy(def *ast.FunctionDef, session *ast.Call) keeping {
	kept, data := keepsData, false
	ast.WalkBody(def.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FunctionDef, *ast.ClassDef, *ast.Lambda:
			return false
		case *ast.Yield:
			kept = keepsMore
		case *ast.Return:
			if n.Value == nil {
				return true
			}
			switch in := m.keptIn(n.Value, def, session); in {
			case keepsSession, keepsMore:
				kept = max(kept, in)
			case keepsData:
				data = true
			}
		}
		return true
	})
	last := def.Body[len(def.Body)-1]
	if t, ok := last.(*ast.Try); ok && m.collapsible(t, session) != nil {
		last = t.Body[len(t.Body)-1]
	}
	if _, always := last.(*ast.Return); kept == keepsSession && (data || !always) {
		return keepsMore // the cache may also keep None, which a session test does not accept
	}
	return kept
}

func (m *module) keptIn(e ast.Expr, def *ast.FunctionDef, session *ast.Call) keeping {
	switch e := e.(type) {
	case *ast.Constant, *ast.JoinedStr, *ast.Compare:
		return keepsData
	case *ast.Call:
		if e == session {
			return keepsSession
		}
		method, ok := e.Func.(*ast.Attribute)
		switch {
		case !ok:
		case slices.Contains([]string{"collect", "to_pandas", "toPandas", "count", "first", "show"}, method.Attr.Name):
			return keepsData
		case slices.Contains([]string{"create", "getOrCreate", "session"}, method.Attr.Name) && m.makesSession(e, def.Body, 0):
			return keepsSession
		}
	case *ast.NameExpr:
		_, symbol := m.scopes.Lookup(e)
		if symbol == nil || len(symbol.Bindings) != 1 || symbol.Bindings[0].Value == nil || !within(symbol.Bindings[0].Node.Range(), def.Range()) {
			return keepsMore
		}
		if _, again := symbol.Bindings[0].Value.(*ast.NameExpr); !again {
			return m.keptIn(symbol.Bindings[0].Value, def, session)
		}
	}
	return keepsMore
}

// uncache removes the cache of a function that only returns the session. It reports whether it did.
func (m *module) uncache(def *ast.FunctionDef, decorator ast.Expr, session *ast.Call, c cause) bool {
	if !m.plainCache(decorator) || !m.onlyGives(def, session) {
		return false
	}
	symbol := m.symbolOf(def)
	if symbol == nil || slices.ContainsFunc(m.uses[symbol], func(n *ast.NameExpr) bool {
		_, attribute := m.file.Parent(n).(*ast.Attribute)
		return attribute
	}) {
		return false
	}
	start := bytes.LastIndexByte(m.text[:decorator.Range().Start], '@')
	if !m.leads(start) || !m.trails(decorator.Range().End) {
		return false
	}
	c.why = message.New("change.session-uncached")
	m.put(token.Span{Start: m.lineStart(start), End: m.nextLine(decorator.Range().End)}, "", c)
	return true
}

// functionAround returns the innermost function that contains a node, or nil.
func (m *module) functionAround(n ast.Node) *ast.FunctionDef {
	for n = m.file.Parent(n); n != nil; n = m.file.Parent(n) {
		switch n := n.(type) {
		case *ast.FunctionDef:
			return n
		case *ast.Lambda, *ast.ClassDef:
			return nil
		}
	}
	return nil
}

// symbolOf returns the symbol that a def binds.
func (m *module) symbolOf(def *ast.FunctionDef) *scope.Symbol {
	for s := m.scopes.Of(def); s != nil; s = s.Parent {
		if symbol := s.Names[def.Name.Name]; symbol != nil && slices.ContainsFunc(symbol.Bindings, func(b scope.Binding) bool {
			return b.Node == ast.Node(def)
		}) {
			return symbol
		}
	}
	return nil
}

// plainCache reports whether a decorator has no arguments besides a spinner, a lifetime or a size.
func (m *module) plainCache(e ast.Expr) bool {
	call, called := e.(*ast.Call)
	return !called || !slices.ContainsFunc(argumentsOf(call), func(a argument) bool {
		return !slices.Contains([]string{"show_spinner", "ttl", "max_entries", "maxsize"}, a.name)
	})
}

// onlyGives reports whether a function does nothing but return the result of a call.
func (m *module) onlyGives(def *ast.FunctionDef, call *ast.Call) bool {
	body := def.Body
	for len(body) > 0 && (isDocstring(body[0]) || len(names(body[0])) > 0) {
		body = body[1:]
	}
	if len(body) == 0 {
		return false
	}
	if t, ok := body[0].(*ast.Try); ok && m.collapsible(t, call) != nil {
		body = slices.Concat([]ast.Stmt{t.Body[len(t.Body)-1]}, body[1:])
	}
	given := targetOf(body[0])
	if given == nil || given.value != ast.Expr(call) {
		return false
	}
	if len(given.targets) == 0 {
		return len(body) == 1
	}
	back, ok := body[len(body)-1].(*ast.Return)
	if !ok || len(body) != 2 || back.Value == nil || len(given.targets) != 1 {
		return false
	}
	return m.source(back.Value) == m.source(given.targets[0])
}
