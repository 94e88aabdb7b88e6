package python

import (
	"strconv"
	"strings"

	"sleet/scaffold/python/ast"
)

// match checks a match statement and its patterns.
func (c *flowChecker) match(s *ast.Match) {
	c.expr(s.Subject)
	for i, one := range s.Cases {
		p := &patternChecker{flowChecker: c, bound: map[string]bool{}}
		p.check(one.Pattern, one.Guard != nil || i == len(s.Cases)-1)
		c.expr(one.Guard)
		c.body(one.Body)
	}
}

// patternChecker checks one pattern.
type patternChecker struct {
	*flowChecker
	bound map[string]bool // the names that it binds
}

// check checks a pattern. last reports whether it is the last one, so that it may match everything.
func (p *patternChecker) check(q *ast.Pattern, last bool) {
	switch q.Sort {
	case ast.PatternAs:
		p.as(q, last)
	case ast.PatternOr:
		p.or(q, last)
	case ast.PatternStar:
		p.bind(q, q.Name)
	case ast.PatternSequence:
		p.sequence(q)
	case ast.PatternMapping:
		p.mapping(q)
	case ast.PatternClass:
		p.class(q)
	case ast.PatternValue:
		if _, ok := q.Exprs[0].(*ast.JoinedStr); ok {
			p.fail(q, "patterns may only match literals and attribute lookups")
		}
	}
}

// all checks subpatterns, each of which may match everything.
func (p *patternChecker) all(list []*ast.Pattern) {
	for _, q := range list {
		p.check(q, true)
	}
}

// bind records a name that a pattern binds; name may be nil.
func (p *patternChecker) bind(q *ast.Pattern, name *ast.Ident) {
	if name == nil {
		return
	}
	p.debug(q, name.Name)
	if p.bound[name.Name] {
		p.fail(q, "multiple assignments to name '"+name.Name+"' in pattern")
	}
	p.bound[name.Name] = true
}

func (p *patternChecker) as(q *ast.Pattern, last bool) {
	if len(q.Patterns) > 0 {
		p.check(q.Patterns[0], last)
		p.bind(q, q.Name)
		return
	}
	if !last {
		p.fail(q, "a pattern that matches everything makes the remaining ones unreachable")
	}
	p.bind(q, q.Name)
}

// or checks alternatives, which must bind the same names.
func (p *patternChecker) or(q *ast.Pattern, last bool) {
	var first map[string]bool
	for i, alternative := range q.Patterns {
		one := &patternChecker{p.flowChecker, map[string]bool{}}
		one.check(alternative, last && i == len(q.Patterns)-1)
		if i == 0 {
			first = one.bound
		} else if !sameNames(first, one.bound) {
			p.fail(q, "alternative patterns bind different names")
		}
	}
	for name := range first {
		p.bind(q, &ast.Ident{Name: name})
	}
}

func sameNames(a, b map[string]bool) bool {
	for name := range a {
		if !b[name] {
			return false
		}
	}
	return len(a) == len(b)
}

func (p *patternChecker) sequence(q *ast.Pattern) {
	star := false
	for _, one := range q.Patterns {
		if one.Sort == ast.PatternStar {
			if star {
				p.fail(q, "multiple starred expressions in sequence pattern")
			}
			star = true
		}
	}
	p.all(q.Patterns)
}

func (p *patternChecker) mapping(q *ast.Pattern) {
	seen := map[string]bool{}
	for _, key := range q.Exprs {
		if _, ok := key.(*ast.JoinedStr); ok {
			p.fail(q, "mapping pattern keys may only match literals and attribute lookups")
		}
		value := keyValue(key)
		if value != "" && seen[value] {
			p.fail(q, "mapping pattern checks duplicate key ("+p.file.Source(key.Range())+")")
		}
		seen[value] = true
	}
	p.all(q.Patterns)
	p.bind(q, q.Name)
}

// keyValue returns a string that is the same for equal literal keys, "" for other keys.
func keyValue(key ast.Expr) string {
	sign := ""
	if u, ok := key.(*ast.UnaryOp); ok {
		sign, key = "-", u.Value
	}
	c, ok := key.(*ast.Constant)
	if !ok {
		return ""
	}
	switch c.Sort {
	case ast.Str:
		return "s" + c.Value
	case ast.Bytes:
		return "b" + c.Value
	case ast.True:
		return "1"
	case ast.False:
		return "0"
	case ast.Int:
		if n, err := strconv.ParseInt(c.Value, 0, 64); err == nil {
			return number(sign, float64(n))
		}
	case ast.Imaginary:
		text := strings.ReplaceAll(c.Value[:len(c.Value)-1], "_", "")
		if f, err := strconv.ParseFloat(text, 64); err == nil && f == 0 {
			return "0"
		}
	case ast.Float:
		if f, err := strconv.ParseFloat(strings.ReplaceAll(c.Value, "_", ""), 64); err == nil {
			return number(sign, f)
		}
	default:
	}
	return sign + c.Value
}

// number formats a number.
func number(sign string, value float64) string {
	text := strconv.FormatFloat(value, 'g', -1, 64)
	if text == "0" {
		return text
	}
	return sign + text
}

// class checks a class pattern.
func (p *patternChecker) class(q *ast.Pattern) {
	seen := map[string]bool{}
	for _, attr := range q.Attrs {
		p.debug(q, attr.Name)
		if seen[attr.Name] {
			p.fail(attr, "attribute name repeated in class pattern: "+attr.Name)
		}
		seen[attr.Name] = true
	}
	p.all(q.Patterns)
}
