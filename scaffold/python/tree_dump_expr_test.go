package python

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

func (w *treeWriter) expr(e Expr) {
	switch e := e.(type) {
	case *NameExpr:
		w.node("Name", e.Span, e.ID, e.Ctx)
	case *Attribute:
		w.node("Attribute", e.Span, e.Value, e.Attr, e.Ctx)
	case *Subscript:
		w.node("Subscript", e.Span, e.Value, e.Index, e.Ctx)
	case *Slice:
		w.node("Slice", e.Span, e.Lower, e.Upper, e.Step)
	case *Starred:
		w.node("Starred", e.Span, e.Value, e.Ctx)
	case *Call:
		w.node("Call", e.Span, e.Func, e.Args, e.Keywords)
	case *Constant:
		w.constant(e)
	case *JoinedStr:
		w.joined(e)
	case *Formatted:
		w.formatted("FormattedValue", e)
	case *BoolOp:
		w.node("BoolOp", e.Span, operator(e.Op), e.Values)
	case *BinOp:
		w.node("BinOp", e.Span, e.Left, operator(e.Op), e.Right)
	case *UnaryOp:
		w.node("UnaryOp", e.Span, unary(e.Op), e.Value)
	case *Compare:
		ops := make([]word, len(e.Ops))
		for i, op := range e.Ops {
			ops[i] = operator(op)
		}
		w.node("Compare", e.Span, e.Left, ops, e.Rights)
	case *NamedExpr:
		w.node("NamedExpr", e.Span, e.Target, e.Value)
	case *Lambda:
		w.node("Lambda", e.Span, e.Params, e.Body)
	case *IfExp:
		w.node("IfExp", e.Span, e.Test, e.Body, e.Else)
	case *Dict:
		w.node("Dict", e.Span, e.Keys, e.Values)
	case *Set:
		w.node("Set", e.Span, e.Elts)
	case *List:
		w.node("List", e.Span, e.Elts, e.Ctx)
	case *Tuple:
		w.node("Tuple", e.Span, e.Elts, e.Ctx)
	case *Comprehension:
		if e.Key != nil {
			w.node("DictComp", e.Span, e.Key, e.Elt, e.Clauses)
		} else {
			w.node(map[byte]string{'[': "ListComp", '{': "SetComp", '(': "GeneratorExp"}[e.Sort], e.Span, e.Elt, e.Clauses)
		}
	case *Await:
		w.node("Await", e.Span, e.Value)
	case *Yield:
		w.node(map[bool]string{false: "Yield", true: "YieldFrom"}[e.From], e.Span, e.Value)
	}
}

// joined writes an f-string or a t-string, whose values are of another class.
func (w *treeWriter) joined(e *JoinedStr) {
	if !e.Template {
		w.node("JoinedStr", e.Span, e.Values)
		return
	}
	w.node("TemplateStr", e.Span, func() {
		w.WriteString("[")
		for _, v := range e.Values {
			if f, ok := v.(*Formatted); ok {
				w.formatted("Interpolation", f)
			} else {
				w.expr(v)
			}
		}
		w.WriteString("]")
	})
}

func (w *treeWriter) formatted(name string, e *Formatted) {
	conversion := -1
	if e.Conversion != 0 {
		conversion = int(e.Conversion)
	}
	w.node(name, e.Span, e.Value, conversion, e.Spec)
}

func (w *treeWriter) constant(e *Constant) {
	sort := []word{"str", "bytes", "int", "float", "complex", "bool", "bool", "NoneType", "ellipsis"}[e.Sort]
	switch e.Sort {
	case Str, Bytes:
		w.node("Constant", e.Span, sort, e.Value)
	case True, False:
		w.node("Constant", e.Span, sort, e.Sort == True)
	default:
		w.node("Constant", e.Span, sort)
	}
}

func (w *treeWriter) part(n Node) {
	switch n := n.(type) {
	case *Alias:
		fields := []any{n.Name, n.As}
		if w.minor >= 10 {
			w.node("alias", n.Span, fields...)
		} else {
			w.bare("alias", fields...)
		}
	case *Handler:
		w.node("ExceptHandler", n.Span, n.Type, n.Name, n.Body)
	case *WithItem:
		w.bare("withitem", n.Context, n.Target)
	case *MatchCase:
		w.bare("match_case", n.Pattern, n.Guard, n.Body)
	case *Pattern:
		w.pattern(n)
	case *TypeParam:
		w.typeParam(n)
	case *Params:
		w.params(n)
	case *Param:
		w.node("arg", n.Span, n.Name, n.Annotation)
	case *Keyword:
		if w.minor >= 9 {
			w.node("keyword", n.Span, n.Name, n.Value)
		} else {
			w.bare("keyword", n.Name, n.Value)
		}
	case *Clause:
		w.bare("comprehension", n.Target, n.Iter, n.Ifs, n.Async)
	}
}

func (w *treeWriter) typeParam(n *TypeParam) {
	fields := []any{n.Name}
	if n.Stars == 0 {
		fields = append(fields, n.Bound)
	}
	if w.minor >= 13 {
		fields = append(fields, n.Default)
	}
	w.node([]string{"TypeVar", "TypeVarTuple", "ParamSpec"}[n.Stars], n.Span, fields...)
}

func (w *treeWriter) params(n *Params) {
	var by [5][]*Param
	var defaults, keyword []Expr
	for _, p := range n.List {
		by[p.Sort] = append(by[p.Sort], p)
		switch {
		case p.Sort == KeywordOnly:
			keyword = append(keyword, p.Default)
		case p.Default != nil:
			defaults = append(defaults, p.Default)
		}
	}
	one := func(list []*Param) any {
		if len(list) == 0 {
			return nil
		}
		return list[0]
	}
	w.bare("arguments", by[PositionalOnly], by[Positional], one(by[VarPositional]), by[KeywordOnly], keyword,
		one(by[VarKeyword]), defaults)
}

func (w *treeWriter) pattern(n *Pattern) {
	var first any
	switch n.Sort {
	case PatternValue:
		w.node("MatchValue", n.Span, n.Exprs[0])
	case PatternSingleton:
		value := func() {
			switch c := n.Exprs[0].(*Constant); c.Sort {
			case None:
				w.value(nil)
			default:
				w.value(c.Sort == True)
			}
		}
		w.node("MatchSingleton", n.Span, value)
	case PatternSequence:
		w.node("MatchSequence", n.Span, n.Patterns)
	case PatternMapping:
		w.node("MatchMapping", n.Span, n.Exprs, n.Patterns, n.Name)
	case PatternClass:
		positional := n.Patterns[:len(n.Patterns)-len(n.Attrs)]
		w.node("MatchClass", n.Span, n.Exprs[0], positional, n.Attrs, n.Patterns[len(positional):])
	case PatternStar:
		w.node("MatchStar", n.Span, n.Name)
	case PatternAs:
		if len(n.Patterns) > 0 {
			first = n.Patterns[0]
		}
		w.node("MatchAs", n.Span, first, n.Name)
	case PatternOr:
		w.node("MatchOr", n.Span, n.Patterns)
	}
}
