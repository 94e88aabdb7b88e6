package rewrite

import (
	"bytes"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/migrate/change"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
	"sleet/ui/message"
)

// foldProbes replaces an if that tests whether Streamlit has an API with the branch that applies to every Streamlit
// version of the container runtime: if hasattr(st, "rerun"): st.rerun() else: st.experimental_rerun(). It does the same
// for conditional expressions.
func (m *module) foldProbes(w *rewriting) {
	oldest, _ := scaffold.MinimumVersionOf(scaffold.StreamlitPackage)
	asks := func(test ast.Expr) (has, known bool) {
		switch test.(type) {
		case *ast.Call, *ast.UnaryOp:
			return facts.HasFeature(w.app, m.path, test, oldest.Version)
		}
		return false, false
	}
	for _, n := range m.nodes {
		c := cause{rule: RuleStreamlit, why: message.New("change.streamlit-has"), kind: change.KindStreamlit, line: m.Line(n.Range().Start)}
		switch n := n.(type) {
		case *ast.If:
			if has, known := asks(n.Test); known && !m.isLost(n) {
				last := n
				for next := m.elif(last); !has && next != nil; next = m.elif(last) {
					answer, known := asks(next.Test)
					if !known {
						break
					}
					last, has = next, answer
				}
				m.foldIf(n, last, has, c)
			}
		case *ast.IfExp:
			if has, known := asks(n.Test); known && !m.isLost(n) {
				m.foldExpr(n, has, c)
			}
		}
	}
}

// foldExpr keeps one of the two values of a conditional expression.
func (m *module) foldExpr(e *ast.IfExp, has bool, c cause) {
	kept := e.Else
	if has {
		kept = e.Body
	}
	switch kept.(type) {
	case *ast.NameExpr, *ast.Attribute, *ast.Call, *ast.Constant:
	default:
		return // it may need parentheses
	}
	at := kept.Range()
	if len(m.comments(e.Start, e.End)) > 0 {
		return
	}
	m.put(token.Span{Start: e.Start, End: at.Start}, "", c)
	m.put(token.Span{Start: at.End, End: e.End}, "", c)
}

// elif returns the elif branch that follows a branch, or nil.
func (m *module) elif(branch *ast.If) *ast.If {
	if len(branch.Else) != 1 {
		return nil
	}
	next, ok := branch.Else[0].(*ast.If)
	if !ok || !bytes.HasPrefix(m.text[next.Start:], []byte("elif")) {
		return nil
	}
	return next
}

// foldIf replaces an if statement with one of its branches: that of last, which is the statement itself or one of its
// elifs, or with what runs if the test of last is false.
func (m *module) foldIf(branch, last *ast.If, has bool, c cause) {
	if !bytes.HasPrefix(m.text[branch.Start:], []byte("if")) || !m.leads(branch.Start) {
		return
	}
	kept, from := last.Else, last.Body[len(last.Body)-1].Range().End
	if has {
		kept, from = last.Body, last.Start
	}
	switch next := m.elif(last); {
	case len(kept) == 0:
		if len(m.comments(branch.Start, branch.End)) == 0 {
			m.leave(branch, c)
		}
		return
	case len(m.comments(from, m.begin(kept[0]))) > 0:
		return // they may be about the code that stays
	case !has && next != nil:
		m.put(token.Span{Start: branch.Start, End: next.Start + len("el")}, "", c)
		return
	}
	at := kept[len(kept)-1].Range()
	if !m.leads(m.begin(kept[0])) || !m.trails(at.End) || !m.moves(kept) {
		return
	}
	m.put(token.Span{Start: branch.Start, End: m.begin(kept[0])}, "", c)
	m.dedent(kept, len(m.indent(branch.Start)), c)
	if end := m.lineEnd(at.End); end < branch.End {
		m.put(token.Span{Start: end, End: branch.End}, "", c)
	}
	if has && last == branch && len(branch.Else) == 0 && endsBlock(kept) {
		b := m.blockOf(branch)
		for _, s := range b.list[slices.Index(b.list, ast.Stmt(branch))+1:] {
			m.leave(s, c)
		}
	}
}

// endsBlock reports whether nothing runs after statements.
func endsBlock(body []ast.Stmt) bool {
	switch body[len(body)-1].(type) {
	case *ast.Return, *ast.Raise, *ast.Continue, *ast.Break:
		return true
	}
	return false
}

// moves reports whether statements can be dedented: whether no other edit writes lines among them. A single line needs
// no dedent.
func (m *module) moves(body []ast.Stmt) bool {
	start, end := m.begin(body[0]), body[len(body)-1].Range().End
	if m.Line(start) == m.Line(end) {
		return true
	}
	plain := true
	ast.WalkBody(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Import, *ast.ImportFrom, *ast.Try:
			plain = false
		}
		return plain
	})
	return plain && !slices.ContainsFunc(m.edits, func(e change.Edit) bool {
		return start <= e.Start && e.Start <= end && bytes.ContainsAny([]byte(e.New), "\r\n")
	})
}

// dedent removes indentation from the lines of statements, except from the first line, which moves, and from lines that
// begin in a string.
func (m *module) dedent(body []ast.Stmt, indent int, c cause) {
	start, end := m.begin(body[0]), body[len(body)-1].Range().End
	deep := m.indent(start)
	for at := m.nextLine(start); at < end; at = m.nextLine(at) {
		if bytes.HasPrefix(m.text[at:], []byte(deep)) && !m.inString(at) {
			m.put(token.Span{Start: at + indent, End: at + len(deep)}, "", c)
		}
	}
}

// inString reports whether an offset is in a string.
func (m *module) inString(offset int) bool {
	i := m.tokenAt(offset) - 1
	if i < 0 {
		return false
	}
	tok := m.file.Tokens[i]
	parts := []token.Kind{token.FStringStart, token.FStringMiddle, token.TStringStart, token.TStringMiddle}
	return slices.Contains(parts, tok.Kind) || tok.Kind == token.String && offset < tok.End
}
