package python

import "sleet/scaffold/python/ast"

func (c *flowChecker) exprs(list []ast.Expr) {
	for _, e := range list {
		c.expr(e)
	}
}

// starred checks the elements of a list, tuple or set, which may be starred.
func (c *flowChecker) starred(list []ast.Expr) {
	for _, e := range list {
		if s, ok := e.(*ast.Starred); ok {
			e = s.Value
		}
		c.expr(e)
	}
}

// expr checks an expression that is evaluated; e may be nil.
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

// yield checks a yield expression.
func (c *flowChecker) yield(e *ast.Yield) {
	switch {
	case !c.function:
		c.fail(e, "'yield' outside function")
	case e.From && c.async:
		c.fail(e, "'yield from' inside async function")
	}
	c.expr(e.Value)
}

// comprehend checks a comprehension. A generator expression may await anywhere, others only inside
// an async function or another comprehension.
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

// awaits reports whether a comprehension is asynchronous: it contains async for or await, also in a
// nested comprehension that is not a generator expression.
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

// params checks the defaults and annotations of parameters.
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

// typeParams checks the bounds and defaults of type parameters.
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

// arguments checks the arguments of a call or a class.
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

// target checks a target of an assignment or deletion; e may be nil.
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

// unpack checks the targets of a sequence assignment.
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

// imported checks the names that an import binds.
func (c *flowChecker) imported(names []*ast.Alias) {
	for _, a := range names {
		name := a.Name
		if a.As != nil {
			name = a.As.Name
		}
		c.debug(a, name)
	}
}

// debug rejects a binding of __debug__.
func (c *flowChecker) debug(n ast.Node, name string) {
	if name == "__debug__" {
		c.fail(n, "cannot assign to __debug__")
	}
}
