package engine

import (
	"slices"
	"strconv"
	"strings"
)

// constant is an expression with one value.
func constant(v any, typ string) expression {
	return expression{typ: typ, in: func(*Session, *Error) (any, *Error) { return v, nil }}
}

// primary reads a constant, a bracketed expression, a function's call or a column.
func (p *parser) primary() expression {
	t := p.peek()
	switch {
	case t.kind == tokenText:
		p.skip(1)
		return constant(t.text, "text")
	case t.kind == tokenSymbol && t.text == "?":
		v := p.bind()
		return constant(v, typeOf(v))
	case t.kind == tokenNumber && strings.Contains(t.text, "."):
		p.skip(1)
		f, _ := strconv.ParseFloat(t.text, 64)
		return constant(f, "real")
	case t.kind == tokenNumber:
		return constant(p.number(), "fixed")
	case p.symbol("-"):
		return constant(-p.number(), "fixed")
	case p.symbol("("):
		var e expression
		if p.is("SELECT") {
			e = scalar(p.selectOne())
		} else {
			e = p.expression()
		}
		p.needSymbol(")")
		return e
	case p.word("TRUE"):
		return constant(true, "boolean")
	case p.word("FALSE"):
		return constant(false, "boolean")
	case p.word("NULL"):
		return constant(nil, "text")
	case p.is("SQLCODE") && p.ahead(1).text != "(":
		p.skip(1)
		return expression{typ: "fixed", in: func(_ *Session, caught *Error) (any, *Error) {
			if caught == nil {
				return nil, compile(904, "42000", "invalid identifier 'SQLCODE'")
			}
			return int64(caught.Code), nil
		}}
	}
	return p.callOrColumn()
}

// scalar is a query in brackets that gives one value.
func scalar(q *selected) expression {
	return expression{in: func(s *Session, _ *Error) (any, *Error) {
		r, err := q.Run(s)
		if err != nil || len(r.Rows) == 0 {
			return nil, err
		}
		return r.Rows[0][0], nil
	}}
}

// callOrColumn reads name(…), a context function without brackets, or the name of a column.
func (p *parser) callOrColumn() expression {
	t := p.peek()
	if word := strings.ToUpper(t.text); t.kind == tokenWord && slices.Contains([]string{"CURRENT_USER", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"}, word) {
		p.skip(1)
		if p.symbol("(") {
			p.needSymbol(")")
		}
		return builtin(word, nil)
	}
	if t.kind == tokenWord && p.ahead(1).text == "(" && slices.Contains([]string{"LEFT", "RIGHT", "CAST", "TRY_CAST"}, strings.ToUpper(t.text)) {
		p.skip(1)
		panic(unsupported(strings.ToUpper(t.text)))
	}
	n := p.name(3)
	if !p.symbol("(") {
		column := n[len(n)-1]
		return expression{in: func(*Session, *Error) (any, *Error) { return ref{column}, nil }}
	}
	var arguments []expression
	for !p.symbol(")") {
		if len(arguments) > 0 {
			p.needSymbol(",")
		}
		if p.symbol("*") {
			arguments = append(arguments, constant(int64(1), "fixed"))
			continue
		}
		arguments = append(arguments, p.expression())
	}
	if len(n) == 1 && isBuiltin(n[0]) {
		return builtin(n[0], arguments)
	}
	return expression{in: func(s *Session, caught *Error) (any, *Error) {
		values, err := evaluate(s, caught, arguments)
		if err != nil {
			return nil, err
		}
		return s.callFunction(n, values)
	}}
}

func evaluate(s *Session, caught *Error, list []expression) ([]any, *Error) {
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
