package rewrite

import (
	"slices"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/ui/message"
)

// moveSession makes a file that runs once for all viewers call the helper where it uses its session. It reports whether
// it did. An assignment at module level would keep a session that Snowflake has ended. It only replaces a name that no
// other file reads, and that only functions read.
func (m *module) moveSession(r reference, helper string, c cause) bool {
	if r.call == nil || !m.keepsSession(r) || !m.needsSession(r) {
		return false
	}
	stmt, _ := m.file.Parent(r.call).(ast.Stmt)
	if stmt == nil {
		return false
	}
	made := targetOf(stmt)
	if made == nil || made.value != ast.Expr(r.call) || len(made.targets) != 1 {
		return false
	}
	name, ok := made.targets[0].(*ast.NameExpr)
	if !ok {
		return false
	}
	_, symbol := m.scopes.Lookup(name)
	gone := m.assignmentsOf(symbol, stmt)
	if gone == nil || m.exported[symbol.Name] || slices.ContainsFunc(m.uses[symbol], m.runsAtImport) {
		return false
	}
	c.why = message.New("change.session-moved")
	for _, s := range gone {
		m.leave(s, c)
	}
	for _, use := range m.uses[symbol] {
		m.put(use.Span, helper+"()", m.at(reference{expr: use}, c))
	}
	return true
}

func (m *module) runsAtImport(n *ast.NameExpr) bool { return m.file.RunsAtImport(n) }

// leave records that a statement is removed.
func (m *module) leave(s ast.Stmt, c cause) {
	if m.left == nil {
		m.left = map[ast.Stmt]cause{}
	}
	m.left[s] = c
	m.lost = append(m.lost, s.Range())
}

// assignmentsOf returns the module-level statements that bind a name, session among them, if all others bind it to
// None. For a statement in a try that does nothing else, it returns the try. It returns nil if something else binds the
// name.
func (m *module) assignmentsOf(symbol *scope.Symbol, session ast.Stmt) []ast.Stmt {
	var list []ast.Stmt
	for _, b := range symbol.Bindings {
		stmt, _ := m.file.Parent(b.Node).(ast.Stmt)
		if stmt == nil || b.Kind != scope.ByAssignment || b.Scope != m.scopes.Module {
			return nil
		}
		made := targetOf(stmt)
		if made == nil || len(made.targets) != 1 || stmt != session && !isNone(made.value) {
			return nil
		}
		switch up := m.file.Parent(stmt).(type) {
		case nil:
			list = append(list, stmt)
		case *ast.Try:
			if stmt == session && !m.onlyAssigns(up, symbol.Name) {
				return nil
			}
			list = append(list, up)
		case *ast.Handler:
			try, _ := m.file.Parent(up).(*ast.Try)
			if try == nil || !slices.Contains(try.Body, session) {
				return nil
			}
		default:
			return nil
		}
	}
	return list
}

// onlyAssigns reports whether a module-level try statement only imports and binds a name, and its handlers bind it to
// None or do nothing.
func (m *module) onlyAssigns(t *ast.Try, name string) bool {
	if m.file.Parent(t) != nil || t.Star || len(t.Else) > 0 || len(t.Finally) > 0 {
		return false
	}
	for _, s := range t.Body[:len(t.Body)-1] {
		if len(names(s)) == 0 || !slices.ContainsFunc(names(s), m.isSessionImport) {
			return false
		}
	}
	for _, h := range t.Handlers {
		for _, s := range h.Body {
			if _, pass := s.(*ast.Pass); pass {
				continue
			}
			made := targetOf(s)
			if made == nil || len(made.targets) != 1 || !isNone(made.value) || m.source(made.targets[0]) != name {
				return false
			}
		}
	}
	return true
}

// isSessionImport reports whether an imported name is the function that takes the session.
func (m *module) isSessionImport(a *ast.Alias) bool {
	return slices.ContainsFunc(m.sessionImports(), func(i *imported) bool { return i.alias == a })
}

func isNone(e ast.Expr) bool {
	c, ok := e.(*ast.Constant)
	return ok && c.Sort == ast.None
}
