package engine

import (
	"slices"
	"strconv"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// constant returns an expression with a constant value.
func constant(v any, typ string) expression {
	return expression{Type: typ, in: func(*Session, *grammar.Error) (any, *grammar.Error) { return v, nil }}
}

// primary reads a constant, an expression in parentheses, a function call or a column.
func (p *parser) primary() expression {
	t := p.Peek()
	switch {
	case t.Kind == grammar.TokenText:
		p.Skip(1)
		return constant(t.Text, "text")
	case t.Kind == grammar.TokenSymbol && t.Text == "?":
		v := p.Bind()
		return constant(v, typeOf(v))
	case t.Kind == grammar.TokenNumber && strings.Contains(t.Text, "."):
		p.Skip(1)
		f, _ := strconv.ParseFloat(t.Text, 64)
		return constant(f, "real")
	case t.Kind == grammar.TokenNumber:
		return constant(p.Number(), "fixed")
	case p.Symbol("-"):
		return constant(-p.Number(), "fixed")
	case p.Symbol("("):
		var e expression
		if p.Is("SELECT") {
			e = scalar(p.selectOne())
		} else {
			e = p.expression()
		}
		p.NeedSymbol(")")
		return e
	case p.Word("TRUE"):
		return constant(true, "boolean")
	case p.Word("FALSE"):
		return constant(false, "boolean")
	case p.Word("NULL"):
		return constant(nil, "text")
	case p.Is("SQLCODE") && p.Ahead(1).Text != "(":
		p.Skip(1)
		return expression{Type: "fixed", in: func(_ *Session, caught *grammar.Error) (any, *grammar.Error) {
			if caught == nil {
				return nil, grammar.Compile(904, "42000", "invalid identifier 'SQLCODE'")
			}
			return int64(caught.Code), nil
		}}
	}
	return p.callOrColumn()
}

// scalar returns a subquery as a scalar expression.
func scalar(q *selected) expression {
	return expression{in: func(s *Session, _ *grammar.Error) (any, *grammar.Error) {
		r, err := q.Run(s)
		if err != nil || len(r.Rows) == 0 {
			return nil, err
		}
		return r.Rows[0][0], nil
	}}
}

// callOrColumn reads name(…), a context function without parentheses, or the name of a column.
func (p *parser) callOrColumn() expression {
	t := p.Peek()
	if word := strings.ToUpper(t.Text); t.Kind == grammar.TokenWord && slices.Contains([]string{"CURRENT_USER", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"}, word) {
		p.Skip(1)
		if p.Symbol("(") {
			p.NeedSymbol(")")
		}
		return builtin(word, nil)
	}
	if t.Kind == grammar.TokenWord && p.Ahead(1).Text == "(" && slices.Contains([]string{"LEFT", "RIGHT", "CAST", "TRY_CAST"}, strings.ToUpper(t.Text)) {
		p.Skip(1)
		panic(grammar.Unsupported(strings.ToUpper(t.Text)))
	}
	n := p.Name(3)
	if !p.Symbol("(") {
		column := n[len(n)-1]
		return expression{in: func(*Session, *grammar.Error) (any, *grammar.Error) { return ref{column}, nil }}
	}
	var arguments []expression
	for !p.Symbol(")") {
		if len(arguments) > 0 {
			p.NeedSymbol(",")
		}
		if p.Symbol("*") {
			arguments = append(arguments, constant(int64(1), "fixed"))
			continue
		}
		arguments = append(arguments, p.expression())
	}
	if len(n) == 1 && isBuiltin(n[0]) {
		return builtin(n[0], arguments)
	}
	return expression{in: func(s *Session, caught *grammar.Error) (any, *grammar.Error) {
		values, err := evaluate(s, caught, arguments)
		if err != nil {
			return nil, err
		}
		return s.callFunction(n, values)
	}}
}

func evaluate(s *Session, caught *grammar.Error, list []expression) ([]any, *grammar.Error) {
	values := make([]any, len(list))
	for i, e := range list {
		v, err := e.in(s, caught)
		if err != nil {
			return nil, err
		}
		values[i] = v
	}
	return values, nil
}
