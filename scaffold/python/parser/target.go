package parser

import "sleet/scaffold/python/ast"

// forTarget parses the targets of a for.
func (p *parser) forTarget() ast.Expr {
	e := p.list(p.starTarget)
	p.bind(e, ast.Store)
	return e
}

// starTarget parses one target, starred or not. The caller must bind it.
func (p *parser) starTarget() ast.Expr {
	if p.word == "*" {
		return p.starred(p.bitOr)
	}
	return p.bitOr()
}

// bind turns an expression into a target of an assignment or deletion, or rejects it.
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

// bindAll calls bind for each expression.
func (p *parser) bindAll(list []ast.Expr, ctx ast.Context) {
	for _, e := range list {
		p.bind(e, ctx)
	}
}

// single reports whether an expression may be the target of an augmented or annotated assignment.
func single(e ast.Expr) bool {
	switch e.(type) {
	case *ast.NameExpr, *ast.Attribute, *ast.Subscript:
		return true
	}
	return false
}
