package rewrite

import (
	"slices"
	"strconv"
	"strings"

	"sleet/scaffold/migrate/change"
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
)

const streamlitModule = "streamlit"

// numbered returns a name with the first number, from 2, that is not taken.
func numbered(name string, taken func(string) bool) string {
	for n := 2; ; n++ {
		if candidate := name + "_" + strconv.Itoa(n); !taken(candidate) {
			return candidate
		}
	}
}

// lead returns the number of statements at the top of the file that are its docstring and imports, each on its own
// lines.
func (m *module) lead() int {
	for i, s := range m.file.Body {
		docstring := i == 0 && isDocstring(s)
		if !docstring && len(names(s)) == 0 || !m.alone(s) {
			return i
		}
	}
	return len(m.file.Body)
}

// afterLead returns the start of the line after the first n statements.
func (m *module) afterLead(n int) int {
	switch {
	case n > 0:
		return m.nextLine(m.file.Body[n-1].Range().End)
	case len(m.file.Body) > 0:
		return m.lineStart(m.begin(m.file.Body[0]))
	default:
		return len(m.text)
	}
}

// meansStreamlit reports whether the file binds a name only by imports of Streamlit.
func (m *module) meansStreamlit(name string) bool {
	var check func(s *scope.Scope) bool
	check = func(s *scope.Scope) bool {
		if symbol := s.Names[name]; symbol != nil {
			for _, b := range symbol.Bindings {
				if b.Kind != scope.ByImport || b.Target != streamlitModule {
					return false
				}
			}
		}
		for _, child := range s.Children {
			if !check(child) {
				return false
			}
		}
		return true
	}
	return check(m.scopes.Module)
}

// free reports whether an import at the top can bind a name to Streamlit without changing another use of the name.
func (m *module) free(name string) bool {
	return m.meansStreamlit(name) && (!m.words[name] || len(m.unbound(name)) == 0)
}

// unbound returns the uses of a name that nothing in the file binds.
func (m *module) unbound(name string) []*ast.NameExpr {
	var uses []*ast.NameExpr
	ast.WalkBody(m.file.Body, func(n ast.Node) bool {
		if e, ok := n.(*ast.NameExpr); ok && e.ID == name {
			if _, symbol := m.scopes.Lookup(e); symbol == nil {
				uses = append(uses, e)
			}
		}
		return true
	})
	return uses
}

// streamlit returns a name for Streamlit that is valid in every scope from an offset on. It adds an import if there is
// none.
func (m *module) streamlit(from int, c cause) string {
	for _, i := range m.imports {
		if i.target == streamlitModule && i.scope == m.scopes.Module && m.file.Parent(i.stmt) == nil && i.stmt.Range().End <= from &&
			m.dropped[i.alias] == nil && m.meansStreamlit(i.symbol.Name) {
			return i.symbol.Name
		}
	}
	switch {
	case m.free("st"):
		m.importAtTop("import streamlit as st", c)
		return "st"
	case m.free(streamlitModule):
		m.importAtTop("import streamlit", c)
		return streamlitModule
	}
	name := m.fresh("streamlit_module")
	m.importAtTop("import streamlit as "+name, c)
	return name
}

// importAtTop adds an import at the top of the file: in place of one that is removed, or else after the last one.
func (m *module) importAtTop(line string, c cause) {
	n := m.lead()
	for _, i := range m.imports {
		if m.file.Parent(i.stmt) == nil && i.stmt.Range().Start < m.afterLead(n) && m.importChange(i.stmt).all {
			m.drop(i, c, line)
			return
		}
	}
	if n > 0 && len(names(m.file.Body[n-1])) > 0 {
		m.follow(m.file.Body[n-1], c, line)
		return
	}
	if m.top.lines == nil {
		m.top.cause = c
	}
	m.top.add(line)
}

// writeTop writes the imports that cannot be added next to another import, and the helper.
func (m *module) writeTop() {
	at := m.lead()
	var lines []string
	blank, c := 1, m.top.cause
	lines = append(lines, m.top.lines...)
	if len(m.helper.lines) > 0 {
		at, blank, c = m.helper.after, 2, m.helper.cause
		if len(lines) > 0 {
			lines = append(lines, "", "")
		}
		lines = append(lines, m.helper.lines...)
	}
	if len(lines) == 0 {
		return
	}
	if at > 0 {
		ahead := blank
		if len(m.top.lines) > 0 {
			ahead = 1
		}
		lines = append(make([]string, ahead), lines...)
	}
	if at < len(m.file.Body) {
		lines = append(lines, make([]string, max(0, blank-m.blankLinesLeft(m.afterLead(at))))...)
	}
	m.insertLines(m.afterLead(at), "", lines, c)
}

// blankLinesLeft counts the blank lines from an offset on, skipping lines that are removed.
func (m *module) blankLinesLeft(at int) int {
	count := 0
	for {
		if i := slices.IndexFunc(m.edits, func(e change.Edit) bool { return e.New == "" && e.Start == at && e.End > at }); i >= 0 {
			at = m.edits[i].End
			continue
		}
		next := m.nextLine(at)
		if next == at || !m.isBlank(at, next) {
			return count
		}
		at = next
		count++
	}
}

// blankLines counts the blank lines from an offset on.
func (m *module) blankLines(at int) int {
	count := 0
	for end := m.nextLine(at); end > at && strings.TrimSpace(string(m.text[at:end])) == ""; end = m.nextLine(at) {
		at = end
		count++
	}
	return count
}

// helperPlace returns the number of statements after which to insert a helper that uses Streamlit and is used from an
// offset on: after the imports at the top, or after a later import of Streamlit.
func (m *module) helperPlace(from int) int {
	n := m.lead()
	top := m.afterLead(n)
	for _, i := range m.imports {
		if i.target == streamlitModule && i.scope == m.scopes.Module && m.file.Parent(i.stmt) == nil &&
			i.stmt.Range().Start < top && m.meansStreamlit(i.symbol.Name) {
			return n
		}
	}
	for k := n; k < len(m.file.Body); k++ {
		s := m.file.Body[k]
		if s.Range().End > from {
			break
		}
		for _, i := range m.imports {
			if i.stmt == s && i.target == streamlitModule && m.meansStreamlit(i.symbol.Name) && m.alone(s) {
				return m.importsFrom(k, from)
			}
		}
	}
	return n
}

// importsFrom returns the number of statements up to the end of the imports that begin at index k.
func (m *module) importsFrom(k, from int) int {
	for k+1 < len(m.file.Body) && len(names(m.file.Body[k+1])) > 0 && m.alone(m.file.Body[k+1]) &&
		m.file.Body[k+1].Range().End <= from {
		k++
	}
	return k + 1
}
