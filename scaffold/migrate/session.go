package migrate

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/python"
)

// sessionPlan is how an app gets its session.
type sessionPlan struct {
	// shared is the module that holds the helper, "" where each module has its own.
	shared string
}

// sessionReferences are the places that name get_active_session.
func (m *module) sessionReferences() []reference {
	return m.references(func(name string) bool { return name == sessionFunction })
}

// sessionImports are the imports of get_active_session itself.
func (m *module) sessionImports() []*imported {
	var list []*imported
	for _, i := range m.imports {
		if i.target == sessionFunction {
			list = append(list, i)
		}
	}
	return list
}

// needsShared tells that the name get_active_session means more in the file than the function that
// is called, so that it must be bound by an import again.
func (m *module) needsShared(refs []reference) bool {
	return slices.ContainsFunc(m.sessionImports(), func(i *imported) bool { return m.keepsName(i, refs) })
}

// keepsName tells that an imported name must stay bound: other files take it from this one, or code
// asks whether it is there.
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

// editSession takes get_active_session out of a file.
func (m *module) editSession(refs []reference, plan sessionPlan, texts helperTexts) {
	imports := m.sessionImports()
	c := cause{rule: "SL102", why: because("session-call"), kind: KindSession}
	helper := m.fresh("get_session", "get_snowpark_session")
	var lines []string
	if plan.shared != "" {
		lines = []string{"from " + plan.shared + " import get_session"}
		if helper != "get_session" {
			lines[0] += " as " + helper
		}
	}
	kept := map[*python.Symbol]bool{}
	for _, i := range imports {
		if m.keepsName(i, refs) {
			kept[i.symbol] = true
		}
	}
	calls, from := 0, len(m.text)
	for _, r := range refs {
		if r.call != nil {
			m.mend(m.at(r, c))
		}
		if r.symbol != nil && kept[r.symbol] && r.base == r.expr {
			continue
		}
		if m.editReference(r, helper, m.at(r, c)) {
			calls++
			m.uncache(r, m.at(r, c))
			from = min(from, m.begin(m.outermost(r.expr)))
		}
	}
	if calls == 0 {
		lines = nil
	}
	m.editSessionImports(refs, kept, plan, lines)
	if calls > 0 && plan.shared == "" {
		for _, i := range imports {
			if m.parent[i.stmt] == nil {
				from = min(from, i.stmt.Range().End)
			}
		}
		m.addHelper(helper, from, c, texts)
	}
}

// editSessionImports takes the imports of get_active_session away, or has them import the helper.
func (m *module) editSessionImports(refs []reference, kept map[*python.Symbol]bool, plan sessionPlan, lines []string) {
	for _, i := range m.imports {
		c := cause{rule: "SL101", why: because("session-import"), kind: KindSession, line: m.line(i.stmt.Range().Start)}
		own := refsOf(i.symbol, refs)
		lines := lines
		if !slices.ContainsFunc(own, m.needsSession) {
			lines = nil
		}
		switch {
		case i.target == sessionFunction && kept[i.symbol]:
			c.why = both(c.why, "session-probe")
			c.flagged = reboundElsewhere(i.symbol)
			line := "from " + plan.shared + " import get_session as " + i.symbol.Name
			m.drop(i, c, line)
		case i.target == sessionFunction && len(own) == 0:
			m.drop(i, c)
		case i.target == sessionFunction:
			c.flagged = m.tryAround(i.stmt) != nil && !m.inCollapse(i.stmt)
			m.drop(i, c, lines...)
		case len(own) > 0 && m.reaches(i, contextModule) && len(m.others(i.symbol, refs)) == 0 && !m.exported[i.symbol.Name]:
			m.drop(i, c, lines...)
		case len(own) > 0 && i.alias.Name == contextModule && i.alias.As == nil && !m.usesContext(i.symbol, refs):
			m.drop(i, c, slices.Concat(lines, m.parentPackage(i))...)
		case len(own) > 0 && m.reaches(i, contextModule):
			m.follow(i.stmt, c, lines...)
			continue
		default:
			continue
		}
		m.mend(c)
	}
	for _, r := range refs {
		if r.symbol == nil && len(lines) > 0 {
			c := cause{rule: "SL101", why: because("session-import"), kind: KindSession}
			m.importAtTop(lines[0], c)
			return
		}
	}
}

// usesContext tells that code names something else in the module that has get_active_session.
func (m *module) usesContext(symbol *python.Symbol, refs []reference) bool {
	return slices.ContainsFunc(m.others(symbol, refs), func(n *python.NameExpr) bool {
		var e python.Expr = n
		for a, ok := m.parent[e].(*python.Attribute); ok; a, ok = m.parent[e].(*python.Attribute) {
			e = a
			if m.scopes.Resolve(e) == contextModule {
				return true
			}
		}
		return false
	})
}

// parentPackage is the import of the package of that module, where no other import has it.
func (m *module) parentPackage(i *imported) []string {
	for _, other := range m.imports {
		if other != i && other.symbol == i.symbol && strings.HasPrefix(other.alias.Name+".", "snowflake.snowpark.") {
			return nil
		}
	}
	return []string{"import snowflake.snowpark"}
}

// reaches tells that an import brings a module.
func (m *module) reaches(i *imported, module string) bool {
	return i.alias.Name == module || i.target == module
}

func refsOf(symbol *python.Symbol, refs []reference) []reference {
	var own []reference
	for _, r := range refs {
		if r.symbol == symbol {
			own = append(own, r)
		}
	}
	return own
}

// connectionOf is the attribute by which a reference only asks the session for its connection, nil
// where it does more.
func (m *module) connectionOf(r reference) *python.Attribute {
	if r.call == nil {
		return nil
	}
	if a, ok := m.parent[r.call].(*python.Attribute); ok && a.Attr.Name == "connection" && a.Ctx == python.Load {
		return a
	}
	return nil
}

// needsSession tells that a reference needs the session itself.
func (m *module) needsSession(r reference) bool { return m.connectionOf(r) == nil }

// keepsSession tells that a reference runs once, when the file is imported.
func (m *module) keepsSession(r reference) bool {
	return m.once && r.call != nil && m.file.RunsAtImport(r.expr)
}

// editReference puts the helper in the place of get_active_session, and says whether it did so: what
// asks the session for its connection needs no session.
func (m *module) editReference(r reference, helper string, c cause) bool {
	if r.call == nil {
		m.put(r.expr.Range(), helper, c)
		return true
	}
	if a := m.connectionOf(r); a != nil {
		c.why = because("session-connection")
		c.flagged = m.tryAround(r.call) != nil
		m.put(a.Span, m.streamlit(m.begin(m.outermost(r.expr)), c)+`.connection("snowflake").raw_connection`, c)
		return false
	}
	if m.keepsSession(r) {
		c.why, c.flagged = both(c.why, "session-once"), true
	}
	t := m.tryAround(r.call)
	if t == nil || m.inCollapse(t) {
		m.put(r.expr.Range(), helper, c)
	} else if kept := m.collapsible(t, r.call); kept != nil {
		c.why = because("session-try")
		if c.flagged {
			c.why = both(c.why, "session-once")
		}
		m.collapseTry(t, kept, r.call, helper, c)
	} else {
		c.why, c.flagged = both(because("session-call"), "session-in-try"), true
		m.put(r.expr.Range(), helper, c)
	}
	return true
}

// addHelper writes the helper into the file.
func (m *module) addHelper(name string, from int, c cause, texts helperTexts) {
	n := m.helperPlace(from)
	st := m.streamlit(m.afterLead(n), c)
	if !m.utf8 {
		texts.language = scaffold.English
	}
	m.helper = helper{c, n, texts.session(st, name, m.fresh("is_alive", "is_session_alive"), m.unit())}
}
