package engine

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// expression reads an expression. OR has the lowest precedence.
func (p *parser) expression() expression {
	e := p.conjunction()
	for p.Word("OR") {
		e = logical("OR", e, p.conjunction())
	}
	return e
}

func (p *parser) conjunction() expression {
	e := p.negation()
	for p.Word("AND") {
		e = logical("AND", e, p.negation())
	}
	return e
}

// logical returns AND or OR in three-valued logic.
func logical(word string, a, b expression) expression {
	return expression{Type: "boolean", in: func(s *Session, caught *grammar.Error) (any, *grammar.Error) {
		x, y, err := both(s, caught, a, b)
		if err != nil {
			return nil, err
		}
		decisive := word == "OR"
		if x == decisive || y == decisive {
			return decisive, nil
		}
		if x == nil || y == nil {
			return nil, nil //nolint:nilnil // NULL.
		}
		return !decisive, nil
	}}
}

// both evaluates two expressions.
func both(s *Session, caught *grammar.Error, a, b expression) (x, y any, err *grammar.Error) {
	if x, err = a.in(s, caught); err != nil {
		return nil, nil, err
	}
	y, err = b.in(s, caught)
	return x, y, err
}

func (p *parser) negation() expression {
	if !p.Word("NOT") {
		return p.comparison()
	}
	e := p.negation()
	return expression{Type: "boolean", in: func(s *Session, caught *grammar.Error) (any, *grammar.Error) {
		v, err := e.in(s, caught)
		if b, ok := v.(bool); ok && err == nil {
			return !b, nil
		}
		return nil, err
	}}
}

// comparison reads =, <>, <, IS [NOT] NULL, [NOT] LIKE and [NOT] IN.
func (p *parser) comparison() expression {
	e := p.concatenation()
	if p.Word("IS") {
		not := p.Word("NOT")
		p.Need("NULL")
		return expression{Type: "boolean", in: func(s *Session, caught *grammar.Error) (any, *grammar.Error) {
			v, err := e.in(s, caught)
			return (v == nil) != not, err
		}}
	}
	not := p.Is("NOT", "LIKE") || p.Is("NOT", "IN") || p.Is("NOT", "ILIKE")
	if not {
		p.Skip(1)
	}
	switch {
	case p.Word("LIKE"), p.Word("ILIKE"):
		return compare(e, p.concatenation(), func(a, b any) bool {
			return likePattern(fmt.Sprint(b)).MatchString(fmt.Sprint(a)) != not
		})
	case p.Word("IN"):
		var list []expression
		p.Brackets(func() { list = append(list, p.expression()) })
		return expression{Type: "boolean", in: func(s *Session, caught *grammar.Error) (any, *grammar.Error) {
			found := false
			for _, item := range list {
				v, err := compare(e, item, func(a, b any) bool { return order(a, b) == 0 }).in(s, caught)
				if err != nil {
					return nil, err
				}
				found = found || v == true
			}
			return found != not, nil
		}}
	}
	for _, op := range []struct {
		symbol string
		test   func(int) bool
	}{
		{"=", func(n int) bool { return n == 0 }},
		{"<>", func(n int) bool { return n != 0 }},
		{"!=", func(n int) bool { return n != 0 }},
		{"<=", func(n int) bool { return n <= 0 }},
		{">=", func(n int) bool { return n >= 0 }},
		{"<", func(n int) bool { return n < 0 }},
		{">", func(n int) bool { return n > 0 }},
	} {
		if p.Symbol(op.symbol) {
			return compare(e, p.concatenation(), func(a, b any) bool { return op.test(order(a, b)) })
		}
	}
	return e
}

// compare returns a comparison, which is NULL if an operand is NULL.
func compare(a, b expression, test func(a, b any) bool) expression {
	return expression{Type: "boolean", in: func(s *Session, caught *grammar.Error) (any, *grammar.Error) {
		x, y, err := both(s, caught, a, b)
		if err != nil || x == nil || y == nil {
			return nil, err
		}
		return test(x, y), nil
	}}
}

// order compares two values: as numbers if both are, otherwise as text.
func order(a, b any) int {
	x, errX := strconv.ParseFloat(fmt.Sprint(a), 64)
	y, errY := strconv.ParseFloat(fmt.Sprint(b), 64)
	if errX == nil && errY == nil {
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	}
	return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
}

// concatenation reads ||, + and -.
func (p *parser) concatenation() expression {
	e := p.cast()
	for {
		switch {
		case p.Symbol("||"):
			a, b := e, p.cast()
			e = expression{Type: "text", in: func(s *Session, caught *grammar.Error) (any, *grammar.Error) {
				x, err := a.in(s, caught)
				if err != nil || x == nil {
					return nil, err
				}
				y, err := b.in(s, caught)
				if err != nil || y == nil {
					return nil, err
				}
				return fmt.Sprint(x) + fmt.Sprint(y), nil
			}}
		case p.Symbol("+"):
			e = sum(e, p.cast(), 1)
		case p.Symbol("-"):
			e = sum(e, p.cast(), -1)
		default:
			return e
		}
	}
}

// sum adds or subtracts integers.
func sum(a, b expression, sign int64) expression {
	return expression{Type: "fixed", in: func(s *Session, caught *grammar.Error) (any, *grammar.Error) {
		x, y, err := both(s, caught, a, b)
		if err != nil {
			return nil, err
		}
		m, okM := x.(int64)
		n, okN := y.(int64)
		if !okM || !okN {
			return nil, nil //nolint:nilnil // NULL.
		}
		return m + sign*n, nil
	}}
}

// cast reads a primary expression and any ::type after it.
func (p *parser) cast() expression {
	e := p.primary()
	for p.Symbol("::") {
		typ := p.DataType()
		e.Type = wireType(typ)
		inner := e.in
		e.in = func(s *Session, caught *grammar.Error) (any, *grammar.Error) {
			v, err := inner(s, caught)
			return convert(v, typ), err
		}
	}
	return e
}

// wireType returns the protocol's name of a data type.
func wireType(typ string) string {
	switch typ {
	case "NUMBER":
		return "fixed"
	case "FLOAT":
		return "real"
	case "VARCHAR":
		return "text"
	default:
		return strings.ToLower(typ)
	}
}

// convert converts a value to a type in the simple cases and otherwise returns it unchanged.
func convert(v any, typ string) any {
	switch {
	case v == nil:
		return nil
	case typ == "VARCHAR":
		return fmt.Sprint(v)
	case typ == "NUMBER":
		if n, err := strconv.ParseInt(fmt.Sprint(v), 10, 64); err == nil {
			return n
		}
	case typ == "BOOLEAN":
		return slices.Contains([]string{"true", "1", "yes", "on"}, strings.ToLower(fmt.Sprint(v)))
	}
	return v
}
