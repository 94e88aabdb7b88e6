package parser

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// isMatch reports whether the next statement is a match statement: its line ends with a colon,
// unlike any other statement that starts with this name.
func (p *parser) isMatch() bool {
	if p.text(p.at) != "match" {
		return false
	}
	i := p.at
	for p.kindAt(i) != token.Newline && p.kindAt(i) != token.EndMarker {
		i++
	}
	return i > p.at+2 && p.wordAt(i-1) == ":"
}

// match parses a match statement and its cases.
func (p *parser) match() ast.Stmt {
	start := p.start()
	p.next()
	m := &ast.Match{Subject: p.list(p.starNamed)}
	if s, ok := m.Subject.(*ast.Starred); ok && p.src[s.Start] == '*' {
		p.unexpected(invalid)
	}
	p.expect(":")
	p.indent()
	for p.kind() != token.Dedent && p.kind() != token.EndMarker {
		m.Cases = append(m.Cases, p.matchCase())
	}
	p.dedent()
	m.Span = p.span(start)
	return m
}

// matchCase parses one case.
func (p *parser) matchCase() *ast.MatchCase {
	start := p.start()
	if p.text(p.at) != "case" {
		p.unexpected(invalid)
	}
	p.next()
	c := &ast.MatchCase{Pattern: p.patterns()}
	if p.take("if") {
		c.Guard = p.named()
	}
	c.Body = p.block()
	c.Span = p.span(start)
	return c
}

// patterns parses the pattern of a case: a pattern, or a sequence without brackets.
func (p *parser) patterns() *ast.Pattern {
	start := p.start()
	first := p.maybeStar()
	if p.word != "," {
		if first.Sort == ast.PatternStar {
			p.unexpected(invalid)
		}
		return first
	}
	list := []*ast.Pattern{first}
	for p.take(",") && p.word != ":" && p.word != "if" {
		list = append(list, p.maybeStar())
	}
	return &ast.Pattern{Base: ast.Base{Span: p.span(start)}, Sort: ast.PatternSequence, Patterns: list}
}

// maybeStar parses a pattern or *name.
func (p *parser) maybeStar() *ast.Pattern {
	start := p.start()
	if !p.take("*") {
		return p.pattern()
	}
	if p.text(p.at) == "_" {
		p.next()
		return &ast.Pattern{Base: ast.Base{Span: p.span(start)}, Sort: ast.PatternStar}
	}
	name := p.captured()
	return &ast.Pattern{Base: ast.Base{Span: p.span(start)}, Sort: ast.PatternStar, Name: name}
}

// captured parses a name that a pattern binds.
func (p *parser) captured() *ast.Ident {
	if p.text(p.at) == "_" {
		p.unexpected("cannot use '_' as a target")
	}
	id := p.ident()
	switch p.word {
	case ".", "(", "=":
		p.unexpected(invalid)
	}
	return &id
}

// pattern parses a pattern with an optional as.
func (p *parser) pattern() *ast.Pattern {
	start := p.start()
	first := p.orPattern()
	if !p.take("as") {
		return first
	}
	name := p.captured()
	return &ast.Pattern{Base: ast.Base{Span: p.span(start)}, Sort: ast.PatternAs, Patterns: []*ast.Pattern{first}, Name: name}
}

// orPattern parses a | b.
func (p *parser) orPattern() *ast.Pattern {
	start := p.start()
	first := p.closedPattern()
	if p.word != "|" {
		return first
	}
	list := []*ast.Pattern{first}
	for p.take("|") {
		list = append(list, p.closedPattern())
	}
	return &ast.Pattern{Base: ast.Base{Span: p.span(start)}, Sort: ast.PatternOr, Patterns: list}
}

// closedPattern parses a pattern that cannot be confused with a part of another.
func (p *parser) closedPattern() *ast.Pattern {
	start := p.start()
	switch p.word {
	case "(", "[", "{":
		p.deeper()
		q := p.bracketedPattern()
		p.depth--
		return q
	case wordNone, wordTrue, wordFalse:
		e := p.atom()
		return &ast.Pattern{Base: ast.Base{Span: p.span(start)}, Sort: ast.PatternSingleton, Exprs: []ast.Expr{e}}
	case "":
		if p.kind() == token.Name {
			return p.namePattern()
		}
	}
	e := p.literalPattern()
	return &ast.Pattern{Base: ast.Base{Span: p.span(start)}, Sort: ast.PatternValue, Exprs: []ast.Expr{e}}
}

// namePattern parses _, a name to bind, a dotted name, or a class with its arguments.
func (p *parser) namePattern() *ast.Pattern {
	start := p.start()
	if p.wordAt(p.at+1) != "." && p.wordAt(p.at+1) != "(" {
		if p.text(p.at) == "_" && p.wordAt(p.at+1) != "=" {
			p.next()
			return &ast.Pattern{Base: ast.Base{Span: p.span(start)}, Sort: ast.PatternAs}
		}
		name := p.captured()
		return &ast.Pattern{Base: ast.Base{Span: p.span(start)}, Sort: ast.PatternAs, Name: name}
	}
	e := p.dottedExpr()
	if p.word == "(" {
		return p.classPattern(start, e)
	}
	if p.word == "=" {
		p.unexpected(invalid)
	}
	return &ast.Pattern{Base: ast.Base{Span: p.span(start)}, Sort: ast.PatternValue, Exprs: []ast.Expr{e}}
}

// dottedExpr parses a.b.c as an expression.
func (p *parser) dottedExpr() ast.Expr {
	start := p.start()
	id := p.ident()
	var e ast.Expr = &ast.NameExpr{Base: ast.Base{Span: id.Span}, ID: id.Name}
	for n := 0; p.take("."); n++ {
		p.link(n)
		attr := p.ident()
		e = &ast.Attribute{Base: ast.Base{Span: p.span(start)}, Value: e, Attr: attr}
	}
	return e
}
