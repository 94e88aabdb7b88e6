package parser

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// classPattern parses the arguments of a class pattern.
func (p *parser) classPattern(start int, class ast.Expr) *ast.Pattern {
	q := &ast.Pattern{Sort: ast.PatternClass, Exprs: []ast.Expr{class}}
	p.deeper()
	p.expect("(")
	for p.word != ")" {
		if p.isName() && p.wordAt(p.at+1) == "=" {
			q.Attrs = append(q.Attrs, p.ident())
			p.next()
		} else if q.Attrs != nil {
			p.unexpected("positional patterns follow keyword patterns")
		}
		q.Patterns = append(q.Patterns, p.pattern())
		if !p.take(",") {
			break
		}
	}
	p.expect(")")
	p.depth--
	q.Span = p.span(start)
	return q
}

// bracketedPattern parses a group, a sequence or a mapping.
func (p *parser) bracketedPattern() *ast.Pattern {
	start := p.start()
	if p.word == "{" {
		return p.mapping()
	}
	closing := "]"
	group := p.word == "("
	if group {
		closing = ")"
	}
	p.next()
	q := &ast.Pattern{Sort: ast.PatternSequence}
	comma := false
	for p.word != closing {
		q.Patterns = append(q.Patterns, p.maybeStar())
		if comma = p.take(","); !comma {
			break
		}
	}
	p.expect(closing)
	if group && len(q.Patterns) == 1 && !comma {
		if q.Patterns[0].Sort == ast.PatternStar {
			p.fail(q.Patterns[0].Start, invalid)
		}
		return q.Patterns[0]
	}
	q.Span = p.span(start)
	return q
}

// mapping parses {key: pattern, **rest}.
func (p *parser) mapping() *ast.Pattern {
	start := p.start()
	q := &ast.Pattern{Sort: ast.PatternMapping}
	p.expect("{")
	for p.word != "}" {
		if q.Name != nil {
			p.fail(q.Name.Start, "double star pattern must be the last (right-most) subpattern in the mapping pattern")
		}
		if p.take("**") {
			q.Name = p.captured()
		} else {
			q.Exprs = append(q.Exprs, p.mappingKey())
			p.expect(":")
			q.Patterns = append(q.Patterns, p.pattern())
		}
		if !p.take(",") {
			break
		}
	}
	p.expect("}")
	q.Span = p.span(start)
	return q
}

// mappingKey parses a key: a literal or a dotted name.
func (p *parser) mappingKey() ast.Expr {
	switch {
	case p.isName():
		if p.wordAt(p.at+1) != "." {
			p.unexpected(invalid)
		}
		return p.dottedExpr()
	case p.word == wordNone || p.word == wordTrue || p.word == wordFalse:
		return p.atom()
	}
	return p.literalPattern()
}

// literalPattern parses a signed number, a complex number or strings.
func (p *parser) literalPattern() ast.Expr {
	switch p.kind() {
	case token.String, token.FStringStart, token.TStringStart:
		return p.strings()
	default:
	}
	start := p.start()
	left := p.signedNumber()
	op := p.word
	if op != "+" && op != "-" {
		return left
	}
	if isImaginary(left) {
		p.fail(left.Range().Start, "real number required in complex literal")
	}
	p.next()
	if p.kind() != token.Number {
		p.unexpected(invalid)
	}
	right := p.atom()
	if !isImaginary(right) {
		p.fail(right.Range().Start, "imaginary number required in complex literal")
	}
	return &ast.BinOp{Base: ast.Base{Span: p.span(start)}, Left: left, Op: op, Right: right}
}

// signedNumber parses a number with an optional minus sign.
func (p *parser) signedNumber() ast.Expr {
	start := p.start()
	op := p.word
	if op == "-" {
		p.next()
	}
	if p.kind() != token.Number {
		p.unexpected(invalid)
	}
	number := p.atom()
	if op == "-" {
		return &ast.UnaryOp{Base: ast.Base{Span: p.span(start)}, Op: op, Value: number}
	}
	return number
}

// isImaginary reports whether a number, possibly signed, is imaginary.
func isImaginary(e ast.Expr) bool {
	if u, ok := e.(*ast.UnaryOp); ok {
		e = u.Value
	}
	c, ok := e.(*ast.Constant)
	return ok && c.Sort == ast.Imaginary
}
