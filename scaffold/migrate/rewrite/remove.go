package rewrite

import (
	"bytes"
	"slices"
	"strings"

	"sleet/scaffold/python"
)

// block is a list of statements under a header.
type block struct {
	owner python.Node // nil for the module
	part  part
	list  []python.Stmt
}

// part is which list of its owner a block is.
type part int

const (
	partBody part = iota
	partElse
	partFinally
)

// blockOf returns the block that a statement stands in.
func (m *module) blockOf(s python.Stmt) block {
	owner := m.parent[s]
	for _, b := range blocks(owner) {
		if slices.Contains(b.list, s) {
			return b
		}
	}
	return block{list: m.file.Body}
}

// blocks are the blocks of a statement or of a part of one.
func blocks(owner python.Node) []block {
	switch o := owner.(type) {
	case *python.FunctionDef:
		return []block{{o, partBody, o.Body}}
	case *python.ClassDef:
		return []block{{o, partBody, o.Body}}
	case *python.For:
		return []block{{o, partBody, o.Body}, {o, partElse, o.Else}}
	case *python.While:
		return []block{{o, partBody, o.Body}, {o, partElse, o.Else}}
	case *python.If:
		return []block{{o, partBody, o.Body}, {o, partElse, o.Else}}
	case *python.With:
		return []block{{o, partBody, o.Body}}
	case *python.Try:
		return []block{{o, partBody, o.Body}, {o, partElse, o.Else}, {o, partFinally, o.Finally}}
	case *python.Handler:
		return []block{{o, partBody, o.Body}}
	case *python.MatchCase:
		return []block{{o, partBody, o.Body}}
	}
	return nil
}

// removal takes statements away, and with them what they leave empty.
type removal struct {
	*module
	gone map[python.Stmt]cause
	// passed are statements that pass takes the place of.
	passed map[python.Stmt]bool
	// cut are the blocks that go with their header, by their first statement.
	cut map[python.Stmt]block
}

// decide finds out what goes with statements that go, and what stays with pass in it.
func (m *module) decide(gone map[python.Stmt]cause) removal {
	r := removal{m, gone, map[python.Stmt]bool{}, map[python.Stmt]block{}}
	for again := true; again; {
		again = false
		for s, c := range r.gone {
			again = r.settle(m.blockOf(s), c) || again
		}
	}
	return r
}

// settle decides about a block that may be empty now, and reports whether more goes with it.
func (r removal) settle(b block, c cause) bool {
	first := b.list[0]
	if b.owner == nil || r.passed[first] || r.cut[first].list != nil ||
		slices.ContainsFunc(b.list, func(s python.Stmt) bool { _, is := r.gone[s]; return !is }) {
		return false
	}
	switch {
	case b.part == partElse && !r.isElif(first), b.part == partFinally && len(b.owner.(*python.Try).Handlers) > 0:
		r.cut[first] = b
		return false
	case b.part == partElse:
		return false // an elif goes without a header of its own
	case b.part == partBody && r.headless(b.owner):
		owner := b.owner.(python.Stmt)
		if _, is := r.gone[owner]; !is {
			r.gone[owner] = c
			return true
		}
		return false
	}
	r.passed[first] = true
	return false
}

// isElif tells that a statement is an elif.
func (r removal) isElif(s python.Stmt) bool {
	_, is := s.(*python.If)
	return is && bytes.HasPrefix(r.text[s.Range().Start:], []byte("elif"))
}

// headless tells that a statement whose body is empty may go: it does nothing else.
func (r removal) headless(owner python.Node) bool {
	switch o := owner.(type) {
	case *python.If:
		return len(o.Else) == 0 && isPure(o.Test)
	case *python.Try:
		if len(o.Else) > 0 || len(o.Finally) > 0 {
			return false
		}
		return !r.bindsForOthers(o)
	}
	return false
}

// isPure tells that to evaluate an expression does nothing and cannot fail.
func isPure(e python.Expr) bool {
	pure := true
	python.Walk(e, func(n python.Node) bool {
		switch n := n.(type) {
		case *python.NameExpr, *python.Constant, *python.Attribute, *python.BoolOp, *python.Compare:
		case *python.UnaryOp:
			pure = pure && n.Op == "not"
		default:
			pure = false
		}
		return pure
	})
	return pure
}

// bindsForOthers tells that a statement binds a name that is read elsewhere, in code that stays.
func (r removal) bindsForOthers(owner python.Stmt) bool {
	found := false
	var look func(scope *python.Scope)
	look = func(scope *python.Scope) {
		for _, symbol := range scope.Names {
			bound := slices.ContainsFunc(symbol.Bindings, func(b python.Binding) bool {
				return within(b.Node.Range(), owner.Range())
			})
			if !bound {
				continue
			}
			if scope.Kind == python.ModuleScope && r.exported[symbol.Name] || scope.Kind == python.ClassScope {
				found = found || !r.unbound(symbol)
			}
			for _, use := range r.uses[symbol] {
				found = found || !within(use.Span, owner.Range()) && !r.isLost(use)
			}
		}
		for _, child := range scope.Children {
			look(child)
		}
	}
	look(r.scopes.Module)
	return found
}

// unbound tells that all that binds a symbol is taken away.
func (r removal) unbound(symbol *python.Symbol) bool {
	return !slices.ContainsFunc(symbol.Bindings, func(b python.Binding) bool {
		alias, ok := b.Node.(*python.Alias)
		return !ok || r.dropped[alias] == nil
	})
}

// goes tells that a node is in a statement that is taken away.
func (r removal) goes(n python.Node) bool {
	for ; n != nil; n = r.parent[n] {
		if s, ok := n.(python.Stmt); ok {
			if _, gone := r.gone[s]; gone {
				return true
			}
		}
	}
	return false
}

// deletion returns what to do about a statement that goes: nothing where what is around it goes too.
func (r removal) deletion(s python.Stmt) (span python.Span, text string, ok bool) {
	if r.goes(r.parent[s]) {
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
		return python.Span{Start: r.begin(s), End: s.Range().End}, "pass", true
	}
	return r.statementSpan(s), "", true
}

// withHeader is the span of the else or finally that a block stands under.
func (r removal) withHeader(b block) python.Span {
	word := "else"
	if b.part == partFinally {
		word = "finally"
	}
	first := r.begin(b.list[0])
	for i := r.tokenAt(first) - 1; i >= 0; i-- {
		token := r.file.Tokens[i]
		if token.Kind == python.Name && string(r.text[token.Start:token.End]) == word {
			return python.Span{Start: r.lineStart(token.Start), End: r.nextLine(b.list[len(b.list)-1].Range().End)}
		}
	}
	return python.Span{Start: first, End: first}
}

// statementSpan is what to delete so that a statement goes: its lines, where it has them for itself.
func (m *module) statementSpan(s python.Stmt) python.Span {
	start, end := m.begin(s), s.Range().End
	if text, at := m.sign(end); text == ";" {
		next, begin := m.sign(at + 1)
		if strings.Trim(next, "\r\n") != "" {
			return python.Span{Start: start, End: begin}
		}
		end = at + 1
	}
	if m.leads(start) {
		return python.Span{Start: m.lineStart(start), End: m.nextLine(end)}
	}
	if i := m.tokenAt(start) - 1; i >= 0 && string(m.text[m.file.Tokens[i].Start:m.file.Tokens[i].End]) == ";" {
		start = m.file.Tokens[i].Start
	}
	return python.Span{Start: start, End: s.Range().End}
}
