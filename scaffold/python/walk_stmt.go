package python

// ofStmt adds what is below a statement.
func (c *children) ofStmt(s Stmt) {
	switch s := s.(type) {
	case *FunctionDef:
		c.add(s.Decorators...)
		parts(c, s.TypeParams)
		*c = append(*c, s.Params)
		c.add(s.Returns)
		c.body(s.Body)
	case *ClassDef:
		c.add(s.Decorators...)
		parts(c, s.TypeParams)
		c.arguments(s.Bases, s.Keywords)
		c.body(s.Body)
	case *For:
		c.add(s.Target, s.Iter)
		c.body(s.Body, s.Else)
	case *While:
		c.add(s.Test)
		c.body(s.Body, s.Else)
	case *If:
		c.add(s.Test)
		c.body(s.Body, s.Else)
	case *With:
		parts(c, s.Items)
		c.body(s.Body)
	case *Match:
		c.add(s.Subject)
		parts(c, s.Cases)
	case *Try:
		c.body(s.Body)
		parts(c, s.Handlers)
		c.body(s.Else, s.Finally)
	default:
		c.ofSimple(s)
	}
}

// ofSimple adds what is below a simple statement.
func (c *children) ofSimple(s Stmt) {
	switch s := s.(type) {
	case *Return:
		c.add(s.Value)
	case *Delete:
		c.add(s.Targets...)
	case *Assign:
		c.add(s.Targets...)
		c.add(s.Value)
	case *AugAssign:
		c.add(s.Target, s.Value)
	case *AnnAssign:
		c.add(s.Target, s.Annotation, s.Value)
	case *TypeAlias:
		c.add(s.Name)
		parts(c, s.TypeParams)
		c.add(s.Value)
	case *Raise:
		c.add(s.Exc, s.Cause)
	case *Assert:
		c.add(s.Test, s.Msg)
	case *Import:
		parts(c, s.Names)
	case *ImportFrom:
		parts(c, s.Names)
	case *ExprStmt:
		c.add(s.Value)
	default: // Global, Nonlocal, Pass, Break, Continue
	}
}

// ofExpr adds what is below an expression.
func (c *children) ofExpr(e Expr) {
	switch e := e.(type) {
	case *Attribute:
		c.add(e.Value)
	case *Subscript:
		c.add(e.Value, e.Index)
	case *Slice:
		c.add(e.Lower, e.Upper, e.Step)
	case *Starred:
		c.add(e.Value)
	case *Call:
		c.add(e.Func)
		c.arguments(e.Args, e.Keywords)
	case *JoinedStr:
		c.add(e.Values...)
	case *Formatted:
		c.add(e.Value)
		if e.Spec != nil {
			c.add(e.Spec)
		}
	case *BoolOp:
		c.add(e.Values...)
	case *BinOp:
		c.add(e.Left, e.Right)
	case *UnaryOp:
		c.add(e.Value)
	case *Compare:
		c.add(e.Left)
		c.add(e.Rights...)
	default:
		c.ofOther(e)
	}
}

// ofOther adds what is below the rest of expressions.
func (c *children) ofOther(e Expr) {
	switch e := e.(type) {
	case *NamedExpr:
		c.add(e.Target, e.Value)
	case *Lambda:
		*c = append(*c, e.Params)
		c.add(e.Body)
	case *IfExp:
		c.add(e.Body, e.Test, e.Else)
	case *Dict:
		c.pairs(e.Keys, e.Values)
	case *Set:
		c.add(e.Elts...)
	case *List:
		c.add(e.Elts...)
	case *Tuple:
		c.add(e.Elts...)
	case *Comprehension:
		c.add(e.Key, e.Elt)
		parts(c, e.Clauses)
	case *Await:
		c.add(e.Value)
	case *Yield:
		c.add(e.Value)
	default: // NameExpr, Constant
	}
}
