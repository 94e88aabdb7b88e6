package parser

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// compound parses a compound statement; nil if none comes next.
func (p *parser) compound() ast.Stmt {
	start := p.start()
	switch p.word {
	case "if":
		return p.ifStmt()
	case "while":
		p.next()
		w := &ast.While{Test: p.named()}
		w.Body = p.block()
		w.Else = p.otherwise()
		w.Span = p.span(start)
		return w
	case "for":
		return p.forStmt(start, false)
	case "try":
		return p.tryStmt()
	case "with":
		return p.withStmt(start, false)
	case "def":
		return p.def(start, nil, false)
	case "class":
		return p.class(nil)
	case "@":
		return p.decorated()
	case "async":
		return p.async(nil)
	case "":
		if p.isMatch() {
			return p.match()
		}
	}
	return nil
}

// async parses async def, async for or async with.
func (p *parser) async(decorators []ast.Expr) ast.Stmt {
	start := p.start()
	p.expect("async")
	switch {
	case p.word == "def":
		return p.def(start, decorators, true)
	case p.word == "for" && decorators == nil:
		return p.forStmt(start, true)
	case p.word == "with" && decorators == nil:
		return p.withStmt(start, true)
	}
	p.unexpected(invalid)
	return nil
}

// decorated parses decorators and the definition they apply to.
func (p *parser) decorated() ast.Stmt {
	var decorators []ast.Expr
	for p.take("@") {
		decorators = append(decorators, p.named())
		if p.kind() != token.Newline {
			p.unexpected(invalid)
		}
		p.next()
	}
	switch p.word {
	case "def":
		return p.def(p.start(), decorators, false)
	case "class":
		return p.class(decorators)
	case "async":
		return p.async(decorators)
	}
	p.unexpected(invalid)
	return nil
}

// def parses a function definition after its decorators and async.
func (p *parser) def(start int, decorators []ast.Expr, async bool) ast.Stmt {
	p.expect("def")
	f := &ast.FunctionDef{Async: async, Decorators: decorators, Name: p.ident(), TypeParams: p.typeParams()}
	p.expect("(")
	f.Params = p.params(")", true)
	p.expect(")")
	if p.take("->") {
		f.Returns = p.expression()
	}
	f.Body = p.block()
	f.Span = p.span(start)
	return f
}

// class parses a class definition after its decorators.
func (p *parser) class(decorators []ast.Expr) ast.Stmt {
	start := p.start()
	p.expect("class")
	c := &ast.ClassDef{Decorators: decorators, Name: p.ident(), TypeParams: p.typeParams()}
	if p.word == "(" {
		args := p.call(true)
		c.Bases, c.Keywords = args.Args, args.Keywords
	}
	c.Body = p.block()
	c.Span = p.span(start)
	return c
}

// ifStmt parses an if statement with all its elifs.
func (p *parser) ifStmt() ast.Stmt {
	var chain []*ast.If
	for p.word == "if" && chain == nil || p.word == "elif" {
		p.link(len(chain))
		start := p.start()
		p.next()
		one := &ast.If{Base: ast.Base{Span: token.Span{Start: start}}, Test: p.named()}
		one.Body = p.block()
		if n := len(chain); n > 0 {
			chain[n-1].Else = []ast.Stmt{one}
		}
		chain = append(chain, one)
	}
	chain[len(chain)-1].Else = p.otherwise()
	for _, one := range chain {
		one.End = p.end()
	}
	return chain[0]
}

// otherwise parses else and its block, if present.
func (p *parser) otherwise() []ast.Stmt {
	if !p.take("else") {
		return nil
	}
	return p.block()
}

// forStmt parses a for statement after async.
func (p *parser) forStmt(start int, async bool) ast.Stmt {
	p.expect("for")
	f := &ast.For{Async: async, Target: p.forTarget()}
	p.expect("in")
	f.Iter = p.starExpressions()
	f.Body = p.block()
	f.Else = p.otherwise()
	f.Span = p.span(start)
	return f
}

// tryStmt parses a try statement.
func (p *parser) tryStmt() ast.Stmt {
	start := p.start()
	p.expect("try")
	t := &ast.Try{Body: p.block()}
	for p.word == "except" {
		star := p.wordAt(p.at+1) == "*"
		if len(t.Handlers) > 0 && star != t.Star {
			p.unexpected("cannot have both 'except' and 'except*' on the same 'try'")
		}
		t.Star = star
		t.Handlers = append(t.Handlers, p.handler())
	}
	if t.Handlers != nil {
		t.Else = p.otherwise()
	}
	if p.take("finally") {
		t.Finally = p.block()
	} else if t.Handlers == nil {
		p.unexpected("expected 'except' or 'finally' block")
	}
	t.Span = p.span(start)
	return t
}

// handler parses an except or except* clause.
func (p *parser) handler() *ast.Handler {
	start := p.start()
	p.expect("except")
	h := &ast.Handler{}
	if p.take("*") {
		if p.word == ":" || p.kind() == token.Newline {
			p.unexpected("expected one or more exception types")
		}
	}
	if p.word != ":" && p.kind() != token.Newline {
		h.Type = p.expressions()
		if p.word == "as" {
			if e, ok := h.Type.(*ast.Tuple); ok && p.src[e.Start] != '(' || ok && p.toks[p.at-1].End != e.End {
				p.fail(e.Start, "multiple exception types must be parenthesized when using 'as'")
			}
			p.next()
			id := p.ident()
			h.Name = &id
		}
	}
	h.Body = p.block()
	h.Span = p.span(start)
	return h
}

// withStmt parses a with statement after async.
func (p *parser) withStmt(start int, async bool) ast.Stmt {
	p.expect("with")
	w := &ast.With{Async: async}
	var refused *token.Error
	if p.itemsInParentheses() {
		refused = p.try(func() {
			p.expect("(")
			w.Items = p.withItems(")")
			p.expect(")")
		})
	}
	if w.Items == nil || refused != nil {
		again := p.try(func() { w.Items = p.withItems(":") })
		if again != nil {
			if refused != nil && refused.Offset > again.Offset {
				again = refused
			}
			panic(again)
		}
	}
	w.Body = p.block()
	w.Span = p.span(start)
	return w
}

// itemsInParentheses reports whether a parenthesis after with closes right before the colon.
func (p *parser) itemsInParentheses() bool {
	if p.word != "(" {
		return false
	}
	level := 0
	for i := p.at; i < len(p.toks); i++ {
		switch p.wordAt(i) {
		case "(", "[", "{":
			level++
		case ")", "]", "}":
			if level--; level == 0 {
				return p.wordAt(i+1) == ":"
			}
		}
	}
	return false
}

// withItems parses items up to the closing token.
func (p *parser) withItems(closing string) []*ast.WithItem {
	var items []*ast.WithItem
	for {
		start := p.start()
		item := &ast.WithItem{Context: p.expression()}
		if p.take("as") {
			item.Target = p.starTarget()
			p.bind(item.Target, ast.Store)
		}
		item.Span = p.span(start)
		items = append(items, item)
		if !p.take(",") || closing == ")" && p.word == closing {
			return items
		}
	}
}
