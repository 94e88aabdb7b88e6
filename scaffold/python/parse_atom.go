package python

// primary reads a.b, a[b], a(b) and what they start with.
func (p *parser) primary() Expr {
	start := p.start()
	e := p.atom()
	for n := 0; ; n++ {
		p.link(n)
		switch p.word {
		case ".":
			p.next()
			attr := p.ident()
			e = &Attribute{Span: p.span(start), Value: e, Attr: attr}
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
			e = &Subscript{Span: p.span(start), Value: e, Index: index}
		default:
			return e
		}
	}
}

// slices reads what stands in the brackets of a subscript.
func (p *parser) slices() Expr {
	start := p.start()
	first := p.slice()
	_, star := first.(*Starred)
	if p.word != "," && !star {
		return first
	}
	elts := []Expr{first}
	for p.take(",") && p.word != "]" {
		elts = append(elts, p.slice())
	}
	return &Tuple{Span: p.span(start), Elts: elts}
}

// slice reads one element of them: a:b:c, *a or a.
func (p *parser) slice() Expr {
	start := p.start()
	if p.word == "*" {
		return p.starred(p.expression)
	}
	var lower Expr
	if p.word != ":" {
		lower = p.named()
		if _, named := lower.(*NamedExpr); p.word != ":" || named && p.toks[p.at-1].End == lower.Range().End {
			return lower
		}
	}
	s := &Slice{Lower: lower}
	p.expect(":")
	s.Upper = p.bound()
	if p.take(":") {
		s.Step = p.bound()
	}
	s.Span = p.span(start)
	return s
}

// bound reads a part of a slice, which may be left out.
func (p *parser) bound() Expr {
	switch p.word {
	case ":", "]", ",":
		return nil
	}
	return p.expression()
}

// atom reads a name, a literal or something in brackets.
func (p *parser) atom() Expr {
	t := p.token()
	span := Span{t.Start, t.End}
	switch t.Kind {
	case Name, Op:
	case Number:
		p.next()
		return &Constant{span, numberSort(p.src[t.Start:t.End]), p.src[t.Start:t.End]}
	case String, FStringStart, TStringStart:
		return p.strings()
	default:
		p.unexpected(invalid)
	}
	sort := Ellipsis
	switch p.word {
	case "":
		id := p.ident()
		return &NameExpr{Span: id.Span, ID: id.Name}
	case "(", "[", "{":
		p.deeper()
		e := p.bracketed()
		p.depth--
		return e
	case "...":
	case wordNone:
		sort = None
	case wordTrue:
		sort = True
	case wordFalse:
		sort = False
	default:
		p.unexpected(invalid)
	}
	p.next()
	return &Constant{span, sort, p.src[t.Start:t.End]}
}

// numberSort tells the sort of a number from its text.
func numberSort(text string) ConstantSort {
	hex := len(text) > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')
	for i := range len(text) {
		switch c := text[i]; {
		case c == 'j' || c == 'J':
			return Imaginary
		case hex:
		case c == '.' || c == 'e' || c == 'E':
			if last := text[len(text)-1]; last == 'j' || last == 'J' {
				return Imaginary
			}
			return Float
		}
	}
	return Int
}
