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
		p.fail(e.Range().Start, "cannot delete this expression")
	}
	p.fail(e.Range().Start, "cannot assign to this expression")
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
