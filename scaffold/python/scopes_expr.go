package python

func (c *collector) exprs(list ...Expr) {
	for _, e := range list {
		c.expr(e)
	}
}

// expr notes the names of an expression; a nil one has none.
func (c *collector) expr(e Expr) {
	switch e := e.(type) {
	case nil, *Constant:
	case *NameExpr:
		c.name(e)
	case *Attribute:
		c.expr(e.Value)
	case *Call:
		c.expr(e.Func)
		c.exprs(e.Args...)
		for _, keyword := range e.Keywords {
			c.expr(keyword.Value)
		}
	case *NamedExpr:
		c.namedExpr(e)
	case *Lambda:
		c.defaults(e.Params)
		c.enter(LambdaScope, "lambda", e, func() {
			c.params(e.Params)
			c.expr(e.Body)
		})
	case *Comprehension:
		c.comprehension(e)
	default:
		c.plain(e)
	}
}

// plain notes the expressions that only hold others.
func (c *collector) plain(e Expr) {
	switch e := e.(type) {
	case *Subscript:
		c.exprs(e.Value, e.Index)
	case *Slice:
		c.exprs(e.Lower, e.Upper, e.Step)
	case *Starred:
		c.expr(e.Value)
	case *JoinedStr:
		c.exprs(e.Values...)
	case *Formatted:
		c.expr(e.Value)
		if e.Spec != nil {
			c.expr(e.Spec)
		}
	case *BoolOp:
		c.exprs(e.Values...)
	case *BinOp:
		c.exprs(e.Left, e.Right)
	case *UnaryOp:
		c.expr(e.Value)
	case *Compare:
		c.expr(e.Left)
		c.exprs(e.Rights...)
	case *IfExp:
		c.exprs(e.Test, e.Body, e.Else)
	case *Dict:
		c.exprs(e.Keys...)
		c.exprs(e.Values...)
	case *Set:
		c.exprs(e.Elts...)
	case *List:
		c.exprs(e.Elts...)
	case *Tuple:
		c.exprs(e.Elts...)
	case *Await:
		c.expr(e.Value)
	case *Yield:
		c.expr(e.Value)
	}
}

// name notes a name that is read; super() reads __class__ as well.
func (c *collector) name(e *NameExpr) {
	c.scopes.uses[e] = c.scope
	if e.Ctx != Load {
		c.bind(e.ID, Assigned, Binding{Kind: ByAssignment, Node: e})
		return
	}
	c.note(e.ID, Referenced)
	if e.ID == "super" && c.scope.function() {
		c.note("__class__", Referenced)
	}
}

// namedExpr notes target := value. In a comprehension it binds in the scope around.
func (c *collector) namedExpr(e *NamedExpr) {
	if c.scope.Kind == ComprehensionScope {
		c.extend(e.Target.ID)
	}
	c.expr(e.Value)
	c.scopes.uses[e.Target] = c.scope
	c.bind(e.Target.ID, Assigned, Binding{Kind: ByNamedExpr, Node: e.Target, Value: e.Value})
}

// extend makes a name of the function or module around a comprehension that of := in it.
func (c *collector) extend(name string) {
	around := c.scope
	for around.Kind == ComprehensionScope {
		around = around.Parent
	}
	mangled := c.scope.mangle(name)
	switch {
	case c.silent:
	case around.Kind == ModuleScope:
		c.note(name, DeclaredGlobal)
	case around.Names[mangled] != nil && around.Names[mangled].Flags&DeclaredGlobal != 0:
		c.note(name, DeclaredGlobal)
		around.add(mangled, Assigned)
	default:
		c.note(name, DeclaredNonlocal)
		around.add(mangled, Assigned)
	}
}

// comprehension notes a comprehension: its first iterable belongs to the scope around it.
func (c *collector) comprehension(e *Comprehension) {
	c.expr(e.Clauses[0].Iter)
	c.enter(ComprehensionScope, comprehensionName(e), e, func() {
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

func comprehensionName(e *Comprehension) string {
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
