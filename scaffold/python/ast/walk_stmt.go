package ast

// ofStmt appends the children of a statement.
func (w *Walker) ofStmt(s Stmt) {
	switch s := s.(type) {
	case *FunctionDef:
		w.add(s.Decorators...)
		parts(w, s.TypeParams)
		w.nodes = append(w.nodes, s.Params)
		w.add(s.Returns)
		w.body(s.Body)
	case *ClassDef:
		w.add(s.Decorators...)
		parts(w, s.TypeParams)
		w.arguments(s.Bases, s.Keywords)
		w.body(s.Body)
	case *For:
		w.add(s.Target, s.Iter)
		w.body(s.Body, s.Else)
	case *While:
		w.add(s.Test)
		w.body(s.Body, s.Else)
	case *If:
		w.add(s.Test)
		w.body(s.Body, s.Else)
	case *With:
		parts(w, s.Items)
		w.body(s.Body)
	case *Match:
		w.add(s.Subject)
		parts(w, s.Cases)
	case *Try:
		w.body(s.Body)
		parts(w, s.Handlers)
		w.body(s.Else, s.Finally)
	default:
		w.ofSimple(s)
	}
}

// ofSimple appends the children of a simple statement.
func (w *Walker) ofSimple(s Stmt) {
	switch s := s.(type) {
	case *Return:
		w.add(s.Value)
	case *Delete:
		w.add(s.Targets...)
	case *Assign:
		w.add(s.Targets...)
		w.add(s.Value)
	case *AugAssign:
		w.add(s.Target, s.Value)
	case *AnnAssign:
		w.add(s.Target, s.Annotation, s.Value)
	case *TypeAlias:
		w.add(s.Name)
		parts(w, s.TypeParams)
		w.add(s.Value)
	case *Raise:
		w.add(s.Exc, s.Cause)
	case *Assert:
		w.add(s.Test, s.Msg)
	case *Import:
		parts(w, s.Names)
	case *ImportFrom:
		parts(w, s.Names)
	case *ExprStmt:
		w.add(s.Value)
	default: // Global, Nonlocal, Pass, Break, Continue
	}
}

// ofExpr appends the children of an expression.
func (w *Walker) ofExpr(e Expr) {
	switch e := e.(type) {
	case *Attribute:
		w.add(e.Value)
	case *Subscript:
		w.add(e.Value, e.Index)
	case *Slice:
		w.add(e.Lower, e.Upper, e.Step)
	case *Starred:
		w.add(e.Value)
	case *Call:
		w.add(e.Func)
		w.arguments(e.Args, e.Keywords)
	case *JoinedStr:
		w.add(e.Values...)
	case *Formatted:
		w.add(e.Value)
		if e.Spec != nil {
			w.add(e.Spec)
		}
	case *BoolOp:
		w.add(e.Values...)
	case *BinOp:
		w.add(e.Left, e.Right)
	case *UnaryOp:
		w.add(e.Value)
	case *Compare:
		w.add(e.Left)
		w.add(e.Rights...)
	default:
		w.ofOther(e)
	}
}

// ofOther appends the children of the remaining kinds of expressions.
func (w *Walker) ofOther(e Expr) {
	switch e := e.(type) {
	case *NamedExpr:
		w.add(e.Target, e.Value)
	case *Lambda:
		w.nodes = append(w.nodes, e.Params)
		w.add(e.Body)
	case *IfExp:
		w.add(e.Body, e.Test, e.Else)
	case *Dict:
		w.pairs(e.Keys, e.Values)
	case *Set:
		w.add(e.Elts...)
	case *List:
		w.add(e.Elts...)
	case *Tuple:
		w.add(e.Elts...)
	case *Comprehension:
		w.add(e.Key, e.Elt)
		parts(w, e.Clauses)
	case *Await:
		w.add(e.Value)
	case *Yield:
		w.add(e.Value)
	default: // NameExpr, Constant
	}
}
