package parser

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// importName parses import a.b as c, d.
func (p *parser) importName() ast.Stmt {
	start := p.start()
	p.expect("import")
	if p.kind() == token.Newline {
		p.unexpected("Expected one or more names after 'import'")
	}
	i := &ast.Import{}
	for {
		at := p.start()
		i.Names = append(i.Names, p.alias(at, p.dotted()))
		if !p.take(",") {
			break
		}
	}
	i.Span = p.span(start)
	return i
}

// dotted parses a.b.c.
func (p *parser) dotted() string {
	name := p.ident().Name
	for p.take(".") {
		name += "." + p.ident().Name
	}
	return name
}

// alias parses an optional as after an imported name.
func (p *parser) alias(start int, name string) *ast.Alias {
	a := &ast.Alias{Name: name}
	if p.take("as") {
		id := p.ident()
		a.As = &id
	}
	a.Span = p.span(start)
	return a
}

// importFrom parses from ..a import b as c.
func (p *parser) importFrom() ast.Stmt {
	start := p.start()
	p.expect("from")
	i := &ast.ImportFrom{}
	for {
		if p.take(".") {
			i.Level++
		} else if p.take("...") {
			i.Level += 3
		} else {
			break
		}
	}
	if i.Level == 0 || p.word != "import" {
		i.Module = p.dotted()
	}
	p.expect("import")
	at := p.start()
	switch {
	case p.take("*"):
		i.Names = []*ast.Alias{{Base: ast.Base{Span: p.span(at)}, Name: "*"}}
	case p.take("("):
		i.Names = p.aliases(true)
		p.expect(")")
	case p.kind() == token.Newline:
		p.unexpected("Expected one or more names after 'import'")
	default:
		i.Names = p.aliases(false)
	}
	i.Span = p.span(start)
	return i
}

// aliases parses the names that are imported from a module.
func (p *parser) aliases(trailing bool) []*ast.Alias {
	var list []*ast.Alias
	for {
		at := p.start()
		list = append(list, p.alias(at, p.ident().Name))
		if !p.take(",") {
			return list
		}
		if p.kind() == token.Newline {
			p.unexpected("trailing comma not allowed without surrounding parentheses")
		}
		if trailing && p.word == ")" {
			return list
		}
	}
}
