package python

import "sleet/scaffold/python/ast"

func operator(op string) word {
	return word(map[string]string{
		"+": "Add", "-": "Sub", "*": "Mult", "@": "MatMult", "/": "Div", "%": "Mod", "**": "Pow", "<<": "LShift",
		">>": "RShift", "|": "BitOr", "^": "BitXor", "&": "BitAnd", "//": "FloorDiv", "and": "And", "or": "Or",
		"==": "Eq", "!=": "NotEq", "<": "Lt", "<=": "LtE", ">": "Gt", ">=": "GtE", "is": "Is", "is not": "IsNot",
		"in": "In", "not in": "NotIn",
	}[op])
}

func unary(op string) word {
	return word(map[string]string{"-": "USub", "+": "UAdd", "~": "Invert", "not": "Not"}[op])
}

func (w *treeWriter) expr(e ast.Expr) {
	switch e := e.(type) {
	case *ast.NameExpr:
		w.node("Name", e.Span, e.ID, e.Ctx)
	case *ast.Attribute:
		w.node("Attribute", e.Span, e.Value, e.Attr, e.Ctx)
	case *ast.Subscript:
		w.node("Subscript", e.Span, e.Value, e.Index, e.Ctx)
	case *ast.Slice:
		w.node("Slice", e.Span, e.Lower, e.Upper, e.Step)
	case *ast.Starred:
		w.node("Starred", e.Span, e.Value, e.Ctx)
	case *ast.Call:
		w.node("Call", e.Span, e.Func, e.Args, e.Keywords)
	case *ast.Constant:
		w.constant(e)
	case *ast.JoinedStr:
		w.joined(e)
	case *ast.Formatted:
		w.formatted("FormattedValue", e)
	case *ast.BoolOp:
		w.node("BoolOp", e.Span, operator(e.Op), e.Values)
	case *ast.BinOp:
		w.node("BinOp", e.Span, e.Left, operator(e.Op), e.Right)
	case *ast.UnaryOp:
		w.node("UnaryOp", e.Span, unary(e.Op), e.Value)
	case *ast.Compare:
		ops := make([]word, len(e.Ops))
		for i, op := range e.Ops {
			ops[i] = operator(op)
		}
		w.node("Compare", e.Span, e.Left, ops, e.Rights)
	case *ast.NamedExpr:
		w.node("NamedExpr", e.Span, e.Target, e.Value)
	case *ast.Lambda:
		w.node("Lambda", e.Span, e.Params, e.Body)
	case *ast.IfExp:
		w.node("IfExp", e.Span, e.Test, e.Body, e.Else)
	case *ast.Dict:
		w.node("Dict", e.Span, e.Keys, e.Values)
	case *ast.Set:
		w.node("Set", e.Span, e.Elts)
	case *ast.List:
		w.node("List", e.Span, e.Elts, e.Ctx)
	case *ast.Tuple:
		w.node("Tuple", e.Span, e.Elts, e.Ctx)
	case *ast.Comprehension:
		if e.Key != nil {
			w.node("DictComp", e.Span, e.Key, e.Elt, e.Clauses)
		} else {
			w.node(map[byte]string{'[': "ListComp", '{': "SetComp", '(': "GeneratorExp"}[e.Sort], e.Span, e.Elt, e.Clauses)
		}
	case *ast.Await:
		w.node("Await", e.Span, e.Value)
	case *ast.Yield:
		w.node(map[bool]string{false: "Yield", true: "YieldFrom"}[e.From], e.Span, e.Value)
	}
}

// joined writes an f-string or a t-string, whose values have different classes.
func (w *treeWriter) joined(e *ast.JoinedStr) {
	if !e.Template {
		w.node("JoinedStr", e.Span, e.Values)
		return
	}
	w.node("TemplateStr", e.Span, func() {
		w.WriteString("[")
		for _, v := range e.Values {
			if f, ok := v.(*ast.Formatted); ok {
				w.formatted("Interpolation", f)
			} else {
				w.expr(v)
			}
		}
		w.WriteString("]")
	})
}

func (w *treeWriter) formatted(name string, e *ast.Formatted) {
	conversion := -1
	if e.Conversion != 0 {
		conversion = int(e.Conversion)
	}
	w.node(name, e.Span, e.Value, conversion, e.Spec)
}

func (w *treeWriter) constant(e *ast.Constant) {
	sort := []word{"str", "bytes", "int", "float", "complex", "bool", "bool", "NoneType", "ellipsis"}[e.Sort]
	switch e.Sort {
	case ast.Str, ast.Bytes:
		w.node("Constant", e.Span, sort, e.Value)
	case ast.True, ast.False:
		w.node("Constant", e.Span, sort, e.Sort == ast.True)
	default:
		w.node("Constant", e.Span, sort)
	}
}

func (w *treeWriter) part(n ast.Node) {
	switch n := n.(type) {
	case *ast.Alias:
		fields := []any{n.Name, n.As}
		if w.minor >= 10 {
			w.node("alias", n.Span, fields...)
		} else {
			w.bare("alias", fields...)
		}
	case *ast.Handler:
		w.node("ExceptHandler", n.Span, n.Type, n.Name, n.Body)
	case *ast.WithItem:
		w.bare("withitem", n.Context, n.Target)
	case *ast.MatchCase:
		w.bare("match_case", n.Pattern, n.Guard, n.Body)
	case *ast.Pattern:
		w.pattern(n)
	case *ast.TypeParam:
		w.typeParam(n)
	case *ast.Params:
		w.params(n)
	case *ast.Param:
		w.node("arg", n.Span, n.Name, n.Annotation)
	case *ast.Keyword:
		if w.minor >= 9 {
			w.node("keyword", n.Span, n.Name, n.Value)
		} else {
			w.bare("keyword", n.Name, n.Value)
		}
	case *ast.Clause:
		w.bare("comprehension", n.Target, n.Iter, n.Ifs, n.Async)
	}
}

func (w *treeWriter) typeParam(n *ast.TypeParam) {
	fields := []any{n.Name}
	if n.Stars == 0 {
		fields = append(fields, n.Bound)
	}
	if w.minor >= 13 {
		fields = append(fields, n.Default)
	}
	w.node([]string{"TypeVar", "TypeVarTuple", "ParamSpec"}[n.Stars], n.Span, fields...)
}

func (w *treeWriter) params(n *ast.Params) {
	var by [5][]*ast.Param
	var defaults, keyword []ast.Expr
	for _, p := range n.List {
		by[p.Sort] = append(by[p.Sort], p)
		switch {
		case p.Sort == ast.KeywordOnly:
			keyword = append(keyword, p.Default)
		case p.Default != nil:
			defaults = append(defaults, p.Default)
		}
	}
	one := func(list []*ast.Param) any {
		if len(list) == 0 {
			return nil
		}
		return list[0]
	}
	w.bare("arguments", by[ast.PositionalOnly], by[ast.Positional], one(by[ast.VarPositional]), by[ast.KeywordOnly], keyword,
		one(by[ast.VarKeyword]), defaults)
}

func (w *treeWriter) pattern(n *ast.Pattern) {
	var first any
	switch n.Sort {
	case ast.PatternValue:
		w.node("MatchValue", n.Span, n.Exprs[0])
	case ast.PatternSingleton:
		value := func() {
			switch c := n.Exprs[0].(*ast.Constant); c.Sort {
			case ast.None:
				w.value(nil)
			default:
				w.value(c.Sort == ast.True)
			}
		}
		w.node("MatchSingleton", n.Span, value)
	case ast.PatternSequence:
		w.node("MatchSequence", n.Span, n.Patterns)
	case ast.PatternMapping:
		w.node("MatchMapping", n.Span, n.Exprs, n.Patterns, n.Name)
	case ast.PatternClass:
		positional := n.Patterns[:len(n.Patterns)-len(n.Attrs)]
		w.node("MatchClass", n.Span, n.Exprs[0], positional, n.Attrs, n.Patterns[len(positional):])
	case ast.PatternStar:
		w.node("MatchStar", n.Span, n.Name)
	case ast.PatternAs:
		if len(n.Patterns) > 0 {
			first = n.Patterns[0]
		}
		w.node("MatchAs", n.Span, first, n.Name)
	case ast.PatternOr:
		w.node("MatchOr", n.Span, n.Patterns)
	}
}
