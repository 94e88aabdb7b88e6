package rewrite

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sleet/scaffold/migrate/change"
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// finish turns the recorded changes into edits: changed or removed imports, and blocks left empty.
func (m *module) finish() {
	var r removal
	for again := true; again; {
		m.dropUnused()
		gone := m.goneImports()
		maps.Copy(gone, m.left)
		maps.Copy(gone, m.unusedConnections())
		maps.Copy(gone, m.unusedValues())
		r = m.decide(gone)
		for s := range r.gone {
			m.lost = append(m.lost, s.Range())
		}
		// A statement removed with its header may have been the last use of an import.
		again = m.dropUnused() > 0
	}
	done := map[ast.Stmt]bool{}
	for _, i := range m.imports {
		if done[i.stmt] || m.inCollapse(i.stmt) || r.goes(i.stmt) {
			continue
		}
		done[i.stmt] = true
		m.editImport(i.stmt)
	}
	for _, c := range m.collapsed {
		m.finishCollapse(c)
	}
	r.emit()
	m.removeStaleComments()
	m.writeTop()
	m.edits = merge(m.edits)
}

// goneImports returns the import statements to remove completely.
func (m *module) goneImports() map[ast.Stmt]cause {
	gone := map[ast.Stmt]cause{}
	for _, i := range m.imports {
		if m.inCollapse(i.stmt) {
			continue
		}
		if f := m.importChange(i.stmt); f.all && len(f.lines) == 0 {
			gone[i.stmt] = f.cause
		}
	}
	return gone
}

// importChange is what happens to an import statement.
type importChange struct {
	newImports
	// all and any report whether all or any of its names are removed.
	all, any bool
}

func (m *module) importChange(s ast.Stmt) importChange {
	f := importChange{all: true}
	for _, alias := range names(s) {
		d := m.dropped[alias]
		if d == nil {
			f.all = false
			continue
		}
		if !f.any {
			f.cause, f.any = d.cause, true
		}
		f.add(m.needed(s, d.lines)...)
	}
	if extra := m.extra[s]; extra != nil {
		if !f.any {
			f.cause = extra.cause
		}
		f.add(m.needed(s, extra.lines)...)
	}
	return f
}

// needed returns the lines that no earlier statement of the same block adds.
func (m *module) needed(s ast.Stmt, lines []string) []string {
	b := m.blockOf(s)
	before := b.list[:slices.Index(b.list, s)]
	return slices.DeleteFunc(slices.Clone(lines), func(line string) bool {
		return slices.ContainsFunc(before, func(other ast.Stmt) bool {
			brings := func(n *newImports) bool { return n != nil && slices.Contains(n.lines, line) }
			return brings(m.extra[other]) ||
				slices.ContainsFunc(names(other), func(a *ast.Alias) bool { return brings(m.dropped[a]) })
		})
	})
}

// names returns the names of an import statement.
func names(s ast.Stmt) []*ast.Alias {
	switch s := s.(type) {
	case *ast.Import:
		return s.Names
	case *ast.ImportFrom:
		return s.Names
	}
	return nil
}

// editImport makes the edits of one import statement that is changed but not removed.
func (m *module) editImport(s ast.Stmt) {
	f := m.importChange(s)
	if f.all {
		m.put(s.Range(), m.joined(s, f.lines), f.cause)
		return
	}
	aliases := names(s)
	if f.any {
		l := list{items: make([]token.Span, len(aliases))}
		for i, alias := range aliases {
			l.items[i] = alias.Span
		}
		text, _ := m.sign(aliases[len(aliases)-1].End)
		l.closed = text == ")" || text == "," // a comma after the last name is allowed only in parentheses
		for _, span := range m.without(l, func(i int) bool { return m.dropped[aliases[i]] != nil }) {
			m.put(span, "", f.cause)
		}
	}
	if len(f.lines) > 0 {
		m.insertAfter(s, f.lines, f.cause)
	}
}

// joined returns import statements to replace a statement.
func (m *module) joined(s ast.Stmt, lines []string) string {
	if m.alone(s) {
		return strings.Join(lines, m.eol()+m.indent(s.Range().Start))
	}
	return strings.Join(lines, "; ")
}

// alone reports whether a statement shares its lines with no other.
func (m *module) alone(s ast.Stmt) bool {
	return m.leads(m.begin(s)) && m.trails(s.Range().End)
}

// insertAfter inserts statements after a simple statement.
func (m *module) insertAfter(s ast.Stmt, lines []string, c cause) {
	end := s.Range().End
	if !m.alone(s) {
		m.put(token.Span{Start: end, End: end}, "; "+strings.Join(lines, "; "), c)
		return
	}
	m.insertLines(m.nextLine(end), m.indent(s.Range().Start), lines, c)
}

// insertLines inserts lines at the start of a line.
func (m *module) insertLines(at int, indent string, lines []string, c cause) {
	text := ""
	for _, line := range lines {
		if line != "" {
			line = indent + line
		}
		text += line + m.eol()
	}
	if at > 0 && m.text[at-1] != '\n' && m.text[at-1] != '\r' {
		text = m.eol() + strings.TrimSuffix(text, m.eol())
	}
	m.put(token.Span{Start: at, End: at}, text, c)
}

// merge sorts edits, joins overlapping deletions, and drops edits inside a deleted span.
func merge(edits []change.Edit) []change.Edit {
	slices.SortStableFunc(edits, func(a, b change.Edit) int {
		empty := func(e change.Edit) int { return min(e.End-e.Start, 1) }
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(empty(a), empty(b)), cmp.Compare(b.End, a.End))
	})
	var merged []change.Edit
	for _, e := range edits {
		n := len(merged) - 1
		switch {
		case n < 0 || e.Start >= merged[n].End:
			merged = append(merged, e)
		case e.End > merged[n].End && e.New == "" && merged[n].New == "":
			merged[n].End = e.End
		case e.End > merged[n].End:
			merged = append(merged, e) // a mistake that ApplyEdits reports
		}
	}
	return merged
}
