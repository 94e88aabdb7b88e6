package python

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
)

func (c *nameChecker) list(list []ast.Expr) {
	for _, e := range list {
		c.expr(e)
	}
}

// expr checks an expression; e may be nil.
func (c *nameChecker) expr(e ast.Expr) {
	switch e := e.(type) {
	case nil, *ast.Constant:
	case *ast.NameExpr:
		use := usedRead
		if e.Ctx != ast.Load {
			use = usedLocal
		}
		c.add(e, e.ID, use)
	case *ast.Lambda:
		c.defaults(e.Params)
		c.enter(spaceFunction, func() {
			c.params(e.Params)
			c.expr(e.Body)
		})
	case *ast.NamedExpr:
		c.named(e)
	case *ast.Comprehension:
		c.comprehension(e)
	case *ast.Yield:
		c.outside("yield expression", e)
		c.expr(e.Value)
		if c.kind == spaceComprehension {
			c.fail(e, "'yield' inside a comprehension")
		}
	case *ast.Await:
		c.outside("await expression", e)
		c.expr(e.Value)
	default:
		c.walker.EachChild(e, c.part)
	}
}

// outside rejects an expression in the scope of an annotation or of type parameters.
func (c *nameChecker) outside(what string, e ast.Expr) {
	switch c.kind {
	case spaceTypes, spaceBound, spaceAnnotation:
		c.fail(e, what+" cannot be used in an annotation or a type parameter")
	default:
	}
}

// named checks an assignment expression. In a comprehension it binds the name in the enclosing
// function.
func (c *nameChecker) named(e *ast.NamedExpr) {
	c.outside("named expression", e)
	if c.iterables > 0 {
		c.fail(e, "assignment expression cannot be used in a comprehension iterable expression")
	}
	if c.kind == spaceComprehension {
		c.extend(e.Target)
	}
	c.expr(e.Value)
	c.expr(e.Target)
}

// extend binds the target of an assignment expression outside the enclosing comprehensions.
func (c *nameChecker) extend(target *ast.NameExpr) {
	name := scope.Mangle(c.private, target.ID)
	for s := c.space; s != nil; s = s.up {
		switch s.kind {
		case spaceComprehension:
			if s.uses[name]&usedIteration != 0 {
				c.fail(target, "assignment expression cannot rebind comprehension iteration variable '"+target.ID+"'")
			}
		case spaceFunction:
			if s.uses[name]&usedGlobal != 0 {
				c.uses[name] |= usedGlobal
			} else {
				c.uses[name] |= usedNonlocal
			}
			s.uses[name] |= usedLocal
			return
		case spaceModule:
			c.uses[name] |= usedGlobal
			s.uses[name] |= usedGlobal
			return
		default:
			c.fail(target, "an assignment expression in a comprehension can only assign to a name of a function or the module")
		}
	}
}

// comprehension checks a comprehension, whose first iterable is evaluated outside of it.
func (c *nameChecker) comprehension(e *ast.Comprehension) {
	c.iterables++
	c.expr(e.Clauses[0].Iter)
	c.iterables--
	c.enter(spaceComprehension, func() {
		for i, clause := range e.Clauses {
			c.iteration(clause.Target)
			if i > 0 {
				c.iterables++
				c.expr(clause.Iter)
				c.iterables--
			}
			c.list(clause.Ifs)
		}
		c.expr(e.Key)
		c.expr(e.Elt)
	})
}

// iteration checks the target of a comprehension's for.
func (c *nameChecker) iteration(target ast.Expr) {
	ast.Walk(target, func(n ast.Node) bool {
		name, ok := n.(*ast.NameExpr)
		if ok && name.Ctx == ast.Store {
			c.add(name, name.ID, usedLocal|usedIteration)
			return false
		}
		if e, isExpr := n.(ast.Expr); isExpr && !isTarget(e) {
			c.expr(e)
			return false
		}
		return true
	})
}

// isTarget reports whether an expression is bound, or contains such expressions.
func isTarget(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.NameExpr:
		return e.Ctx == ast.Store
	case *ast.Tuple:
		return e.Ctx == ast.Store
	case *ast.List:
		return e.Ctx == ast.Store
	case *ast.Starred:
		return e.Ctx == ast.Store
	}
	return false
}
