package scope

import "sleet/scaffold/python/ast"

func (c *collector) exprs(list ...ast.Expr) {
	for _, e := range list {
		c.expr(e)
	}
}

// expr records the names of an expression; e may be nil.
func (c *collector) expr(e ast.Expr) {
	switch e := e.(type) {
	case nil, *ast.Constant:
	case *ast.NameExpr:
		c.name(e)
	case *ast.Attribute:
		c.expr(e.Value)
	case *ast.Call:
		c.expr(e.Func)
		c.exprs(e.Args...)
		for _, keyword := range e.Keywords {
			c.expr(keyword.Value)
		}
	case *ast.NamedExpr:
		c.namedExpr(e)
	case *ast.Lambda:
		c.defaults(e.Params)
		c.enter(Lambda, "lambda", e, func() {
			c.params(e.Params)
			c.expr(e.Body)
		})
	case *ast.Comprehension:
		c.comprehension(e)
	default:
		c.plain(e)
	}
}

// plain records the expressions that only contain others.
func (c *collector) plain(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Subscript:
		c.exprs(e.Value, e.Index)
	case *ast.Slice:
		c.exprs(e.Lower, e.Upper, e.Step)
	case *ast.Starred:
		c.expr(e.Value)
	case *ast.JoinedStr:
		c.exprs(e.Values...)
	case *ast.Formatted:
		c.expr(e.Value)
		if e.Spec != nil {
			c.expr(e.Spec)
		}
	case *ast.BoolOp:
		c.exprs(e.Values...)
	case *ast.BinOp:
		c.exprs(e.Left, e.Right)
	case *ast.UnaryOp:
		c.expr(e.Value)
	case *ast.Compare:
		c.expr(e.Left)
		c.exprs(e.Rights...)
	case *ast.IfExp:
		c.exprs(e.Test, e.Body, e.Else)
	case *ast.Dict:
		c.exprs(e.Keys...)
		c.exprs(e.Values...)
	case *ast.Set:
		c.exprs(e.Elts...)
	case *ast.List:
		c.exprs(e.Elts...)
	case *ast.Tuple:
		c.exprs(e.Elts...)
	case *ast.Await:
		c.expr(e.Value)
	case *ast.Yield:
		c.expr(e.Value)
	}
}

// name records a name. A read of super also reads __class__.
func (c *collector) name(e *ast.NameExpr) {
	c.recordUse(e)
	if e.Ctx != ast.Load {
		c.bind(e.ID, Assigned, Binding{Kind: ByAssignment, Node: e})
		return
	}
	c.note(e.ID, Referenced)
	if e.ID == "super" && c.scope.function() {
		c.note("__class__", Referenced)
	}
}

// namedExpr records an assignment expression. In a comprehension it binds the name in the enclosing
// scope.
func (c *collector) namedExpr(e *ast.NamedExpr) {
	if c.scope.Kind == Comprehension {
		c.extend(e.Target.ID)
	}
	c.expr(e.Value)
	c.recordUse(e.Target)
	c.bind(e.Target.ID, Assigned, Binding{Kind: ByNamedExpr, Node: e.Target, Value: e.Value})
}

// extend makes the target of := in a comprehension a name of the enclosing function or module.
func (c *collector) extend(name string) {
	around := c.scope
	for around.Kind == Comprehension {
		around = around.Parent
	}
	mangled := c.scope.mangle(name)
	switch {
	case c.silent:
	case around.Kind == Module:
		c.note(name, DeclaredGlobal)
	case around.Names[mangled] != nil && around.Names[mangled].Flags&DeclaredGlobal != 0:
		c.note(name, DeclaredGlobal)
		around.add(mangled, Assigned)
	default:
		c.note(name, DeclaredNonlocal)
		around.add(mangled, Assigned)
	}
}

// comprehension records a comprehension, whose first iterable is evaluated in the enclosing scope.
func (c *collector) comprehension(e *ast.Comprehension) {
	c.expr(e.Clauses[0].Iter)
	c.enter(Comprehension, comprehensionName(e), e, func() {
		for i, clause := range e.Clauses {
			c.target(clause.Target, nil, ByComprehension)
			if i > 0 {
				c.expr(clause.Iter)
			}
			c.exprs(clause.Ifs...)
		}
		c.exprs(e.Key, e.Elt)
	})
}

func comprehensionName(e *ast.Comprehension) string {
	switch {
	case e.Key != nil:
		return "dictcomp"
	case e.Sort == '[':
		return "listcomp"
	case e.Sort == '{':
		return "setcomp"
	default:
		return "genexpr"
	}
}
