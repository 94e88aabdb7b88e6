package parser

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// bracketed parses an expression that starts with a bracket.
func (p *parser) bracketed() ast.Expr {
	switch p.word {
	case "(":
		return p.parenthesised()
	case "[":
		return p.listDisplay()
	}
	return p.braces()
}

// parenthesised parses a group, a tuple or a generator expression.
func (p *parser) parenthesised() ast.Expr {
	start := p.start()
	p.expect("(")
	if p.take(")") {
		return &ast.Tuple{Base: ast.Base{Span: p.span(start)}}
	}
	if p.word == "yield" {
		e := p.yield()
		p.expect(")")
		return e
	}
	first := p.starNamed()
	_, star := first.(*ast.Starred)
	switch {
	case p.word == ",":
		elts := p.elements(first, ")")
		return &ast.Tuple{Base: ast.Base{Span: p.span(start)}, Elts: elts}
	case star && p.word == ")":
		p.fail(first.Range().Start, "cannot use starred expression here")
	case p.startsClause():
		return p.comprehension(start, '(', nil, first, ")")
	}
	p.close(")")
	return first
}

// close parses a closing bracket.
func (p *parser) close(bracket string) {
	if p.take(bracket) {
		return
	}
	if p.word == "=" {
		p.unexpected("invalid syntax. Maybe you meant '==' or ':=' instead of '='?")
	}
	p.comma()
	p.unexpected(invalid)
}

// comma rejects two adjacent expressions, at the start of the first.
func (p *parser) comma() {
	if p.startsExpr() && p.word != "*" && !p.isSoft(p.last) && !(p.kindAt(p.last) == token.Name && p.kindAt(p.last+1) == token.String) {
		p.fail(p.toks[p.last].Start, "invalid syntax. Perhaps you forgot a comma?")
	}
}

// isSoft reports whether token i is a soft keyword.
func (p *parser) isSoft(i int) bool {
	switch p.text(i) {
	case "match", "case", "type", "_":
		return true
	}
	return false
}

// elements parses the rest of a list, tuple or set after its first element, including the closing
// bracket.
func (p *parser) elements(first ast.Expr, closing string) []ast.Expr {
	elts := []ast.Expr{first}
	for p.take(",") && p.word != closing {
		elts = append(elts, p.starNamed())
	}
	if p.startsClause() {
		p.unexpected("did you forget parentheses around the comprehension target?")
	}
	p.close(closing)
	return elts
}

// listDisplay parses [a, b] and [a for b in c].
func (p *parser) listDisplay() ast.Expr {
	start := p.start()
	p.expect("[")
	if p.take("]") {
		return &ast.List{Base: ast.Base{Span: p.span(start)}}
	}
	first := p.starNamed()
	if p.startsClause() {
		return p.comprehension(start, '[', nil, first, "]")
	}
	elts := p.elements(first, "]")
	return &ast.List{Base: ast.Base{Span: p.span(start)}, Elts: elts}
}

// braces parses sets, dicts and their comprehensions.
func (p *parser) braces() ast.Expr {
	start := p.start()
	p.expect("{")
	if p.take("}") {
		return &ast.Dict{Base: ast.Base{Span: p.span(start)}}
	}
	if p.word == "**" {
		return p.dict(start, nil, p.unpacked())
	}
	first := p.starNamed()
	switch first.(type) {
	case *ast.Starred, *ast.NamedExpr:
		if p.word == ":" && p.src[first.Range().Start] == '*' {
			p.unexpected("cannot use a starred expression in a dictionary key")
		}
		if p.word == ":" && p.toks[p.at-1].End == first.Range().End {
			p.unexpected(invalid)
		}
	}
	if p.startsClause() {
		return p.comprehension(start, '{', nil, first, "}")
	}
	if p.word == ":" {
		value := p.dictValue()
		if p.startsClause() {
			return p.comprehension(start, '{', first, value, "}")
		}
		return p.dict(start, first, value)
	}
	elts := p.elements(first, "}")
	return &ast.Set{Base: ast.Base{Span: p.span(start)}, Elts: elts}
}

// unpacked parses **a in a dict.
func (p *parser) unpacked() ast.Expr {
	p.expect("**")
	value := p.bitOr()
	if p.startsClause() {
		p.unexpected("dict unpacking cannot be used in dict comprehension")
	}
	return value
}

// dictValue parses the colon and the value of a pair in a dict.
func (p *parser) dictValue() ast.Expr {
	colon := p.start()
	p.expect(":")
	switch p.word {
	case "}", ",":
		p.fail(colon, "expression expected after dictionary key and ':'")
	case "*":
		p.unexpected("cannot use a starred expression in a dictionary value")
	}
	return p.expression()
}

// dict parses the rest of a dict after its first pair.
func (p *parser) dict(start int, key, value ast.Expr) ast.Expr {
	d := &ast.Dict{Keys: []ast.Expr{key}, Values: []ast.Expr{value}}
	for p.take(",") && p.word != "}" {
		if p.word == "**" {
			d.Keys = append(d.Keys, nil)
			d.Values = append(d.Values, p.unpacked())
			continue
		}
		key := p.expression()
		if p.word != ":" {
			p.comma()
			p.fail(p.end()-1, "':' expected after dictionary key")
		}
		d.Keys = append(d.Keys, key)
		d.Values = append(d.Values, p.dictValue())
	}
	p.close("}")
	d.Span = p.span(start)
	return d
}

// startsClause reports whether for or async for comes next.
func (p *parser) startsClause() bool {
	return p.word == "for" || p.word == "async" && p.wordAt(p.at+1) == "for"
}

// comprehension parses the clauses of a comprehension and its closing bracket.
func (p *parser) comprehension(start int, sort byte, key, elt ast.Expr, closing string) ast.Expr {
	if s, ok := elt.(*ast.Starred); ok && p.src[s.Start] == '*' {
		p.fail(s.Start, "iterable unpacking cannot be used in comprehension")
	}
	c := &ast.Comprehension{Sort: sort, Key: key, Elt: elt}
	for p.startsClause() {
		p.link(len(c.Clauses))
		c.Clauses = append(c.Clauses, p.clause())
	}
	p.close(closing)
	c.Span = p.span(start)
	return c
}

// clause parses for a in b if c.
func (p *parser) clause() *ast.Clause {
	start := p.start()
	c := &ast.Clause{Async: p.take("async")}
	p.expect("for")
	c.Target = p.forTarget()
	p.expect("in")
	c.Iter = p.disjunction()
	for p.take("if") {
		c.Ifs = append(c.Ifs, p.disjunction())
	}
	c.Span = p.span(start)
	return c
}
