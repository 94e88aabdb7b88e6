package rewrite

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/ui/message"
)

// editSessionImports removes the imports of get_active_session, or replaces them with imports of the helper in the
// scope of every use.
func (m *module) editSessionImports(refs []reference, kept map[*scope.Symbol]bool, h sessionHelper, used bool, w *rewriting) {
	place := m.importPlaces(refs, h, used)
	for _, i := range m.imports {
		c := cause{rule: "SL101", why: message.New("change.session-import"), kind: change.KindSession, line: m.Line(i.stmt.Range().Start)}
		own := refsOf(i.symbol, refs)
		lines := place[i]
		switch {
		case scaffold.ReturnsActiveSession(i.target) && kept[i.symbol]:
			c.why = change.JoinReasons(c.why, message.New("change.session-probe"))
			c.flagged = reboundElsewhere(i.symbol)
			line := "from " + h.module + " import get_session as " + i.symbol.Name
			m.drop(i, c, line)
		case scaffold.ReturnsActiveSession(i.target) && len(own) == 0:
			m.drop(i, c)
		case scaffold.ReturnsActiveSession(i.target):
			c.tried = m.doubtfulTry(i.stmt, w)
			c.flagged = c.tried
			m.drop(i, c, lines...)
		case len(own) > 0 && m.reaches(i, contextModule) && len(m.others(i.symbol, refs)) == 0 && !m.exported[i.symbol.Name]:
			m.drop(i, c, lines...)
		case len(own) > 0 && i.alias.Name == contextModule && i.alias.As == nil && !m.usesContext(i.symbol, refs):
			m.drop(i, c, slices.Concat(lines, m.parentPackage(i))...)
		case len(own) > 0 && m.reaches(i, contextModule):
			m.follow(i.stmt, c, lines...)
			continue
		case len(own) > 0: // the package, or the class Session
			c.rule, c.why = "SL102", message.New("change.session-call")
			m.follow(i.stmt, c, lines...)
			continue
		default:
			continue
		}
		m.fix(c)
	}
}

// importPlaces returns the imports of the helper by the import that they replace or follow. If none of these is in the
// scope of every use, the import is added at the top of the file.
func (m *module) importPlaces(refs []reference, h sessionHelper, used bool) map[*imported][]string {
	place := map[*imported][]string{}
	if h.module == "" || !used {
		return place
	}
	lines := []string{h.Line()}
	top := h.validates
	var first *imported // the first top-level import that provides it
	for _, i := range m.imports {
		if !slices.ContainsFunc(refsOf(i.symbol, refs), m.needsSession) {
			continue
		}
		top = top || i.scope == m.scopes.Module && m.functionAround(i.stmt) != nil // through a global statement
		if first == nil && m.file.Parent(i.stmt) == nil {
			first = i
		}
		place[i] = lines
	}
	top = top || slices.ContainsFunc(refs, func(r reference) bool { return r.symbol == nil && m.needsSession(r) })
	if top {
		m.importAtTop(lines[0], cause{rule: "SL101", why: message.New("change.session-import"), kind: change.KindSession})
		return map[*imported][]string{}
	}
	for i := range place {
		if first != nil && m.functionAround(i.stmt) != nil && first.stmt.Range().Start < m.outermost(i.stmt).Range().Start {
			delete(place, i)
		}
	}
	return place
}

// usesContext reports whether code uses something else from the module with get_active_session.
func (m *module) usesContext(symbol *scope.Symbol, refs []reference) bool {
	return slices.ContainsFunc(m.others(symbol, refs), func(n *ast.NameExpr) bool {
		var e ast.Expr = n
		for a, ok := m.file.Parent(e).(*ast.Attribute); ok; a, ok = m.file.Parent(e).(*ast.Attribute) {
			e = a
			if m.scopes.Resolve(e) == contextModule {
				return true
			}
		}
		return false
	})
}

// parentPackage returns the import of that module's package, if no other import has it.
func (m *module) parentPackage(i *imported) []string {
	for _, other := range m.imports {
		if other != i && other.symbol == i.symbol && strings.HasPrefix(other.alias.Name+".", "snowflake.snowpark.") {
			return nil
		}
	}
	return []string{"import snowflake.snowpark"}
}

// reaches reports whether an import imports a module.
func (m *module) reaches(i *imported, module string) bool {
	return i.alias.Name == module || i.target == module
}

func refsOf(symbol *scope.Symbol, refs []reference) []reference {
	var own []reference
	for _, r := range refs {
		if r.symbol == symbol {
			own = append(own, r)
		}
	}
	return own
}
