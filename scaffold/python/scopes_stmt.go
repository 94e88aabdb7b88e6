package python

// statement notes the names of a statement.
func (c *collector) statement(s Stmt) {
	switch s := s.(type) {
	case *FunctionDef:
		c.function(s)
	case *ClassDef:
		c.class(s)
	case *TypeAlias:
		c.typeAlias(s)
	case *Import:
		for _, alias := range s.Names {
			c.importAlias(alias)
		}
	case *ImportFrom:
		c.importFrom(s)
	case *Global:
		for _, name := range s.Names {
			c.note(name.Name, DeclaredGlobal)
		}
	case *Nonlocal:
		for _, name := range s.Names {
			c.note(name.Name, DeclaredNonlocal)
		}
	case *Return:
		c.expr(s.Value)
	case *ExprStmt:
		c.expr(s.Value)
	case *Raise:
		c.exprs(s.Exc, s.Cause)
	case *Assert:
		c.exprs(s.Test, s.Msg)
	case *Delete:
		for _, target := range s.Targets {
			c.target(target, nil, ByDelete)
		}
	case *Assign, *AugAssign, *AnnAssign:
		c.assignment(s)
	default:
		c.compound(s)
	}
}

// compound notes the statements that hold others, but def and class.
func (c *collector) compound(s Stmt) {
	switch s := s.(type) {
	case *For:
		c.target(s.Target, nil, ByFor)
		c.expr(s.Iter)
		c.body(s.Body)
		c.body(s.Else)
	case *While:
		c.expr(s.Test)
		c.body(s.Body)
		c.body(s.Else)
	case *If:
		c.expr(s.Test)
		c.body(s.Body)
		c.body(s.Else)
	case *With:
		for _, item := range s.Items {
			c.expr(item.Context)
			c.target(item.Target, nil, ByWith)
		}
		c.body(s.Body)
	case *Match:
		c.expr(s.Subject)
		for _, match := range s.Cases {
			c.pattern(match.Pattern)
			c.expr(match.Guard)
			c.body(match.Body)
		}
	case *Try:
		c.try(s)
	}
}

func (c *collector) try(s *Try) {
	c.within(arm{try: s}, s.Body)
	for _, handler := range s.Handlers {
		c.expr(handler.Type)
		if handler.Name != nil {
			c.bind(handler.Name.Name, Assigned, Binding{Kind: ByExcept, Node: handler})
		}
		c.within(arm{try: s, handler: true}, handler.Body)
	}
	c.within(arm{try: s}, s.Else)
	c.body(s.Finally)
}

func (c *collector) assignment(s Stmt) {
	switch s := s.(type) {
	case *Assign:
		for _, target := range s.Targets {
			c.target(target, s.Value, ByAssignment)
		}
		c.expr(s.Value)
	case *AugAssign:
		c.target(s.Target, nil, ByAugmented)
		c.expr(s.Value)
	case *AnnAssign:
		c.annotated(s)
		c.annotation(s.Annotation)
		c.expr(s.Value)
	}
}

// annotated notes the target of x: T = value. A name in parentheses without a value is not touched.
func (c *collector) annotated(s *AnnAssign) {
	name, ok := s.Target.(*NameExpr)
	if !ok {
		c.target(s.Target, nil, ByAssignment)
		return
	}
	c.scopes.uses[name] = c.scope
	kind, flags := ByAssignment, Assigned
	if s.Simple {
		flags |= Annotated
	}
	if s.Value == nil {
		if !s.Simple {
			return
		}
		kind = ByAnnotation
	}
	c.bind(name.ID, flags, Binding{Kind: kind, Node: name, Value: s.Value})
}

// target notes what an assignment, a loop, a with or a del binds. Value is what is bound, where it
// is known; two tuples or lists of one length are bound piece by piece.
func (c *collector) target(target, value Expr, kind BindingKind) {
	switch target := target.(type) {
	case nil:
	case *NameExpr:
		c.scopes.uses[target] = c.scope
		c.bind(target.ID, Assigned, Binding{Kind: kind, Node: target, Value: value})
	case *Tuple:
		c.targets(target.Elts, value, kind)
	case *List:
		c.targets(target.Elts, value, kind)
	case *Starred:
		c.target(target.Value, nil, kind)
	default:
		c.expr(target)
	}
}

func (c *collector) targets(targets []Expr, value Expr, kind BindingKind) {
	values := pieces(value)
	paired := len(values) == len(targets) && !anyStarred(targets) && !anyStarred(values)
	for i, target := range targets {
		if paired {
			c.target(target, values[i], kind)
		} else {
			c.target(target, nil, kind)
		}
	}
}

// pieces returns the elements of a tuple or list.
func pieces(e Expr) []Expr {
	switch e := e.(type) {
	case *Tuple:
		return e.Elts
	case *List:
		return e.Elts
	default:
		return nil
	}
}

func anyStarred(list []Expr) bool {
	for _, e := range list {
		if _, ok := e.(*Starred); ok {
			return true
		}
	}
	return false
}

func (c *collector) pattern(p *Pattern) {
	if p == nil {
		return
	}
	for _, e := range p.Exprs {
		c.expr(e)
	}
	for _, inner := range p.Patterns {
		c.pattern(inner)
	}
	if p.Name != nil {
		c.bind(p.Name.Name, Assigned, Binding{Kind: ByPattern, Node: p})
	}
}
