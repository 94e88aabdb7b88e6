package ast

// Walker visits the children of nodes with one list for those of all nodes, so that a walk through a whole
// file allocates little. Its zero value is ready.
type Walker struct{ nodes []Node }

// Walk visits a node and everything in it, in the order of the source. Where visit returns false, what is
// in that node is left out.
func Walk(n Node, visit func(Node) bool) {
	if n != nil {
		var w Walker
		w.walk(n, visit)
	}
}

// walk is Walk with one list for the children of all nodes on the way.
func (w *Walker) walk(n Node, visit func(Node) bool) {
	if visit(n) {
		w.EachChild(n, func(child Node) { w.walk(child, visit) })
	}
}

// EachChild calls do for each child of a node, in the order of the source. The list grows for them and is as
// long as before afterwards, so that do may call EachChild again.
func (w *Walker) EachChild(n Node, do func(Node)) {
	from := len(w.nodes)
	w.of(n)
	for i, to := from, len(w.nodes); i < to; i++ {
		do(w.nodes[i])
	}
	w.nodes = w.nodes[:from]
}

// WalkBody walks statements one after another.
func WalkBody(body []Stmt, visit func(Node) bool) {
	var w Walker
	for _, s := range body {
		w.walk(s, visit)
	}
}

// Children are the nodes right below a node, in the order of the source: statements, expressions and
// the parts of both. An Ident is not among them.
func Children(n Node) []Node {
	var w Walker
	w.of(n)
	return w.nodes
}

// of adds what is right below a node.
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

// add adds the expressions that are there.
func (w *Walker) add(list ...Expr) {
	for _, e := range list {
		if e != nil {
			w.nodes = append(w.nodes, e)
		}
	}
}

// body adds statements.
func (w *Walker) body(lists ...[]Stmt) {
	for _, list := range lists {
		for _, s := range list {
			w.nodes = append(w.nodes, s)
		}
	}
}

// arguments adds the arguments of a call, positional ones and keywords as they come.
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

// pairs adds keys and values by turns.
func (w *Walker) pairs(keys, values []Expr) {
	for i, value := range values {
		w.add(keys[i], value)
	}
}

// parts adds nodes that are neither statements nor expressions.
func parts[N Node](w *Walker, list []N) {
	for _, n := range list {
		w.nodes = append(w.nodes, n)
	}
}

// ofPart adds what is below a part of a statement or an expression.
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

// IsDocstring reports whether a statement is a string alone, as a docstring is.
func IsDocstring(s Stmt) bool {
	alone, ok := s.(*ExprStmt)
	if !ok {
		return false
	}
	constant, ok := alone.Value.(*Constant)
	return ok && constant.Sort == Str
}
