package ast

// Walker visits the children of nodes. It reuses one list for all of them, so that walking a whole
// file allocates little. The zero value is ready to use.
type Walker struct{ nodes []Node }

// Walk calls visit for a node and everything below it, in source order. If visit returns false, the
// node's children are skipped.
func Walk(n Node, visit func(Node) bool) {
	if n != nil {
		var w Walker
		w.walk(n, visit)
	}
}

// walk is Walk with the Walker's list.
func (w *Walker) walk(n Node, visit func(Node) bool) {
	if visit(n) {
		w.EachChild(n, func(child Node) { w.walk(child, visit) })
	}
}

// EachChild calls do for each child of a node, in source order. It restores the length of the list
// afterwards, so do may call EachChild again.
func (w *Walker) EachChild(n Node, do func(Node)) {
	from := len(w.nodes)
	w.of(n)
	for i, to := from, len(w.nodes); i < to; i++ {
		do(w.nodes[i])
	}
	w.nodes = w.nodes[:from]
}

// WalkBody calls Walk for each statement.
func WalkBody(body []Stmt, visit func(Node) bool) {
	var w Walker
	for _, s := range body {
		w.walk(s, visit)
	}
}

// Children returns the direct children of a node in source order: statements, expressions and their
// parts, but not an Ident.
func Children(n Node) []Node {
	var w Walker
	w.of(n)
	return w.nodes
}

// of appends the direct children of a node.
func (w *Walker) of(n Node) {
	switch n := n.(type) {
	case Stmt:
		w.ofStmt(n)
	case Expr:
		w.ofExpr(n)
	default:
		w.ofPart(n)
	}
}

// add appends the expressions that are not nil.
func (w *Walker) add(list ...Expr) {
	for _, e := range list {
		if e != nil {
			w.nodes = append(w.nodes, e)
		}
	}
}

// body appends statements.
func (w *Walker) body(lists ...[]Stmt) {
	for _, list := range lists {
		for _, s := range list {
			w.nodes = append(w.nodes, s)
		}
	}
}

// arguments appends the arguments of a call, positional and keyword arguments in source order.
func (w *Walker) arguments(args []Expr, keywords []*Keyword) {
	for len(args)+len(keywords) > 0 {
		if len(keywords) == 0 || len(args) > 0 && args[0].Range().Start < keywords[0].Start {
			w.nodes = append(w.nodes, args[0])
			args = args[1:]
		} else {
			w.nodes = append(w.nodes, keywords[0])
			keywords = keywords[1:]
		}
	}
}

// pairs appends keys and values in turn.
func (w *Walker) pairs(keys, values []Expr) {
	for i, value := range values {
		w.add(keys[i], value)
	}
}

// parts appends nodes that are neither statements nor expressions.
func parts[N Node](w *Walker, list []N) {
	for _, n := range list {
		w.nodes = append(w.nodes, n)
	}
}

// ofPart appends the children of a part of a statement or an expression.
func (w *Walker) ofPart(n Node) {
	switch n := n.(type) {
	case *Handler:
		w.add(n.Type)
		w.body(n.Body)
	case *WithItem:
		w.add(n.Context, n.Target)
	case *MatchCase:
		w.nodes = append(w.nodes, n.Pattern)
		w.add(n.Guard)
		w.body(n.Body)
	case *Pattern:
		if n.Sort == PatternMapping {
			for i, key := range n.Exprs {
				w.nodes = append(w.nodes, key, n.Patterns[i])
			}
			return
		}
		w.add(n.Exprs...)
		parts(w, n.Patterns)
	case *TypeParam:
		w.add(n.Bound, n.Default)
	case *Params:
		parts(w, n.List)
	case *Param:
		w.add(n.Annotation, n.Default)
	case *Keyword:
		w.add(n.Value)
	case *Clause:
		w.add(n.Target, n.Iter)
		w.add(n.Ifs...)
	default: // Alias, Ident
	}
}

// IsDocstring reports whether a statement is just a string, as a docstring is.
func IsDocstring(s Stmt) bool {
	alone, ok := s.(*ExprStmt)
	if !ok {
		return false
	}
	constant, ok := alone.Value.(*Constant)
	return ok && constant.Sort == Str
}
