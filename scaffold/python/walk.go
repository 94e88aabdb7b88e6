package python

// Walk visits a node and all that stands in it, in the order of the source. Where visit says false, what
// stands in that node is left out.
func Walk(n Node, visit func(Node) bool) {
	if n != nil {
		var c children
		c.walk(n, visit)
	}
}

// walk is Walk with one list for the children of all nodes on the way.
func (c *children) walk(n Node, visit func(Node) bool) {
	if visit(n) {
		c.each(n, func(child Node) { c.walk(child, visit) })
	}
}

// each calls do for each child of a node. The list grows for them and is as long as before afterwards, so
// that do may call each again.
func (c *children) each(n Node, do func(Node)) {
	from := len(*c)
	c.of(n)
	for i, to := from, len(*c); i < to; i++ {
		do((*c)[i])
	}
	*c = (*c)[:from]
}

// WalkBody walks statements one after another.
func WalkBody(body []Stmt, visit func(Node) bool) {
	var c children
	for _, s := range body {
		c.walk(s, visit)
	}
}

// Children are the nodes right below a node, in the order of the source: statements, expressions and
// the parts of both. An Ident is not among them.
func Children(n Node) []Node {
	var c children
	c.of(n)
	return c
}

// of adds what is right below a node.
func (c *children) of(n Node) {
	switch n := n.(type) {
	case Stmt:
		c.ofStmt(n)
	case Expr:
		c.ofExpr(n)
	default:
		c.ofPart(n)
	}
}

// children gathers nodes.
type children []Node

// add adds the expressions that are there.
func (c *children) add(list ...Expr) {
	for _, e := range list {
		if e != nil {
			*c = append(*c, e)
		}
	}
}

// body adds statements.
func (c *children) body(lists ...[]Stmt) {
	for _, list := range lists {
		for _, s := range list {
			*c = append(*c, s)
		}
	}
}

// arguments adds the arguments of a call, positional ones and keywords as they come.
func (c *children) arguments(args []Expr, keywords []*Keyword) {
	for len(args)+len(keywords) > 0 {
		if len(keywords) == 0 || len(args) > 0 && args[0].Range().Start < keywords[0].Start {
			*c = append(*c, args[0])
			args = args[1:]
		} else {
			*c = append(*c, keywords[0])
			keywords = keywords[1:]
		}
	}
}

// pairs adds keys and values by turns.
func (c *children) pairs(keys, values []Expr) {
	for i, value := range values {
		c.add(keys[i], value)
	}
}

// parts adds nodes that are neither statements nor expressions.
func parts[N Node](c *children, list []N) {
	for _, n := range list {
		*c = append(*c, n)
	}
}

// ofPart adds what is below a part of a statement or an expression.
func (c *children) ofPart(n Node) {
	switch n := n.(type) {
	case *Handler:
		c.add(n.Type)
		c.body(n.Body)
	case *WithItem:
		c.add(n.Context, n.Target)
	case *MatchCase:
		*c = append(*c, n.Pattern)
		c.add(n.Guard)
		c.body(n.Body)
	case *Pattern:
		if n.Sort == PatternMapping {
			for i, key := range n.Exprs {
				*c = append(*c, key, n.Patterns[i])
			}
			return
		}
		c.add(n.Exprs...)
		parts(c, n.Patterns)
	case *TypeParam:
		c.add(n.Bound, n.Default)
	case *Params:
		parts(c, n.List)
	case *Param:
		c.add(n.Annotation, n.Default)
	case *Keyword:
		c.add(n.Value)
	case *Clause:
		c.add(n.Target, n.Iter)
		c.add(n.Ifs...)
	default: // Alias, Ident
	}
}
