package parser

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// arguments holds the arguments of a call during parsing.
type arguments struct {
	*ast.Call
	unpacks bool // whether there was a **a
}

// call parses the arguments of a call, or of a class, which cannot have an unparenthesized
// generator expression.
func (p *parser) call(class bool) *ast.Call {
	c := &arguments{Call: &ast.Call{}}
	open := p.start()
	p.deeper()
	p.expect("(")
	for p.word != ")" {
		if done := p.argument(c, open, class); done {
			break
		}
		if !p.take(",") {
			break
		}
	}
	p.close(")")
	p.depth--
	return c.Call
}

// argument parses one argument. It reports whether that was a generator expression in the call's
// own parentheses, which must be the only argument.
func (p *parser) argument(c *arguments, open int, class bool) bool {
	start := p.start()
	switch {
	case p.word == "*":
		if c.unpacks {
			p.fail(start, "iterable argument unpacking follows keyword argument unpacking")
		}
		c.Args = append(c.Args, p.starred(p.expression))
	case p.take("**"):
		value := p.expression()
		c.unpacks = true
		c.Keywords = append(c.Keywords, &ast.Keyword{Base: ast.Base{Span: p.span(start)}, Name: nil, Value: value})
	case p.isName() && p.wordAt(p.at+1) == "=":
		id := p.ident()
		p.next()
		if p.word == "," || p.word == ")" {
			p.fail(id.Start, "expected argument value expression")
		}
		value := p.expression()
		c.Keywords = append(c.Keywords, &ast.Keyword{Base: ast.Base{Span: p.span(start)}, Name: &id, Value: value})
	default:
		return p.positional(c, open, class)
	}
	if p.startsClause() {
		p.unexpected(invalid)
	}
	return false
}

// positional parses a positional argument.
func (p *parser) positional(c *arguments, open int, class bool) bool {
	e := p.named()
	p.comma()
	switch {
	case p.word == "=":
		p.fail(e.Range().Start, `expression cannot contain assignment, perhaps you meant "=="?`)
	case p.startsClause():
		only := len(c.Args)+len(c.Keywords) == 0 && !class
		g := &ast.Comprehension{Sort: '(', Elt: e}
		for p.startsClause() {
			g.Clauses = append(g.Clauses, p.clause())
		}
		if !only || p.word != ")" {
			p.fail(e.Range().Start, "Generator expression must be parenthesized")
		}
		g.Span = token.Span{Start: open, End: p.token().End}
		c.Args = append(c.Args, g)
		return true
	case c.unpacks:
		p.fail(p.closing(), "positional argument follows keyword argument unpacking")
	case len(c.Keywords) > 0:
		p.fail(p.closing(), "positional argument follows keyword argument")
	}
	c.Args = append(c.Args, e)
	return false
}

// closing returns the offset of the bracket that closes around the next token.
func (p *parser) closing() int {
	level := 0
	for i := p.at; i < len(p.toks); i++ {
		switch p.wordAt(i) {
		case "(", "[", "{":
			level++
		case ")", "]", "}":
			if level--; level < 0 {
				return p.toks[i].Start
			}
		}
	}
	return p.start()
}
