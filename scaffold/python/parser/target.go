package parser

import "sleet/scaffold/python/ast"

// forTarget reads what a for binds.
func (p *parser) forTarget() ast.Expr {
	e := p.list(p.starTarget)
	p.bind(e, ast.Store)
	return e
}

// starTarget reads one thing to bind, starred or not. Who calls it binds it.
func (p *parser) starTarget() ast.Expr {
	if p.word == "*" {
		return p.starred(p.bitOr)
	}
	return p.bitOr()
}

// bind marks an expression that was read as one to be bound or deleted, if it can be.
func (p *parser) bind(e ast.Expr, ctx ast.Context) {
	switch e := e.(type) {
	case *ast.NameExpr:
		e.Ctx = ctx
		return
	case *ast.Attribute:
		e.Ctx = ctx
		return
	case *ast.Subscript:
		e.Ctx = ctx
		return
	case *ast.Tuple:
		e.Ctx = ctx
		p.bindAll(e.Elts, ctx)
		return
	case *ast.List:
		e.Ctx = ctx
		p.bindAll(e.Elts, ctx)
		return
	case *ast.Starred:
		if ctx == ast.Store {
			e.Ctx = ctx
			p.bind(e.Value, ctx)
			return
		}
	default:
	}
	if ctx == ast.Del {
		p.fail(e.Range().Start, "cannot delete "+exprName(e))
	}
	p.fail(e.Range().Start, "cannot assign to "+exprName(e))
}

// bindAll binds each.
func (p *parser) bindAll(list []ast.Expr, ctx ast.Context) {
	for _, e := range list {
		p.bind(e, ctx)
	}
}

// single reports whether an expression may be augmented or annotated.
func single(e ast.Expr) bool {
	switch e.(type) {
	case *ast.NameExpr, *ast.Attribute, *ast.Subscript:
		return true
	}
	return false
}

// exprName is what Python calls an expression when it cannot be bound.
func exprName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Attribute:
		return "attribute"
	case *ast.Subscript:
		return "subscript"
	case *ast.Starred:
		return "starred"
	case *ast.NameExpr:
		return "name"
	case *ast.List:
		return "list"
	case *ast.Tuple:
		return "tuple"
	case *ast.Lambda:
		return "lambda"
	case *ast.Call:
		return "function call"
	case *ast.Yield:
		return "yield expression"
	case *ast.Await:
		return "await expression"
	case *ast.Comprehension:
		return "comprehension"
	case *ast.Dict:
		return "dict literal"
	case *ast.Set:
		return "set display"
	case *ast.JoinedStr:
		if e.Template {
			return "t-string expression"
		}
		return "f-string expression"
	case *ast.Constant:
		return constantName(e)
	case *ast.Compare:
		return "comparison"
	case *ast.IfExp:
		return "conditional expression"
	case *ast.NamedExpr:
		return "named expression"
	}
	return "expression"
}

// constantName is what Python calls a literal.
func constantName(c *ast.Constant) string {
	switch c.Sort {
	case ast.True, ast.False, ast.None:
		return c.Value
	case ast.Ellipsis:
		return "ellipsis"
	default:
		return "literal"
	}
}
