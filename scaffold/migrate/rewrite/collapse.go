package rewrite

import (
	"slices"
	"strings"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// collapse is a try statement to replace with its body, because its handlers only create a session in another way.
type collapse struct {
	cause
	try *ast.Try
	// kept are the statements of the body that stay. text is the text of the last one, in which call has another
	// callee.
	kept   []ast.Stmt
	text   string
	call   *ast.Call
	callee string
}

// inCollapse reports whether a node is in a try statement that is replaced with its body.
func (m *module) inCollapse(n ast.Node) bool {
	return slices.ContainsFunc(m.collapsed, func(c *collapse) bool { return within(n.Range(), c.try.Span) })
}

// tryAround returns the innermost try statement of the same function whose body contains a node.
func (m *module) tryAround(n ast.Node) *ast.Try {
	for p := m.file.Parent(n); p != nil; n, p = p, m.file.Parent(p) {
		switch p := p.(type) {
		case *ast.FunctionDef, *ast.ClassDef, *ast.Lambda:
			return nil
		case *ast.Try:
			if s, ok := n.(ast.Stmt); ok && slices.Contains(p.Body, s) && len(p.Handlers) > 0 {
				return p
			}
		}
	}
	return nil
}

// collapsible returns the statements of a try that stay if it is replaced with its body. It returns nil if a handler
// does more than create a session in another way. call is the call of get_active_session.
func (m *module) collapsible(t *ast.Try, call *ast.Call) []ast.Stmt {
	if t.Star || len(t.Else) > 0 || len(t.Finally) > 0 || len(t.Body) == 0 {
		return nil
	}
	last := t.Body[len(t.Body)-1]
	want := targetOf(last)
	if want == nil || want.value != ast.Expr(call) {
		return nil
	}
	var kept []ast.Stmt
	for _, s := range t.Body[:len(t.Body)-1] {
		aliases := names(s)
		if len(aliases) == 0 {
			return nil
		}
		kept = append(kept, s)
	}
	for _, h := range t.Handlers {
		if !m.rebuilds(t, h, want) {
			return nil
		}
	}
	return append(kept, last)
}

// target is what a statement does with a value: it assigns it to targets or, if there are none, returns it.
type target struct {
	value   ast.Expr
	targets []ast.Expr
}

// targetOf returns what a statement does with its value, or nil if it is not an assignment or a return with a value.
func targetOf(s ast.Stmt) *target {
	switch s := s.(type) {
	case *ast.Assign:
		return &target{s.Value, s.Targets}
	case *ast.AnnAssign:
		if s.Value != nil {
			return &target{s.Value, []ast.Expr{s.Target}}
		}
	case *ast.Return:
		if s.Value != nil {
			return &target{s.Value, nil}
		}
	}
	return nil
}

// same reports whether two statements do the same with their values.
func (m *module) same(a, b *target) bool {
	return slices.EqualFunc(a.targets, b.targets, func(x, y ast.Expr) bool { return m.source(x) == m.source(y) })
}

// isDocstring reports whether a statement is only a string.
func isDocstring(s ast.Stmt) bool {
	e, ok := s.(*ast.ExprStmt)
	if !ok {
		return false
	}
	c, ok := e.Value.(*ast.Constant)
	return ok && c.Sort == ast.Str
}

// collapseTry replaces a try statement with some statements of its body. In the last of them, call gets another callee.
func (m *module) collapseTry(t *ast.Try, kept []ast.Stmt, call *ast.Call, callee string, c cause) {
	last := kept[len(kept)-1].Range()
	text := string(m.text[last.Start:call.Func.Range().Start]) + callee + string(m.text[call.Func.Range().End:last.End])
	m.collapsed = append(m.collapsed, &collapse{c, t, kept, text, call, callee})
	at := t.Start
	for _, s := range kept {
		m.lost = append(m.lost, token.Span{Start: at, End: s.Range().Start})
		at = s.Range().End
	}
	m.lost = append(m.lost, token.Span{Start: at, End: t.End}, call.Func.Range())
}

// finishCollapse makes the edits that replace a try statement. In a file that is not UTF-8, only ASCII may be written,
// so the statements stay in place and the comments before them are removed.
func (m *module) finishCollapse(c *collapse) {
	text := m.collapsedText(c)
	if m.utf8 || isASCII(text) {
		m.put(c.try.Span, text, c.cause)
		return
	}
	var lines []string
	for _, s := range c.kept[:len(c.kept)-1] {
		lines = append(lines, m.keptImport(s)...)
	}
	last := c.kept[len(c.kept)-1].Range()
	end := last.End
	if m.trailing(end) != "" {
		end = m.lineEnd(end)
	}
	m.put(token.Span{Start: c.try.Start, End: last.Start}, strings.Join(append(lines, ""), m.eol()+m.indent(c.try.Start)), c.cause)
	m.put(c.call.Func.Range(), c.callee, c.cause)
	m.put(token.Span{Start: end, End: max(end, c.try.End)}, "", c.cause)
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 })
}

// collapsedText returns the text that replaces a try statement.
func (m *module) collapsedText(c *collapse) string {
	var lines []string
	first := c.kept[0].Range().Start
	for _, comment := range m.comments(c.try.Start, first) {
		if text := m.text[comment.Start:comment.End]; m.leads(comment.Start) && !staleClaims().Match(text) {
			lines = append(lines, string(text))
		}
	}
	for _, s := range c.kept[:len(c.kept)-1] {
		lines = append(lines, m.keptImport(s)...)
	}
	last := c.kept[len(c.kept)-1].Range()
	text := c.text
	after := m.trailing(last.End)
	if end, _ := m.sign(last.End); strings.Trim(end, "\r\n") == "" && !staleClaims().MatchString(after) {
		text += after
	}
	return strings.Join(append(lines, text), m.eol()+m.indent(c.try.Start))
}

// keptImport returns the lines that replace an import statement in the body of such a try.
func (m *module) keptImport(s ast.Stmt) []string {
	f := m.importChange(s)
	switch {
	case f.all:
		return f.lines
	case !f.any:
		return append([]string{m.source(s)}, f.lines...)
	}
	var stay []string
	for _, alias := range names(s) {
		if m.dropped[alias] == nil {
			stay = append(stay, m.source(alias))
		}
	}
	head := "import "
	if from, ok := s.(*ast.ImportFrom); ok {
		head = "from " + strings.Repeat(".", from.Level) + from.Module + " import "
	}
	return append([]string{head + strings.Join(stay, ", ")}, f.lines...)
}
