package engine

import (
	"strings"
)

// node computes a value; caught is the error that a block's handler has at hand.
type node func(s *Session, caught *Error) (any, *Error)

// expression is an expression that has been read: what a column of it is called, its type where
// that is known, and its value.
type expression struct {
	name, typ string
	in        node
}

// eval returns the value outside of a handler.
func (e expression) eval(s *Session) (any, *Error) { return e.in(s, nil) }

// selected is a SELECT that has been read.
type selected struct {
	list []expression
	star bool
	from func(*Session) (*Result, *Error)
	// where and limit as they stand.
	where *expression
	limit int64
}

// query reads SELECT: of constants, context functions, functions, and what a driver asks for.
func (p *parser) query() statement {
	if p.isEventQuery() {
		return p.eventQuery()
	}
	q := p.selectOne()
	return statement{kind: kindSelect, run: q.Run}
}

func (p *parser) selectOne() *selected {
	p.need("SELECT")
	q := &selected{limit: -1}
	p.word("ALL")
	if p.symbol("*") {
		q.star = true
	} else {
		q.list = append(q.list, p.column())
		for p.symbol(",") {
			q.list = append(q.list, p.column())
		}
	}
	if p.word("FROM") {
		q.from = p.source()
	}
	if p.word("WHERE") {
		if q.from != nil {
			p.whereOfSource()
		} else {
			e := p.expression()
			q.where = &e
		}
	}
	if p.word("LIMIT") {
		q.limit = p.number()
	}
	if q.star && q.from == nil {
		p.fail()
	}
	return q
}

// column reads an expression and its alias.
func (p *parser) column() expression {
	from := p.rest()
	e := p.expression()
	var b strings.Builder
	for _, t := range from[:len(from)-len(p.rest())] {
		b.WriteString(t.raw)
	}
	e.name = strings.ToUpper(b.String())
	if t := p.peek(); p.word("AS") {
		e.name = p.alias()
	} else if t.kind == tokenQuoted || t.kind == tokenWord && !p.is("FROM") && !p.is("WHERE") && !p.is("LIMIT") {
		e.name = p.alias()
	}
	return e
}

// alias reads the name of a column: any word, for it may be one that is reserved elsewhere.
func (p *parser) alias() string {
	t := p.peek()
	switch t.kind {
	case tokenWord:
		p.skip(1)
		return strings.ToUpper(t.text)
	case tokenQuoted:
		p.skip(1)
		return t.text
	default:
		p.fail()
		return ""
	}
}

// source reads what follows FROM: a query in brackets, one row (DUAL), or what the information
// schema and table functions give: nothing.
func (p *parser) source() func(*Session) (*Result, *Error) {
	switch {
	case p.symbol("("):
		inner := p.selectOne()
		p.needSymbol(")")
		if p.word("AS") || p.peek().kind == tokenQuoted || p.peek().kind == tokenWord && !p.is("WHERE") && !p.is("LIMIT") {
			p.alias()
		}
		return inner.Run
	case p.word("DUAL"):
		return func(*Session) (*Result, *Error) { return &Result{Rows: [][]any{{}}}, nil }
	case p.word("TABLE"):
		p.needSymbol("(")
		p.tableName()
		p.needSymbol("(")
		for depth := 1; depth > 0; p.skip(1) {
			switch t := p.peek(); {
			case t.kind == tokenEnd:
				p.fail()
			case t.text == "(" && t.kind == tokenSymbol:
				depth++
			case t.text == ")" && t.kind == tokenSymbol:
				depth--
			}
		}
		p.needSymbol(")")
		return func(*Session) (*Result, *Error) { return &Result{Rows: [][]any{}}, nil }
	}
	n := p.tableName()
	return func(s *Session) (*Result, *Error) { return s.informationSchema(n) }
}

// tableName reads a name, of which INFORMATION_SCHEMA may be a part.
func (p *parser) tableName() name { return p.name(3) }

// whereOfSource reads conditions on the columns of a source: they are taken as they are and not
// applied, for the sources have no rows.
func (p *parser) whereOfSource() {
	if p.peek().kind == tokenEnd {
		p.fail()
	}
	for p.peek().kind != tokenEnd && !p.is("LIMIT") && p.peek().text != ";" && p.peek().text != ")" {
		p.skip(1)
	}
}

// informationSchema answers for its views what SHOW would: here, nothing, for a session with a
// database and a warehouse.
func (s *Session) informationSchema(n name) (*Result, *Error) {
	if len(n) < 2 || n[len(n)-2] != "INFORMATION_SCHEMA" {
		return nil, absent("Object", n.String())
	}
	if len(n) == 2 && s.database == "" {
		return nil, noDatabase("SELECT")
	}
	if !s.hasWarehouse() {
		return nil, noWarehouse()
	}
	return &Result{Rows: [][]any{}}, nil
}

// Run runs a SELECT.
func (q *selected) Run(s *Session) (*Result, *Error) {
	r := &Result{Kind: kindSelect, Rows: [][]any{}}
	var source *Result
	if q.from != nil {
		var err *Error
		if source, err = q.from(s); err != nil {
			return nil, err
		}
	}
	if q.star {
		r.Columns, r.Rows = source.Columns, source.Rows
		return q.limited(r), nil
	}
	for _, e := range q.list {
		r.Columns = append(r.Columns, column{e.name, e.typ, true})
	}
	times := 1
	if source != nil {
		times = len(source.Rows)
	}
	if q.where != nil {
		v, err := q.where.eval(s)
		if err != nil {
			return nil, err
		}
		if ok, _ := v.(bool); !ok {
			times = 0
		}
	}
	for i := range times {
		row := make([]any, len(q.list))
		for j, e := range q.list {
			v, err := e.eval(s)
			if err != nil {
				return nil, err
			}
			if f, ok := v.(ref); ok {
				if v, err = f.of(source, i); err != nil {
					return nil, err
				}
			}
			row[j] = v
			if e.typ == "" {
				r.Columns[j].Type = typeOf(v)
			}
		}
		r.Rows = append(r.Rows, row)
	}
	for i := range r.Columns {
		if r.Columns[i].Type == "" {
			r.Columns[i].Type = "text"
		}
	}
	return q.limited(r), nil
}

func (q *selected) limited(r *Result) *Result {
	if q.limit >= 0 {
		r.Rows = r.Rows[:min(len(r.Rows), int(q.limit))]
	}
	return r
}

// ref is a column of the source.
type ref struct{ name string }

func (f ref) of(source *Result, row int) (any, *Error) {
	if source != nil {
		for i, c := range source.Columns {
			if c.Name == f.name {
				return source.Rows[row][i], nil
			}
		}
	}
	return nil, compile(904, "42000", "error line 1 at position 7\ninvalid identifier '%s'", f.name)
}

// typeOf is the type of a value that no expression told beforehand.
func typeOf(v any) string {
	switch v.(type) {
	case int64:
		return "fixed"
	case float64:
		return "real"
	case bool:
		return "boolean"
	default:
		return "text"
	}
}
