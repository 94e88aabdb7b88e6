package parser

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// statement parses a statement, or several on one line, and appends them to body.
func (p *parser) statement(body []ast.Stmt) []ast.Stmt {
	if s := p.compound(); s != nil {
		return append(body, s)
	}
	return p.simples(body)
}

// simples parses the simple statements of one line.
func (p *parser) simples(body []ast.Stmt) []ast.Stmt {
	for {
		body = append(body, p.simple())
		if !p.take(";") || p.kind() == token.Newline {
			break
		}
	}
	if p.kind() != token.Newline {
		if name := p.text(p.at - 1); p.startsExpr() && (name == "print" || name == "exec") {
			p.unexpected("Missing parentheses in call to '" + name + "'. Did you mean " + name + "(...)?")
		}
		p.unexpected(invalid)
	}
	p.next()
	return body
}

// block parses the colon and the body of a compound statement.
func (p *parser) block() []ast.Stmt {
	if !p.take(":") {
		p.unexpected("expected ':'")
	}
	if p.kind() != token.Newline {
		return p.simples(nil)
	}
	p.indent()
	var body []ast.Stmt
	for p.kind() != token.Dedent && p.kind() != token.EndMarker {
		body = p.statement(body)
	}
	p.dedent()
	return body
}

// indent parses the start of an indented block.
func (p *parser) indent() {
	if p.kind() != token.Newline {
		p.unexpected(invalid)
	}
	p.next()
	if p.kind() != token.Indent {
		p.fail(p.start(), "expected an indented block")
	}
	p.deeper()
	p.next()
}

// dedent parses the end of an indented block.
func (p *parser) dedent() {
	if p.kind() == token.Dedent {
		p.next()
	}
	p.depth--
}

// simple parses one simple statement.
func (p *parser) simple() ast.Stmt {
	start := p.start()
	switch p.word {
	case "import":
		return p.importName()
	case "from":
		return p.importFrom()
	case "return":
		p.next()
		var value ast.Expr
		if p.startsExpr() {
			value = p.starExpressions()
		}
		return &ast.Return{Base: ast.Base{Span: p.span(start)}, Value: value}
	case "raise":
		return p.raise()
	case "pass":
		p.next()
		return &ast.Pass{Base: ast.Base{Span: p.span(start)}}
	case "break":
		p.next()
		return &ast.Break{Base: ast.Base{Span: p.span(start)}}
	case "continue":
		p.next()
		return &ast.Continue{Base: ast.Base{Span: p.span(start)}}
	case "del":
		return p.del()
	case "assert":
		p.next()
		a := &ast.Assert{Test: p.expression()}
		if p.take(",") {
			a.Msg = p.expression()
		}
		a.Span = p.span(start)
		return a
	case "global":
		names := p.names()
		return &ast.Global{Base: ast.Base{Span: p.span(start)}, Names: names}
	case "nonlocal":
		names := p.names()
		return &ast.Nonlocal{Base: ast.Base{Span: p.span(start)}, Names: names}
	case "":
		if p.isTypeAlias() {
			return p.typeAlias()
		}
	}
	return p.assignment()
}

// raise parses raise, raise a or raise a from b.
func (p *parser) raise() ast.Stmt {
	start := p.start()
	p.expect("raise")
	r := &ast.Raise{}
	if p.startsExpr() {
		r.Exc = p.expression()
		if p.take("from") {
			r.Cause = p.expression()
		}
	}
	r.Span = p.span(start)
	return r
}

// del parses del a, b.
func (p *parser) del() ast.Stmt {
	start := p.start()
	p.expect("del")
	d := &ast.Delete{}
	for {
		target := p.starExpression()
		p.bind(target, ast.Del)
		d.Targets = append(d.Targets, target)
		if !p.take(",") || !p.startsExpr() {
			break
		}
	}
	d.Span = p.span(start)
	return d
}

// names parses the names of a global or nonlocal statement.
func (p *parser) names() []ast.Ident {
	p.next()
	names := []ast.Ident{p.ident()}
	for p.take(",") {
		names = append(names, p.ident())
	}
	return names
}

// isTypeAlias reports whether the next statement is type X = …. No other statement has a name right
// after that word.
func (p *parser) isTypeAlias() bool {
	return p.text(p.at) == "type" && p.isNameAt(p.at+1)
}

// typeAlias parses type X[T] = value.
func (p *parser) typeAlias() ast.Stmt {
	start := p.start()
	p.next()
	id := p.ident()
	t := &ast.TypeAlias{Name: &ast.NameExpr{Base: ast.Base{Span: id.Span}, ID: id.Name, Ctx: ast.Store}, TypeParams: p.typeParams()}
	p.expect("=")
	t.Value = p.expression()
	t.Span = p.span(start)
	return t
}

// assignment parses a statement that starts with an expression.
func (p *parser) assignment() ast.Stmt {
	start := p.start()
	paren := p.word == "("
	first := p.yieldOrStar()
	if op := augmented(p.word); op != "" {
		if !single(first) {
			p.fail(first.Range().Start, "illegal expression for augmented assignment")
		}
		p.bind(first, ast.Store)
		p.next()
		value := p.yieldOrStar()
		return &ast.AugAssign{Base: ast.Base{Span: p.span(start)}, Target: first, Op: op, Value: value}
	}
	switch p.word {
	case ":":
		return p.annotated(start, first, paren)
	case "=":
	case ":=":
		p.unexpected(invalid)
	default:
		return &ast.ExprStmt{Base: ast.Base{Span: p.span(start)}, Value: first}
	}
	a := &ast.Assign{Value: first}
	for p.take("=") {
		p.bind(a.Value, ast.Store)
		a.Targets = append(a.Targets, a.Value)
		a.Value = p.yieldOrStar()
	}
	a.Span = p.span(start)
	return a
}

// annotated parses the rest of an annotated assignment after its target.
func (p *parser) annotated(start int, target ast.Expr, paren bool) ast.Stmt {
	if !single(target) {
		p.fail(target.Range().Start, "illegal target for annotation")
	}
	p.bind(target, ast.Store)
	p.expect(":")
	_, name := target.(*ast.NameExpr)
	a := &ast.AnnAssign{Target: target, Annotation: p.expression(), Simple: name && !paren}
	if p.take("=") {
		a.Value = p.yieldOrStar()
	}
	a.Span = p.span(start)
	return a
}

// augmented returns the operator of an augmented assignment, "" for any other word.
func augmented(word string) string {
	switch word {
	case "+=", "-=", "*=", "@=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "**=", "//=":
		return word[:len(word)-1]
	}
	return ""
}
