package rewrite

import (
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/ui/message"
)

// sessionPlan is how an app gets its session.
type sessionPlan struct {
	// shared is the module with the helper, "" if each module has its own.
	shared string
}

// sessionReferences returns the places that take the app's session or name the function that does.
func (m *module) sessionReferences() []reference {
	if m.taken != nil {
		return m.taken
	}
	takes := func(name string) bool {
		return scaffold.ReturnsActiveSession(name) || scaffold.ReturnsDefaultSession(name)
	}
	m.taken = slices.DeleteFunc(m.references(takes), func(r reference) bool {
		return scaffold.ReturnsDefaultSession(r.name) && !m.takesDefault(r)
	})
	m.taken = append(m.taken, m.connectionSessions()...)
	slices.SortStableFunc(m.taken, func(a, b reference) int { return a.expr.Range().Start - b.expr.Range().Start })
	return m.taken
}

// takesDefault reports whether a reference calls a method of Session.builder without options. In an exception handler,
// that call is the fallback for a developer's machine.
func (m *module) takesDefault(r reference) bool {
	return r.call != nil && len(r.call.Args)+len(r.call.Keywords) == 0 && !m.inHandler(r.call)
}

// inHandler reports whether a node is in an exception handler.
func (m *module) inHandler(n ast.Node) bool {
	for ; n != nil; n = m.file.Parent(n) {
		if _, is := n.(*ast.Handler); is {
			return true
		}
	}
	return false
}

// sessionImports returns the imports of get_active_session.
func (m *module) sessionImports() []*imported {
	var list []*imported
	for _, i := range m.imports {
		if scaffold.ReturnsActiveSession(i.target) {
			list = append(list, i)
		}
	}
	return list
}

// needsShared reports whether get_active_session has other uses in the file than calls, so that an import must still
// bind the name.
func (m *module) needsShared(refs []reference) bool {
	return slices.ContainsFunc(m.sessionImports(), func(i *imported) bool { return m.keepsName(i, refs) })
}

// keepsName reports whether an imported name must stay bound: other files import it from this one, or code tests
// whether it exists.
func (m *module) keepsName(i *imported, refs []reference) bool {
	if i.scope == m.scopes.Module && m.exported[i.symbol.Name] {
		return true
	}
	if !reboundElsewhere(i.symbol) {
		return false
	}
	return len(m.others(i.symbol, refs)) > 0 || slices.ContainsFunc(refs, func(r reference) bool {
		return r.symbol == i.symbol && r.call == nil
	})
}

// editSession makes a file take its session from the helper.
func (m *module) editSession(refs []reference, plan sessionPlan, w *rewriting) {
	c := cause{rule: "SL102", why: message.New("change.session-call"), kind: change.KindSession}
	h := sessionHelper{module: plan.shared, name: m.fresh("get_session", "get_snowpark_session"), alive: m.fresh("is_alive", "is_session_alive")}
	kept := map[*scope.Symbol]bool{}
	for _, i := range m.sessionImports() {
		if m.keepsName(i, refs) {
			kept[i.symbol] = true
		}
	}
	calls, from := 0, len(m.text)
	for _, r := range refs {
		c := m.causeOf(r, c)
		if r.call != nil {
			m.fix(c)
			if m.isLost(r.call) {
				continue // it is removed with a try
			}
		}
		if r.symbol != nil && kept[r.symbol] && r.base == r.expr {
			continue
		}
		moved := m.moveSession(r, h.name, c)
		if moved || m.editReference(r, &h, c, w) {
			calls++
			from = min(from, m.begin(m.outermost(r.expr)))
		}
	}
	m.editSessionImports(refs, kept, h, calls > 0, w)
	if calls > 0 && plan.shared == "" {
		for _, i := range m.sessionImports() {
			if m.file.Parent(i.stmt) == nil {
				from = min(from, i.stmt.Range().End)
			}
		}
		m.addHelper(h, from, c, w.texts)
	}
}

// sessionHelper is how a file uses the helper.
type sessionHelper struct {
	// module is the module that contains the helper, "" if the file has its own.
	module string
	// name is the file's name for the helper, alive its name for the function that checks whether the session still
	// works.
	name, alive string
	// validates reports whether a cache of the file uses that function.
	validates bool
}

// Line returns the import of the helper.
func (h sessionHelper) Line() string {
	line := "from " + h.module + " import get_session"
	if h.name != "get_session" {
		line += " as " + h.name
	}
	if !h.validates {
		return line
	}
	line += ", is_alive"
	if h.alive != "is_alive" {
		line += " as " + h.alive
	}
	return line
}

// causeOf returns the cause of an edit at a reference.
func (m *module) causeOf(r reference, c cause) cause {
	c = m.at(r, c)
	if r.connection != nil {
		c.rule = "SL108"
		if m.hasOptions(r.connection) {
			c = c.doubted(message.New("change.session-options"))
		}
	}
	return c
}

// connectionOf returns the attribute of a reference that only gets the session's connection, or nil if it does more.
func (m *module) connectionOf(r reference) *ast.Attribute {
	if r.call == nil {
		return nil
	}
	if a, ok := m.file.Parent(r.call).(*ast.Attribute); ok && a.Attr.Name == "connection" && a.Ctx == ast.Load {
		return a
	}
	return nil
}

// needsSession reports whether a reference needs the session itself.
func (m *module) needsSession(r reference) bool { return m.connectionOf(r) == nil }

// keepsSession reports whether a reference runs once, when the file is imported.
func (m *module) keepsSession(r reference) bool {
	return m.once && r.call != nil && m.file.RunsAtImport(r.expr)
}

// keptForAll reports whether a function of a file that runs once assigns the session to a global name or to an attribute
// of a class: the first viewer's session is then kept for all.
func (m *module) keptForAll(r reference) bool {
	s, ok := m.file.Parent(r.call).(*ast.Assign)
	if !m.once || !ok || m.functionAround(s) == nil {
		return false
	}
	return slices.ContainsFunc(s.Targets, func(e ast.Expr) bool {
		switch e := e.(type) {
		case *ast.NameExpr:
			holder, _ := m.scopes.Lookup(e)
			return holder == m.scopes.Module
		case *ast.Attribute:
			base, is := e.Value.(*ast.NameExpr)
			return is && (base.ID == "cls" || m.isClass(base))
		}
		return false
	})
}

// isClass reports whether a name is bound only by a class statement.
func (m *module) isClass(n *ast.NameExpr) bool {
	_, symbol := m.scopes.Lookup(n)
	return symbol != nil && len(symbol.Bindings) > 0 && !slices.ContainsFunc(symbol.Bindings, func(b scope.Binding) bool {
		_, is := b.Node.(*ast.ClassDef)
		return !is
	})
}

// editReference replaces what took the session with the helper. It reports whether it did: code that only gets the
// session's connection needs no session.
func (m *module) editReference(r reference, h *sessionHelper, c cause, w *rewriting) bool {
	if r.call == nil {
		m.put(r.expr.Range(), h.name, c)
		return true
	}
	if a := m.connectionOf(r); a != nil {
		c.why = message.New("change.session-connection")
		c.flagged = m.tryAround(r.call) != nil
		m.put(a.Span, m.streamlit(m.begin(m.outermost(r.expr)), c)+`.connection("snowflake").raw_connection`, c)
		return false
	}
	if m.keepsSession(r) || m.keptForAll(r) {
		c = c.doubted(message.New("change.session-once"))
	}
	c = m.recache(r, h, c)
	if def := m.functionAround(r.call); def != nil && w.caught[def] != "" {
		c = c.doubted(message.New("change.session-caught", "place", w.caught[def]))
	}
	t := m.tryAround(r.call)
	collapses := t != nil && !m.inCollapse(t) && m.collapsible(t, r.call) != nil
	if !collapses && m.doubtfulTry(r.call, w) {
		c = c.doubted(message.New("change.session-in-try"))
	}
	if t == nil || m.inCollapse(t) {
		m.put(r.expr.Range(), h.name, c)
	} else if kept := m.collapsible(t, r.call); kept != nil {
		if !c.flagged {
			c.why = message.New("change.session-try")
		}
		m.collapseTry(t, kept, r.call, h.name, c)
	} else {
		m.put(r.expr.Range(), h.name, c)
	}
	return true
}

// setsFlag reports whether statements set a name to True or False, or return one: code uses such a flag to find out
// where it runs.
func setsFlag(body []ast.Stmt) bool {
	return slices.ContainsFunc(body, func(s ast.Stmt) bool {
		t := targetOf(s)
		if t == nil {
			return false
		}
		c, ok := t.value.(*ast.Constant)
		return ok && (c.Sort == ast.True || c.Sort == ast.False)
	})
}

// addHelper adds the helper to the file.
func (m *module) addHelper(h sessionHelper, from int, c cause, texts helperTexts) {
	n := m.helperPlace(from)
	st := m.streamlit(m.afterLead(n), c)
	if !m.utf8 {
		texts.Language = scaffold.English
	}
	m.helper = helper{c, n, texts.session(st, h.name, h.alive, m.unit())}
}
