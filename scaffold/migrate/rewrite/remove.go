package rewrite

import (
	"bytes"
	"slices"
	"strings"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/scaffold/python/token"
)

// block is a list of statements under a header.
type block struct {
	owner ast.Node // nil for the module
	part  part
	list  []ast.Stmt
}

// part identifies which list of its owner a block is.
type part int

const (
	partBody part = iota
	partElse
	partFinally
)

// blockOf returns the block that contains a statement.
func (m *module) blockOf(s ast.Stmt) block {
	owner := m.file.Parent(s)
	for _, b := range blocks(owner) {
		if slices.Contains(b.list, s) {
			return b
		}
	}
	return block{list: m.file.Body}
}

// blocks returns the blocks of a statement or of a part of one.
func blocks(owner ast.Node) []block {
	switch o := owner.(type) {
	case *ast.FunctionDef:
		return []block{{o, partBody, o.Body}}
	case *ast.ClassDef:
		return []block{{o, partBody, o.Body}}
	case *ast.For:
		return []block{{o, partBody, o.Body}, {o, partElse, o.Else}}
	case *ast.While:
		return []block{{o, partBody, o.Body}, {o, partElse, o.Else}}
	case *ast.If:
		return []block{{o, partBody, o.Body}, {o, partElse, o.Else}}
	case *ast.With:
		return []block{{o, partBody, o.Body}}
	case *ast.Try:
		return []block{{o, partBody, o.Body}, {o, partElse, o.Else}, {o, partFinally, o.Finally}}
	case *ast.Handler:
		return []block{{o, partBody, o.Body}}
	case *ast.MatchCase:
		return []block{{o, partBody, o.Body}}
	}
	return nil
}

// removal removes statements, and blocks that become empty.
type removal struct {
	*module
	gone map[ast.Stmt]cause
	// passed are statements to replace with pass.
	passed map[ast.Stmt]bool
	// cut are the blocks to remove with their header, by their first statement.
	cut map[ast.Stmt]block
}

// decide finds out what else to remove with statements, and where to write pass.
func (m *module) decide(gone map[ast.Stmt]cause) removal {
	r := removal{m, gone, map[ast.Stmt]bool{}, map[ast.Stmt]block{}}
	for again := true; again; {
		again = false
		for s, c := range r.gone {
			again = r.settle(m.blockOf(s), c) || again
		}
	}
	return r
}

// settle decides about a block that may be empty now. It reports whether more must be removed.
func (r removal) settle(b block, c cause) bool {
	first := b.list[0]
	if b.owner == nil || r.passed[first] || r.cut[first].list != nil ||
		slices.ContainsFunc(b.list, func(s ast.Stmt) bool { _, is := r.gone[s]; return !is }) {
		return false
	}
	switch {
	case b.part == partElse && !r.isElif(first), b.part == partFinally && len(b.owner.(*ast.Try).Handlers) > 0:
		r.cut[first] = b
		return false
	case b.part == partElse:
		return false // an elif is removed without its own header
	case b.part == partBody && r.headless(b.owner):
		owner := b.owner.(ast.Stmt)
		if _, is := r.gone[owner]; !is {
			r.gone[owner] = c
			return true
		}
		return false
	}
	r.passed[first] = true
	return false
}

// isElif reports whether a statement is an elif.
func (r removal) isElif(s ast.Stmt) bool {
	_, is := s.(*ast.If)
	return is && bytes.HasPrefix(r.text[s.Range().Start:], []byte("elif"))
}

// headless reports whether a statement with an empty body can be removed because it does nothing else.
func (r removal) headless(owner ast.Node) bool {
	switch o := owner.(type) {
	case *ast.If:
		return len(o.Else) == 0 && isPure(o.Test)
	case *ast.Try:
		if len(o.Else) > 0 || len(o.Finally) > 0 {
			return false
		}
		return !r.bindsForOthers(o)
	}
	return false
}

// isPure reports whether evaluating an expression has no side effects and cannot fail.
func isPure(e ast.Expr) bool {
	pure := true
	ast.Walk(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.NameExpr, *ast.Constant, *ast.Attribute, *ast.BoolOp, *ast.Compare:
		case *ast.UnaryOp:
			pure = pure && n.Op == "not"
		default:
			pure = false
		}
		return pure
	})
	return pure
}

// bindsForOthers reports whether a statement binds a name that remaining code outside it reads.
func (r removal) bindsForOthers(owner ast.Stmt) bool {
	found := false
	var look func(s *scope.Scope)
	look = func(s *scope.Scope) {
		for _, symbol := range s.Names {
			bound := slices.ContainsFunc(symbol.Bindings, func(b scope.Binding) bool {
				return within(b.Node.Range(), owner.Range())
			})
			if !bound {
				continue
			}
			if s.Kind == scope.Module && r.exported[symbol.Name] || s.Kind == scope.Class {
				found = found || !r.unbound(symbol)
			}
			for _, use := range r.uses[symbol] {
				found = found || !within(use.Span, owner.Range()) && !r.isLost(use)
			}
		}
		for _, child := range s.Children {
			look(child)
		}
	}
	look(r.scopes.Module)
	return found
}

// unbound reports whether every binding of a symbol is removed.
func (r removal) unbound(symbol *scope.Symbol) bool {
	return !slices.ContainsFunc(symbol.Bindings, func(b scope.Binding) bool {
		alias, ok := b.Node.(*ast.Alias)
		return !ok || r.dropped[alias] == nil
	})
}

// goes reports whether a node is in a statement that is removed.
func (r removal) goes(n ast.Node) bool {
	for ; n != nil; n = r.file.Parent(n) {
		if s, ok := n.(ast.Stmt); ok {
			if _, gone := r.gone[s]; gone {
				return true
			}
		}
	}
	return false
}

// deletion returns the edit that removes a statement; ok is false if an enclosing statement is removed too.
func (r removal) deletion(s ast.Stmt) (span token.Span, text string, ok bool) {
	if r.goes(r.file.Parent(s)) {
		return span, "", false
	}
	b := r.blockOf(s)
	first := b.list[0]
	switch {
	case r.cut[first].list != nil:
		if s != first {
			return span, "", false
		}
		return r.withHeader(b), "", true
	case r.passed[first] && s == first:
		return token.Span{Start: r.begin(s), End: s.Range().End}, "pass", true
	}
	return r.statementSpan(s), "", true
}

// withHeader returns the span of the else or finally clause of a block.
func (r removal) withHeader(b block) token.Span {
	word := "else"
	if b.part == partFinally {
		word = "finally"
	}
	first := r.begin(b.list[0])
	for i := r.tokenAt(first) - 1; i >= 0; i-- {
		tok := r.file.Tokens[i]
		if tok.Kind == token.Name && string(r.text[tok.Start:tok.End]) == word {
			return token.Span{Start: r.lineStart(tok.Start), End: r.nextLine(b.list[len(b.list)-1].Range().End)}
		}
	}
	return token.Span{Start: first, End: first}
}

// statementSpan returns the span to delete to remove a statement: whole lines if no other statement shares them.
func (m *module) statementSpan(s ast.Stmt) token.Span {
	start, end := m.begin(s), s.Range().End
	if text, at := m.sign(end); text == ";" {
		next, begin := m.sign(at + 1)
		if strings.Trim(next, "\r\n") != "" {
			return token.Span{Start: start, End: begin}
		}
		end = at + 1
	}
	if m.leads(start) {
		return token.Span{Start: m.lineStart(start), End: m.nextLine(end)}
	}
	if i := m.tokenAt(start) - 1; i >= 0 && string(m.text[m.file.Tokens[i].Start:m.file.Tokens[i].End]) == ";" {
		start = m.file.Tokens[i].Start
	}
	return token.Span{Start: start, End: s.Range().End}
}
