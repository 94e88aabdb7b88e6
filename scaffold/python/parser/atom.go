package parser

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// primary parses an atom followed by any of .b, [b] and (b).
func (p *parser) primary() ast.Expr {
	start := p.start()
	e := p.atom()
	for n := 0; ; n++ {
		p.link(n)
		switch p.word {
		case ".":
			p.next()
			attr := p.ident()
			e = &ast.Attribute{Base: ast.Base{Span: p.span(start)}, Value: e, Attr: attr}
		case "(":
			c := p.call(false)
			c.Span, c.Func = p.span(start), e
			e = c
		case "[":
			p.deeper()
			p.next()
			index := p.slices()
			p.close("]")
			p.depth--
			e = &ast.Subscript{Base: ast.Base{Span: p.span(start)}, Value: e, Index: index}
		default:
			return e
		}
	}
}

// slices parses the contents of a subscript's brackets.
func (p *parser) slices() ast.Expr {
	start := p.start()
	first := p.slice()
	_, star := first.(*ast.Starred)
	if p.word != "," && !star {
		return first
	}
	elts := []ast.Expr{first}
	for p.take(",") && p.word != "]" {
		elts = append(elts, p.slice())
	}
	return &ast.Tuple{Base: ast.Base{Span: p.span(start)}, Elts: elts}
}

// slice parses one element of a subscript: a:b:c, *a or a.
func (p *parser) slice() ast.Expr {
	start := p.start()
	if p.word == "*" {
		return p.starred(p.expression)
	}
	var lower ast.Expr
	if p.word != ":" {
		lower = p.named()
		if _, named := lower.(*ast.NamedExpr); p.word != ":" || named && p.toks[p.at-1].End == lower.Range().End {
			return lower
		}
	}
	s := &ast.Slice{Lower: lower}
	p.expect(":")
	s.Upper = p.bound()
	if p.take(":") {
		s.Step = p.bound()
	}
	s.Span = p.span(start)
	return s
}

// bound parses an optional part of a slice.
func (p *parser) bound() ast.Expr {
	switch p.word {
	case ":", "]", ",":
		return nil
	}
	return p.expression()
}

// atom parses a name, a literal or a bracketed expression.
func (p *parser) atom() ast.Expr {
	t := p.token()
	span := token.Span{Start: t.Start, End: t.End}
	switch t.Kind {
	case token.Name, token.Op:
	case token.Number:
		p.next()
		return &ast.Constant{Base: ast.Base{Span: span}, Sort: numberSort(p.src[t.Start:t.End]), Value: p.src[t.Start:t.End]}
	case token.String, token.FStringStart, token.TStringStart:
		return p.strings()
	default:
		p.unexpected(invalid)
	}
	sort := ast.Ellipsis
	switch p.word {
	case "":
		id := p.ident()
		return &ast.NameExpr{Base: ast.Base{Span: id.Span}, ID: id.Name}
	case "(", "[", "{":
		p.deeper()
		e := p.bracketed()
		p.depth--
		return e
	case "...":
	case wordNone:
		sort = ast.None
	case wordTrue:
		sort = ast.True
	case wordFalse:
		sort = ast.False
	default:
		p.unexpected(invalid)
	}
	p.next()
	return &ast.Constant{Base: ast.Base{Span: span}, Sort: sort, Value: p.src[t.Start:t.End]}
}

// numberSort returns the kind of a number literal.
func numberSort(text string) ast.ConstantSort {
	hex := len(text) > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')
	for i := range len(text) {
		switch c := text[i]; {
		case c == 'j' || c == 'J':
			return ast.Imaginary
		case hex:
		case c == '.' || c == 'e' || c == 'E':
			if last := text[len(text)-1]; last == 'j' || last == 'J' {
				return ast.Imaginary
			}
			return ast.Float
		}
	}
	return ast.Int
}
