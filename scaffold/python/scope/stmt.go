package scope

import "sleet/scaffold/python/ast"

// statement records the names of a statement.
func (c *collector) statement(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.FunctionDef:
		c.function(s)
	case *ast.ClassDef:
		c.class(s)
	case *ast.TypeAlias:
		c.typeAlias(s)
	case *ast.Import:
		for _, alias := range s.Names {
			c.importAlias(alias)
		}
	case *ast.ImportFrom:
		c.importFrom(s)
	case *ast.Global:
		for _, name := range s.Names {
			c.note(name.Name, DeclaredGlobal)
		}
	case *ast.Nonlocal:
		for _, name := range s.Names {
			c.note(name.Name, DeclaredNonlocal)
		}
	case *ast.Return:
		c.expr(s.Value)
	case *ast.ExprStmt:
		c.expr(s.Value)
	case *ast.Raise:
		c.exprs(s.Exc, s.Cause)
	case *ast.Assert:
		c.exprs(s.Test, s.Msg)
	case *ast.Delete:
		for _, target := range s.Targets {
			c.target(target, nil, ByDelete)
		}
	case *ast.Assign, *ast.AugAssign, *ast.AnnAssign:
		c.assignment(s)
	default:
		c.compound(s)
	}
}

// compound records the statements that contain others, except def and class.
func (c *collector) compound(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.For:
		c.target(s.Target, nil, ByFor)
		c.expr(s.Iter)
		c.body(s.Body)
		c.body(s.Else)
	case *ast.While:
		c.expr(s.Test)
		c.body(s.Body)
		c.body(s.Else)
	case *ast.If:
		c.expr(s.Test)
		c.body(s.Body)
		c.body(s.Else)
	case *ast.With:
		for _, item := range s.Items {
			c.expr(item.Context)
			c.target(item.Target, nil, ByWith)
		}
		c.body(s.Body)
	case *ast.Match:
		c.expr(s.Subject)
		for _, match := range s.Cases {
			c.pattern(match.Pattern)
			c.expr(match.Guard)
			c.body(match.Body)
		}
	case *ast.Try:
		c.try(s)
	}
}

func (c *collector) try(s *ast.Try) {
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

func (c *collector) assignment(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.Assign:
		for _, target := range s.Targets {
			c.target(target, s.Value, ByAssignment)
		}
		c.expr(s.Value)
	case *ast.AugAssign:
		c.target(s.Target, nil, ByAugmented)
		c.expr(s.Value)
	case *ast.AnnAssign:
		c.annotated(s)
		c.annotation(s.Annotation)
		c.expr(s.Value)
	}
}

// annotated records the target of an annotated assignment. A parenthesized name without a value is
// ignored.
func (c *collector) annotated(s *ast.AnnAssign) {
	name, ok := s.Target.(*ast.NameExpr)
	if !ok {
		c.target(s.Target, nil, ByAssignment)
		return
	}
	c.recordUse(name)
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

// target records what an assignment, a loop, a with or a del binds. value is the value if known,
// otherwise nil. Tuples and lists of the same length are bound element by element.
func (c *collector) target(target, value ast.Expr, kind BindingKind) {
	switch target := target.(type) {
	case nil:
	case *ast.NameExpr:
		c.recordUse(target)
		c.bind(target.ID, Assigned, Binding{Kind: kind, Node: target, Value: value})
	case *ast.Tuple:
		c.targets(target.Elts, value, kind)
	case *ast.List:
		c.targets(target.Elts, value, kind)
	case *ast.Starred:
		c.target(target.Value, nil, kind)
	default:
		c.expr(target)
	}
}

func (c *collector) targets(targets []ast.Expr, value ast.Expr, kind BindingKind) {
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
func pieces(e ast.Expr) []ast.Expr {
	switch e := e.(type) {
	case *ast.Tuple:
		return e.Elts
	case *ast.List:
		return e.Elts
	default:
		return nil
	}
}

func anyStarred(list []ast.Expr) bool {
	for _, e := range list {
		if _, ok := e.(*ast.Starred); ok {
			return true
		}
	}
	return false
}

func (c *collector) pattern(p *ast.Pattern) {
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
