package engine

import (
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// node evaluates an expression. caught is the error that a block's handler has caught.
type node func(s *Session, caught *grammar.Error) (any, *grammar.Error)

// expression is a parsed expression: the name of its column, its type if it is known, and its value.
type expression struct {
	name, Type string
	in         node
}

// eval returns the value outside of a handler.
func (e expression) eval(s *Session) (any, *grammar.Error) { return e.in(s, nil) }

// selected is a parsed SELECT.
type selected struct {
	list []expression
	star bool
	from func(*Session) (*Result, *grammar.Error)
	// where and limit are as in the statement.
	where *expression
	limit int64
}

// query reads a SELECT of constants, context functions and functions, and the queries that drivers send.
func (p *parser) query() statement {
	if p.isEventQuery() {
		return p.eventQuery()
	}
	if p.isUsageQuery() {
		return p.usageQuery()
	}
	q := p.selectOne()
	return statement{kind: kindSelect, run: q.Run}
}

func (p *parser) selectOne() *selected {
	p.Need("SELECT")
	q := &selected{limit: -1}
	p.Word("ALL")
	if p.Symbol("*") {
		q.star = true
	} else {
		q.list = append(q.list, p.column())
		for p.Symbol(",") {
			q.list = append(q.list, p.column())
		}
	}
	if p.Word("FROM") {
		q.from = p.source()
	}
	if p.Word("WHERE") {
		if q.from != nil {
			p.whereOfSource()
		} else {
			e := p.expression()
			q.where = &e
		}
	}
	if p.Word("LIMIT") {
		q.limit = p.Number()
	}
	if q.star && q.from == nil {
		p.Fail()
	}
	return q
}

// column reads an expression and its alias.
func (p *parser) column() expression {
	from := p.Rest()
	e := p.expression()
	var b strings.Builder
	for _, t := range from[:len(from)-len(p.Rest())] {
		b.WriteString(t.Raw)
	}
	e.name = strings.ToUpper(b.String())
	if t := p.Peek(); p.Word("AS") {
		e.name = p.alias()
	} else if t.Kind == grammar.TokenQuoted || t.Kind == grammar.TokenWord && !p.Is("FROM") && !p.Is("WHERE") && !p.Is("LIMIT") {
		e.name = p.alias()
	}
	return e
}

// alias reads the name of a column. It accepts any word, including words that are reserved elsewhere.
func (p *parser) alias() string {
	t := p.Peek()
	switch t.Kind {
	case grammar.TokenWord:
		p.Skip(1)
		return strings.ToUpper(t.Text)
	case grammar.TokenQuoted:
		p.Skip(1)
		return t.Text
	default:
		p.Fail()
		return ""
	}
}

// source reads the source after FROM: a subquery, DUAL with one row, or the information schema and table functions,
// which have no rows.
func (p *parser) source() func(*Session) (*Result, *grammar.Error) {
	switch {
	case p.Symbol("("):
		inner := p.selectOne()
		p.NeedSymbol(")")
		if p.Word("AS") || p.Peek().Kind == grammar.TokenQuoted || p.Peek().Kind == grammar.TokenWord && !p.Is("WHERE") && !p.Is("LIMIT") {
			p.alias()
		}
		return inner.Run
	case p.Word("DUAL"):
		return func(*Session) (*Result, *grammar.Error) { return &Result{Rows: [][]any{{}}}, nil }
	case p.Word("TABLE"):
		p.NeedSymbol("(")
		p.tableName()
		p.NeedSymbol("(")
		for depth := 1; depth > 0; p.Skip(1) {
			switch t := p.Peek(); {
			case t.Kind == grammar.TokenEnd:
				p.Fail()
			case t.Text == "(" && t.Kind == grammar.TokenSymbol:
				depth++
			case t.Text == ")" && t.Kind == grammar.TokenSymbol:
				depth--
			}
		}
		p.NeedSymbol(")")
		return func(*Session) (*Result, *grammar.Error) { return &Result{Rows: [][]any{}}, nil }
	}
	n := p.tableName()
	return func(s *Session) (*Result, *grammar.Error) { return s.informationSchema(n) }
}

// tableName reads a name, which may contain INFORMATION_SCHEMA.
func (p *parser) tableName() grammar.Name { return p.Name(3) }

// whereOfSource skips conditions on the columns of a source. They need not be applied because the sources have no rows.
func (p *parser) whereOfSource() {
	if p.Peek().Kind == grammar.TokenEnd {
		p.Fail()
	}
	for p.Peek().Kind != grammar.TokenEnd && !p.Is("LIMIT") && p.Peek().Text != ";" && p.Peek().Text != ")" {
		p.Skip(1)
	}
}

// informationSchema returns the rows of an information schema view: none, if the session has a database and a
// warehouse.
func (s *Session) informationSchema(n grammar.Name) (*Result, *grammar.Error) {
	if len(n) < 2 || n[len(n)-2] != "INFORMATION_SCHEMA" {
		return nil, grammar.Absent("Object", n.String())
	}
	if len(n) == 2 && s.database == "" {
		return nil, grammar.NoDatabase("SELECT")
	}
	if !s.hasWarehouse() {
		return nil, grammar.NoWarehouse()
	}
	return &Result{Rows: [][]any{}}, nil
}

// Run runs a SELECT.
func (q *selected) Run(s *Session) (*Result, *grammar.Error) {
	r := &Result{Kind: kindSelect, Rows: [][]any{}}
	var source *Result
	if q.from != nil {
		var err *grammar.Error
		if source, err = q.from(s); err != nil {
			return nil, err
		}
	}
	if q.star {
		r.Columns, r.Rows = source.Columns, source.Rows
		return q.limited(r), nil
	}
	for _, e := range q.list {
		r.Columns = append(r.Columns, column{e.name, e.Type, true})
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
			if e.Type == "" {
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

func (f ref) of(source *Result, row int) (any, *grammar.Error) {
	if source != nil {
		for i, c := range source.Columns {
			if c.Name == f.name {
				return source.Rows[row][i], nil
			}
		}
	}
	return nil, grammar.Compile(904, "42000", "error line 1 at position 7\ninvalid identifier '%s'", f.name)
}

// typeOf returns the type of a value whose expression has no known type.
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
