package migrate

import (
	"maps"
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/sqltext"
)

// sqlParts walks over the tokens of a statement.
type sqlParts struct {
	s  sqltext.Statement
	at int
}

func (p *sqlParts) done() bool { return p.at >= len(p.s.Tokens) }

// words takes words in a row, all of them or none.
func (p *sqlParts) words(words ...string) bool {
	if !p.s.At(p.at, words...) {
		return false
	}
	p.at += len(words)
	return true
}

// word takes any token, a word in upper case.
func (p *sqlParts) word() string {
	if p.done() {
		return ""
	}
	p.at++
	return strings.ToUpper(p.s.Tokens[p.at-1].Raw)
}

// skipTo goes to the first of some words, the end without one.
func (p *sqlParts) skipTo(words ...string) {
	for !p.done() && !slices.ContainsFunc(words, p.s.Tokens[p.at].Is) {
		p.at++
	}
}

// name takes a qualified name as it is written, "" where none stands here or a variable is in it.
func (p *sqlParts) name() string {
	var b strings.Builder
	for !p.done() {
		t := p.s.Tokens[p.at]
		if t.Kind != sqltext.Word && t.Kind != sqltext.Quoted {
			break
		}
		b.WriteString(t.Raw)
		p.at++
		if p.done() || !p.s.Tokens[p.at].IsSymbol(".") {
			break
		}
		b.WriteString(".")
		p.at++
	}
	if _, err := snowflake.Qualified(b.String()); err != nil {
		return ""
	}
	return b.String()
}

// properties takes the rest of a statement as PROPERTY = value pairs, and FROM with its place. The
// entries of a list that are bindings, 'key' = name, count as two.
func (p *sqlParts) properties() map[string][]string {
	props := map[string][]string{}
	for !p.done() {
		t := p.s.Tokens[p.at]
		p.at++
		switch {
		case t.Is("FROM"):
			props["FROM"] = p.value()
		case t.Kind == sqltext.Word && !p.done() && p.s.Tokens[p.at].IsSymbol("="):
			p.at++
			props[strings.ToUpper(t.Raw)] = p.value()
		}
	}
	return props
}

// value takes one value or a list between parentheses.
func (p *sqlParts) value() []string {
	if p.done() {
		return nil
	}
	t := p.s.Tokens[p.at]
	if !t.IsSymbol("(") {
		return p.item()
	}
	p.at++
	list := []string{}
	for !p.done() {
		t := p.s.Tokens[p.at]
		switch {
		case t.IsSymbol(")"):
			p.at++
			return list
		case t.Kind == sqltext.Symbol:
			p.at++
		default:
			list = append(list, p.item()...)
		}
	}
	return list
}

// item takes one value: a text, a place, a number or a name.
func (p *sqlParts) item() []string {
	t := p.s.Tokens[p.at]
	if t.Kind == sqltext.Word || t.Kind == sqltext.Quoted {
		at := p.at
		if name := p.name(); name != "" {
			return []string{name}
		}
		p.at = max(p.at, at+1)
		return nil
	}
	p.at++
	return []string{t.Text}
}

func inOrder[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
