package parser

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// The levels of the expression grammar, loosest binding first
// (https://docs.python.org/3/reference/expressions.html#operator-precedence).

// starExpressions parses a, *b, c: one expression, or a tuple without parentheses.
func (p *parser) starExpressions() ast.Expr { return p.list(p.starExpression) }

// expressions parses a, b, c without stars.
func (p *parser) expressions() ast.Expr { return p.list(p.expression) }

// list parses elements separated by commas. Several elements, or one with a comma, are a tuple.
func (p *parser) list(element func() ast.Expr) ast.Expr {
	start := p.start()
	first := element()
	if p.word != "," {
		return first
	}
	elts := []ast.Expr{first}
	for p.take(",") {
		if !p.startsExpr() {
			break
		}
		elts = append(elts, element())
	}
	return &ast.Tuple{Base: ast.Base{Span: p.span(start)}, Elts: elts}
}

// startsExpr reports whether the next token can start an expression, including a starred one.
func (p *parser) startsExpr() bool {
	switch p.kind() {
	case token.Name, token.Op:
		switch p.word {
		case "", "(", "[", "{", "...", "-", "+", "~", "*", "not", "lambda", "await", wordNone, wordTrue, wordFalse:
			return true
		}
		return false
	case token.Number, token.String, token.FStringStart, token.TStringStart:
		return true
	default:
		return false
	}
}

// yieldOrStar parses what may be on the right of an equals sign.
func (p *parser) yieldOrStar() ast.Expr {
	if p.word == "yield" {
		return p.yield()
	}
	return p.starExpressions()
}

// yield parses yield, yield a, b or yield from a.
func (p *parser) yield() ast.Expr {
	start := p.start()
	p.expect("yield")
	if p.take("from") {
		value := p.expression()
		return &ast.Yield{Base: ast.Base{Span: p.span(start)}, From: true, Value: value}
	}
	var value ast.Expr
	if p.startsExpr() {
		value = p.starExpressions()
	}
	return &ast.Yield{Base: ast.Base{Span: p.span(start)}, Value: value}
}

// starExpression parses an expression or *a.
func (p *parser) starExpression() ast.Expr {
	if p.word == "*" {
		return p.starred(p.bitOr)
	}
	return p.expression()
}

// starNamed parses an expression, a := b or *a.
func (p *parser) starNamed() ast.Expr {
	if p.word == "*" {
		return p.starred(p.bitOr)
	}
	return p.named()
}

// starred parses a star and the value after it.
func (p *parser) starred(value func() ast.Expr) ast.Expr {
	start := p.start()
	p.expect("*")
	v := value()
	return &ast.Starred{Base: ast.Base{Span: p.span(start)}, Value: v}
}

// named parses an expression or a := b.
func (p *parser) named() ast.Expr {
	if !p.isName() || p.wordAt(p.at+1) != ":=" {
		e := p.expression()
		if p.word == ":=" {
			p.fail(e.Range().Start, "an assignment expression can only assign to a name")
		}
		return e
	}
	id := p.ident()
	p.expect(":=")
	value := p.expression()
	return &ast.NamedExpr{Base: ast.Base{Span: p.span(id.Start)}, Target: &ast.NameExpr{Base: ast.Base{Span: id.Span}, ID: id.Name, Ctx: ast.Store}, Value: value}
}

// expression parses a conditional expression, a lambda or anything that binds tighter.
func (p *parser) expression() ast.Expr {
	if p.word == "lambda" {
		return p.lambda()
	}
	start, at := p.start(), p.at
	if e := p.lone(); e != nil {
		p.last = at
		return e
	}
	body := p.disjunction()
	if p.word != "if" {
		p.last = at
		return body
	}
	p.deeper()
	p.next()
	test := p.disjunction()
	switch p.word {
	case "else":
	case ":":
		p.unexpected(invalid)
	default:
		p.fail(start, "expected 'else' after 'if' expression")
	}
	p.next()
	other := p.expression()
	p.depth--
	return &ast.IfExp{Base: ast.Base{Span: p.span(start)}, Test: test, Body: body, Else: other}
}

// lone parses a name or a number that is the whole expression, as most expressions are. It returns
// nil if the next token may continue the expression.
func (p *parser) lone() ast.Expr {
	t := p.token()
	if t.Kind != token.Number && !p.isName() || p.at+1 >= len(p.toks) {
		return nil
	}
	switch after := p.toks[p.at+1]; after.Kind {
	case token.Newline:
	case token.Op:
		if after.End-after.Start != 1 {
			return nil
		}
		switch p.src[after.Start] {
		case ',', ')', ']', '}', ':', '=', ';':
		default:
			return nil
		}
	default:
		return nil
	}
	return p.atom()
}

// lambda parses lambda params: body.
func (p *parser) lambda() ast.Expr {
	start := p.start()
	p.deeper()
	p.expect("lambda")
	params := p.params(":", false)
	p.expect(":")
	body := p.expression()
	p.depth--
	return &ast.Lambda{Base: ast.Base{Span: p.span(start)}, Params: params, Body: body}
}

// disjunction parses a or b or c.
func (p *parser) disjunction() ast.Expr { return p.boolOp("or", p.conjunction) }

// conjunction parses a and b and c.
func (p *parser) conjunction() ast.Expr { return p.boolOp("and", p.inversion) }

// boolOp parses operands separated by op.
func (p *parser) boolOp(op string, operand func() ast.Expr) ast.Expr {
	start := p.start()
	first := operand()
	if p.word != op {
		return first
	}
	values := []ast.Expr{first}
	for p.take(op) {
		values = append(values, operand())
	}
	return &ast.BoolOp{Base: ast.Base{Span: p.span(start)}, Op: op, Values: values}
}

// inversion parses not a.
func (p *parser) inversion() ast.Expr {
	if p.word != "not" {
		return p.comparison()
	}
	start := p.start()
	p.deeper()
	p.next()
	value := p.inversion()
	p.depth--
	return &ast.UnaryOp{Base: ast.Base{Span: p.span(start)}, Op: "not", Value: value}
}

// comparison parses a < b <= c.
func (p *parser) comparison() ast.Expr {
	start := p.start()
	left := p.bitOr()
	op := p.comparator()
	if op == "" {
		return left
	}
	c := &ast.Compare{Left: left}
	for ; op != ""; op = p.comparator() {
		c.Ops = append(c.Ops, op)
		c.Rights = append(c.Rights, p.bitOr())
	}
	c.Span = p.span(start)
	return c
}

// comparator parses a comparison operator of one or two words; "" if none comes next.
func (p *parser) comparator() string {
	op := p.word
	switch op {
	case "==", "!=", "<", "<=", ">", ">=", "in":
		p.next()
	case "is":
		p.next()
		if p.take("not") {
			return "is not"
		}
	case "not":
		if p.wordAt(p.at+1) != "in" {
			return ""
		}
		p.next()
		p.next()
		return "not in"
	default:
		return ""
	}
	return op
}

// bitOr parses everything that binds tighter than a comparison.
func (p *parser) bitOr() ast.Expr { return p.binary(1) }

// binary parses a chain of operators with at least the given precedence level.
func (p *parser) binary(level int) ast.Expr {
	start := p.start()
	left := p.factor()
	for n := 0; ; n++ {
		op := p.word
		l := binding(op)
		if l < level {
			return left
		}
		p.link(n)
		p.next()
		right := p.binary(l + 1)
		left = &ast.BinOp{Base: ast.Base{Span: p.span(start)}, Left: left, Op: op, Right: right}
	}
}

// binding returns the precedence of a binary operator, 0 for anything else.
func binding(op string) int {
	switch op {
	case "|":
		return 1
	case "^":
		return 2
	case "&":
		return 3
	case "<<", ">>":
		return 4
	case "+", "-":
		return 5
	case "*", "/", "//", "%", "@":
		return 6
	}
	return 0
}

// factor parses -a, +a, ~a and a ** b.
func (p *parser) factor() ast.Expr {
	start := p.start()
	switch op := p.word; op {
	case "-", "+", "~":
		p.deeper()
		p.next()
		value := p.factor()
		p.depth--
		return &ast.UnaryOp{Base: ast.Base{Span: p.span(start)}, Op: op, Value: value}
	case "await":
		p.next()
		value := p.primary()
		return p.power(start, &ast.Await{Base: ast.Base{Span: p.span(start)}, Value: value})
	}
	return p.power(start, p.primary())
}

// power parses ** and its right operand, if present.
func (p *parser) power(start int, base ast.Expr) ast.Expr {
	if p.word != "**" {
		return base
	}
	p.deeper()
	p.next()
	exponent := p.factor()
	p.depth--
	return &ast.BinOp{Base: ast.Base{Span: p.span(start)}, Left: base, Op: "**", Right: exponent}
}
