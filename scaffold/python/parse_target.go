package python

// forTarget reads what a for binds.
func (p *parser) forTarget() Expr {
	e := p.list(p.starTarget)
	p.bind(e, Store)
	return e
}

// starTarget reads one thing to bind, starred or not. Who calls it binds it.
func (p *parser) starTarget() Expr {
	if p.word == "*" {
		return p.starred(p.bitOr)
	}
	return p.bitOr()
}

// bind marks an expression that was read as one to be bound or deleted, if it can be.
func (p *parser) bind(e Expr, ctx Context) {
	switch e := e.(type) {
	case *NameExpr:
		e.Ctx = ctx
		return
	case *Attribute:
		e.Ctx = ctx
		return
	case *Subscript:
		e.Ctx = ctx
		return
	case *Tuple:
		e.Ctx = ctx
		p.bindAll(e.Elts, ctx)
		return
	case *List:
		e.Ctx = ctx
		p.bindAll(e.Elts, ctx)
		return
	case *Starred:
		if ctx == Store {
			e.Ctx = ctx
			p.bind(e.Value, ctx)
			return
		}
	default:
	}
	if ctx == Del {
		p.fail(e.Range().Start, "cannot delete "+exprName(e))
	}
	p.fail(e.Range().Start, "cannot assign to "+exprName(e))
}

// bindAll binds each.
func (p *parser) bindAll(list []Expr, ctx Context) {
	for _, e := range list {
		p.bind(e, ctx)
	}
}

// single reports whether an expression may be augmented or annotated.
func single(e Expr) bool {
	switch e.(type) {
	case *NameExpr, *Attribute, *Subscript:
		return true
	}
	return false
}

// exprName is what Python calls an expression when it cannot be bound.
func exprName(e Expr) string {
	switch e := e.(type) {
	case *Attribute:
		return "attribute"
	case *Subscript:
		return "subscript"
	case *Starred:
		return "starred"
	case *NameExpr:
		return "name"
	case *List:
		return "list"
	case *Tuple:
		return "tuple"
	case *Lambda:
		return "lambda"
	case *Call:
		return "function call"
	case *Yield:
		return "yield expression"
	case *Await:
		return "await expression"
	case *Comprehension:
		return "comprehension"
	case *Dict:
		return "dict literal"
	case *Set:
		return "set display"
	case *JoinedStr:
		if e.Template {
			return "t-string expression"
		}
		return "f-string expression"
	case *Constant:
		return constantName(e)
	case *Compare:
		return "comparison"
	case *IfExp:
		return "conditional expression"
	case *NamedExpr:
		return "named expression"
	}
	return "expression"
}

// constantName is what Python calls a literal.
func constantName(c *Constant) string {
	switch c.Sort {
	case True, False, None:
		return c.Value
	case Ellipsis:
		return "ellipsis"
	default:
		return "literal"
	}
}
