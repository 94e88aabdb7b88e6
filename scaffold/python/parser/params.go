package parser

import "sleet/scaffold/python/ast"

// paramsReader parses the parameters of one function.
type paramsReader struct {
	*parser
	closing            string // the token that ends them
	annotated          bool   // for a def, not a lambda
	list               []*ast.Param
	slash, star, kinds bool // whether /, * and ** have been parsed
	bare               bool // * had no name, and no parameter has followed yet
	defaults           bool // a parameter before * has a default
}

// params parses parameters up to the closing token.
func (p *parser) params(closing string, annotated bool) *ast.Params {
	r := &paramsReader{parser: p, closing: closing, annotated: annotated}
	start := p.start()
	for p.word != closing {
		r.param()
		if !p.take(",") {
			break
		}
	}
	if r.bare {
		p.unexpected("named parameters must follow bare *")
	}
	return &ast.Params{Base: ast.Base{Span: p.span(start)}, List: r.list}
}

// param parses one parameter, or a separator.
func (r *paramsReader) param() {
	if r.kinds {
		r.unexpected("parameters cannot follow var-keyword parameter")
	}
	switch r.word {
	case "/":
		r.slashed()
	case "*":
		r.starred()
	case "**":
		if r.bare {
			r.unexpected("named parameters must follow bare *")
		}
		r.next()
		r.one(ast.VarKeyword)
		r.kinds = true
		if r.word == "=" {
			r.unexpected("var-keyword parameter cannot have default value")
		}
	default:
		r.plain()
	}
}

// slashed parses /, which makes all parameters before it positional-only.
func (r *paramsReader) slashed() {
	switch {
	case r.slash:
		r.unexpected("/ may appear only once")
	case r.star:
		r.unexpected("/ must be ahead of *")
	case len(r.list) == 0:
		r.unexpected("at least one parameter must precede /")
	}
	r.next()
	r.slash = true
	for _, p := range r.list {
		p.Sort = ast.PositionalOnly
	}
}

// starred parses *, with or without a name.
func (r *paramsReader) starred() {
	if r.star {
		r.unexpected("* may appear only once")
	}
	r.star = true
	r.next()
	if r.word == "," || r.word == r.closing {
		r.bare = true
		return
	}
	r.one(ast.VarPositional)
	if r.word == "=" {
		r.unexpected("var-positional parameter cannot have default value")
	}
}

// plain parses a parameter without stars.
func (r *paramsReader) plain() {
	if r.word == "(" {
		r.unexpected("parameters cannot be parenthesized")
	}
	sort := ast.Positional
	if r.star {
		sort = ast.KeywordOnly
	}
	start := r.parser.start()
	one := r.one(sort)
	r.bare = false
	equals := r.parser.start()
	if r.take("=") {
		if r.word == "," || r.word == r.closing {
			r.fail(equals, "expected default value expression")
		}
		one.Default = r.expression()
	}
	switch {
	case r.star:
	case one.Default != nil:
		r.defaults = true
	case r.defaults:
		r.fail(start, "parameter without a default follows parameter with a default")
	}
}

// one parses the name of a parameter and its annotation.
func (r *paramsReader) one(sort ast.ParamSort) *ast.Param {
	start := r.parser.start()
	one := &ast.Param{Sort: sort, Name: r.ident()}
	if r.annotated && r.take(":") {
		if sort == ast.VarPositional {
			one.Annotation = r.starExpression()
		} else {
			one.Annotation = r.expression()
		}
	}
	one.Span = r.span(start)
	r.list = append(r.list, one)
	return one
}

// typeParams parses [T, *Ts, **P] if present.
func (p *parser) typeParams() []*ast.TypeParam {
	if !p.take("[") {
		return nil
	}
	if p.word == "]" {
		p.unexpected("Type parameter list cannot be empty")
	}
	var list []*ast.TypeParam
	for p.word != "]" {
		list = append(list, p.typeParam())
		if !p.take(",") {
			break
		}
	}
	p.expect("]")
	return list
}

// typeParam parses one type parameter.
func (p *parser) typeParam() *ast.TypeParam {
	start := p.start()
	t := &ast.TypeParam{}
	switch {
	case p.take("*"):
		t.Stars = 1
	case p.take("**"):
		t.Stars = 2
	}
	t.Name = p.ident()
	if p.word == ":" {
		switch t.Stars {
		case 1:
			p.unexpected("cannot use bound with TypeVarTuple")
		case 2:
			p.unexpected("cannot use bound with ParamSpec")
		}
		p.next()
		t.Bound = p.expression()
	}
	if p.take("=") {
		if t.Stars == 1 {
			t.Default = p.starExpression()
		} else {
			t.Default = p.expression()
		}
	}
	t.Span = p.span(start)
	return t
}
