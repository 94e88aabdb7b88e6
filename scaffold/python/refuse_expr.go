package python

import "sleet/scaffold/python/ast"

func (c *flowChecker) exprs(list []ast.Expr) {
	for _, e := range list {
		c.expr(e)
	}
}

// starred looks at the elements of a display, where a star may stand.
func (c *flowChecker) starred(list []ast.Expr) {
	for _, e := range list {
		if s, ok := e.(*ast.Starred); ok {
			e = s.Value
		}
		c.expr(e)
	}
}

// expr looks at an expression that is read; nil is fine.
func (c *flowChecker) expr(e ast.Expr) {
	switch e := e.(type) {
	case nil, *ast.NameExpr, *ast.Constant:
	case *ast.Starred:
		c.fail(e, "can't use starred expression here")
	case *ast.Yield:
		c.yield(e)
	case *ast.Await:
		if !c.comprehension && !(c.function && c.async) {
			c.fail(e, "'await' outside async function")
		}
		c.expr(e.Value)
	case *ast.List:
		c.starred(e.Elts)
	case *ast.Tuple:
		c.starred(e.Elts)
	case *ast.Set:
		c.starred(e.Elts)
	case *ast.Call:
		c.expr(e.Func)
		c.arguments(e.Args, e.Keywords)
	case *ast.Lambda:
		c.params(e.Params)
		c.within(frame{function: true, generator: true}, func() { c.expr(e.Body) })
	case *ast.Comprehension:
		c.comprehend(e)
	case *ast.NamedExpr:
		c.expr(e.Value)
		c.target(e.Target)
	default:
		c.exprsBelow(e)
	}
}

// yield looks at a yield.
func (c *flowChecker) yield(e *ast.Yield) {
	switch {
	case !c.function:
		c.fail(e, "'yield' outside function")
	case e.From && c.async:
		c.fail(e, "'yield from' inside async function")
	}
	c.expr(e.Value)
}

// comprehend looks at a comprehension. A generator expression may await anywhere, the others only where
// an async function or another comprehension is round them.
func (c *flowChecker) comprehend(e *ast.Comprehension) {
	c.expr(e.Clauses[0].Iter)
	async := awaits(e)
	if async && e.Sort != '(' && !(c.function && c.async) && !c.comprehension {
		c.fail(e, "asynchronous comprehension outside of an asynchronous function")
	}
	inside := c.frame
	inside.comprehension = true
	c.within(inside, func() {
		for i, clause := range e.Clauses {
			if i > 0 {
				c.expr(clause.Iter)
			}
			c.target(clause.Target)
			c.exprs(clause.Ifs)
		}
		c.expr(e.Key)
		c.expr(e.Elt)
	})
}

// awaits reports whether a comprehension is asynchronous: it has async for or await, or one in it that
// is no generator expression does.
func awaits(e *ast.Comprehension) bool {
	for i, clause := range e.Clauses {
		if clause.Async {
			return true
		}
		if i > 0 && awaitsIn(clause.Iter) {
			return true
		}
		for _, test := range clause.Ifs {
			if awaitsIn(test) {
				return true
			}
		}
	}
	return awaitsIn(e.Key) || awaitsIn(e.Elt)
}

// awaitsIn reports whether an expression awaits.
func awaitsIn(e ast.Expr) bool {
	if e == nil {
		return false
	}
	found := false
	ast.Walk(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Await:
			found = true
		case *ast.Lambda:
			return false
		case *ast.Comprehension:
			found = found || awaitsIn(n.Clauses[0].Iter) || n.Sort != '(' && awaits(n)
			return false
		}
		return !found
	})
	return found
}

// params looks at the defaults and annotations of parameters.
func (c *flowChecker) params(p *ast.Params) {
	for _, one := range p.List {
		c.debug(one, one.Name.Name)
		c.expr(one.Default)
		if s, ok := one.Annotation.(*ast.Starred); ok {
			c.expr(s.Value)
		} else {
			c.expr(one.Annotation)
		}
	}
}

// typeParams looks at the bounds and defaults of type parameters.
func (c *flowChecker) typeParams(list []*ast.TypeParam) {
	optional := false
	for _, t := range list {
		if optional && t.Default == nil {
			c.fail(t, "non-default type parameter '"+t.Name.Name+"' follows default type parameter")
		}
		optional = optional || t.Default != nil
		c.within(frame{function: true}, func() {
			c.expr(t.Bound)
			if s, ok := t.Default.(*ast.Starred); ok {
				c.expr(s.Value)
			} else {
				c.expr(t.Default)
			}
		})
	}
}

// arguments looks at the arguments of a call or a class.
func (c *flowChecker) arguments(args []ast.Expr, keywords []*ast.Keyword) {
	seen := map[string]bool{}
	for _, k := range keywords {
		if k.Name == nil {
			continue
		}
		c.debug(k, k.Name.Name)
		if seen[k.Name.Name] {
			c.fail(k, "keyword argument repeated: "+k.Name.Name)
		}
		seen[k.Name.Name] = true
	}
	c.starred(args)
	for _, k := range keywords {
		c.expr(k.Value)
	}
}

// target looks at what is bound or deleted; nil is fine.
func (c *flowChecker) target(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Starred:
		c.fail(e, "starred assignment target must be in a list or tuple")
	case *ast.Tuple:
		c.unpack(e, e.Elts)
	case *ast.List:
		c.unpack(e, e.Elts)
	case *ast.NameExpr:
		c.debug(e, e.ID)
	case *ast.Attribute:
		c.debug(e, e.Attr.Name)
		c.expr(e.Value)
	case *ast.Subscript:
		c.expr(e.Value)
		c.expr(e.Index)
	default:
	}
}

// unpack looks at targets that a sequence is taken apart into.
func (c *flowChecker) unpack(n ast.Node, elts []ast.Expr) {
	star := false
	for _, e := range elts {
		if s, ok := e.(*ast.Starred); ok {
			if star {
				c.fail(n, "multiple starred expressions in assignment")
			}
			star = true
			e = s.Value
		}
		c.target(e)
	}
}

// imported looks at the names that an import binds.
func (c *flowChecker) imported(names []*ast.Alias) {
	for _, a := range names {
		name := a.Name
		if a.As != nil {
			name = a.As.Name
		}
		c.debug(a, name)
	}
}

// debug refuses to bind __debug__.
func (c *flowChecker) debug(n ast.Node, name string) {
	if name == "__debug__" {
		c.fail(n, "cannot assign to __debug__")
	}
}
