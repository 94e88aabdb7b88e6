package python

import "strconv"

// statement reads a statement, or several on one line, and adds them to a body.
func (p *parser) statement(body []Stmt) []Stmt {
	if s := p.compound(); s != nil {
		return append(body, s)
	}
	return p.simples(body)
}

// simples reads the simple statements of one line.
func (p *parser) simples(body []Stmt) []Stmt {
	for {
		body = append(body, p.simple())
		if !p.take(";") || p.kind() == Newline {
			break
		}
	}
	if p.kind() != Newline {
		if name := p.text(p.at - 1); p.startsExpr() && (name == "print" || name == "exec") {
			p.unexpected("Missing parentheses in call to '" + name + "'. Did you mean " + name + "(...)?")
		}
		p.unexpected(invalid)
	}
	p.next()
	return body
}

// block reads what stands after the colon of a compound statement that starts at offset.
func (p *parser) block(of string, offset int) []Stmt {
	if !p.take(":") {
		p.unexpected("expected ':'")
	}
	if p.kind() != Newline {
		return p.simples(nil)
	}
	p.indent(of, offset)
	var body []Stmt
	for p.kind() != Dedent && p.kind() != EndMarker {
		body = p.statement(body)
	}
	p.dedent()
	return body
}

// indent reads the start of a block on lines of its own.
func (p *parser) indent(of string, offset int) {
	if p.kind() != Newline {
		p.unexpected(invalid)
	}
	p.next()
	if p.kind() != Indent {
		p.fail(p.start(), "expected an indented block after "+of+" on line "+
			strconv.Itoa(p.file.Position(offset).Line))
	}
	p.deeper()
	p.next()
}

// dedent reads its end.
func (p *parser) dedent() {
	if p.kind() == Dedent {
		p.next()
	}
	p.depth--
}

// simple reads one simple statement.
func (p *parser) simple() Stmt {
	start := p.start()
	switch p.word {
	case "import":
		return p.importName()
	case "from":
		return p.importFrom()
	case "return":
		p.next()
		var value Expr
		if p.startsExpr() {
			value = p.starExpressions()
		}
		return &Return{p.span(start), value}
	case "raise":
		return p.raise()
	case "pass":
		p.next()
		return &Pass{p.span(start)}
	case "break":
		p.next()
		return &Break{p.span(start)}
	case "continue":
		p.next()
		return &Continue{p.span(start)}
	case "del":
		return p.del()
	case "assert":
		p.next()
		a := &Assert{Test: p.expression()}
		if p.take(",") {
			a.Msg = p.expression()
		}
		a.Span = p.span(start)
		return a
	case "global":
		names := p.names()
		return &Global{p.span(start), names}
	case "nonlocal":
		names := p.names()
		return &Nonlocal{p.span(start), names}
	case "":
		if p.isTypeAlias() {
			return p.typeAlias()
		}
	}
	return p.assignment()
}

// raise reads raise, raise a or raise a from b.
func (p *parser) raise() Stmt {
	start := p.start()
	p.expect("raise")
	r := &Raise{}
	if p.startsExpr() {
		r.Exc = p.expression()
		if p.take("from") {
			r.Cause = p.expression()
		}
	}
	r.Span = p.span(start)
	return r
}

// del reads del a, b.
func (p *parser) del() Stmt {
	start := p.start()
	p.expect("del")
	d := &Delete{}
	for {
		target := p.starExpression()
		p.bind(target, Del)
		d.Targets = append(d.Targets, target)
		if !p.take(",") || !p.startsExpr() {
			break
		}
	}
	d.Span = p.span(start)
	return d
}

// names reads global a, b.
func (p *parser) names() []Ident {
	p.next()
	names := []Ident{p.ident()}
	for p.take(",") {
		names = append(names, p.ident())
	}
	return names
}

// isTypeAlias reports whether the next statement is type X = …: no other has a name right after that word.
func (p *parser) isTypeAlias() bool {
	return p.text(p.at) == "type" && p.isNameAt(p.at+1)
}

// typeAlias reads type X[T] = value.
func (p *parser) typeAlias() Stmt {
	start := p.start()
	p.next()
	id := p.ident()
	t := &TypeAlias{Name: &NameExpr{id.Span, id.Name, Store}, TypeParams: p.typeParams()}
	p.expect("=")
	t.Value = p.expression()
	t.Span = p.span(start)
	return t
}

// assignment reads a statement that starts with an expression.
func (p *parser) assignment() Stmt {
	start := p.start()
	paren := p.word == "("
	first := p.yieldOrStar()
	if op := augmented(p.word); op != "" {
		if !single(first) {
			p.fail(first.Range().Start, "'"+exprName(first)+"' is an illegal expression for augmented assignment")
		}
		p.bind(first, Store)
		p.next()
		value := p.yieldOrStar()
		return &AugAssign{p.span(start), first, op, value}
	}
	switch p.word {
	case ":":
		return p.annotated(start, first, paren)
	case "=":
	case ":=":
		p.unexpected(invalid)
	default:
		return &ExprStmt{p.span(start), first}
	}
	a := &Assign{Value: first}
	for p.take("=") {
		p.assigned(a.Value)
		a.Targets = append(a.Targets, a.Value)
		a.Value = p.yieldOrStar()
	}
	a.Span = p.span(start)
	return a
}

// assigned binds what stands left of an equals sign.
func (p *parser) assigned(target Expr) {
	switch e := target.(type) {
	case *Yield:
		p.fail(e.Start, "assignment to yield expression not possible")
	case *NameExpr, *Attribute, *Subscript, *Tuple, *List, *Starred:
	case *Constant:
		if e.Sort == True || e.Sort == False || e.Sort == None {
			break
		}
		p.fail(e.Start, "cannot assign to "+exprName(e)+" here. Maybe you meant '==' instead of '='?")
	default:
		p.fail(e.Range().Start, "cannot assign to "+exprName(e)+" here. Maybe you meant '==' instead of '='?")
	}
	p.bind(target, Store)
}

// annotated reads a: T = value after its target.
func (p *parser) annotated(start int, target Expr, paren bool) Stmt {
	if !single(target) {
		switch target.(type) {
		case *List, *Tuple:
			p.fail(target.Range().Start, "only single target (not "+exprName(target)+") can be annotated")
		}
		p.fail(target.Range().Start, "illegal target for annotation")
	}
	p.bind(target, Store)
	p.expect(":")
	_, name := target.(*NameExpr)
	a := &AnnAssign{Target: target, Annotation: p.expression(), Simple: name && !paren}
	if p.take("=") {
		a.Value = p.yieldOrStar()
	}
	a.Span = p.span(start)
	return a
}

// augmented returns the operator of an augmented assignment.
func augmented(word string) string {
	switch word {
	case "+=", "-=", "*=", "@=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "**=", "//=":
		return word[:len(word)-1]
	}
	return ""
}
