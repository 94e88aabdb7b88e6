package migrate

import (
	"maps"
	"slices"
	"strings"

	"sleet/scaffold/migrate/manifest"
	"sleet/snowflake/sqltext"
)

// sqlParts walks over the tokens of a statement.
type sqlParts struct {
	s  sqltext.Statement
	at int
	// values are those of the variables and templates that have one.
	values manifest.SQLValues
	// unknown is the last name or text whose value is known only when the SQL runs, open has such of
	// the properties.
	unknown string
	open    map[string]string
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

// properties takes the rest of a statement as PROPERTY = value pairs, and FROM with its place. The
// entries of a list that are bindings, 'key' = name, count as two.
func (p *sqlParts) properties() map[string][]string {
	props := map[string][]string{}
	p.open = map[string]string{}
	take := func(key string) {
		p.unknown = ""
		if props[key] = p.value(); p.unknown != "" {
			p.open[key] = p.unknown
		}
	}
	for !p.done() {
		t := p.s.Tokens[p.at]
		p.at++
		switch {
		case t.Is("FROM"):
			take("FROM")
		case t.Kind == sqltext.Word && !p.done() && p.s.Tokens[p.at].IsSymbol("="):
			p.at++
			take(strings.ToUpper(t.Raw))
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
		case t.Kind == sqltext.Symbol && !p.template():
			p.at++
		default:
			list = append(list, p.item()...)
		}
	}
	return list
}

// item takes one value: a text, a place, a number or a name; nothing where its value is not known.
func (p *sqlParts) item() []string {
	t := p.s.Tokens[p.at]
	if t.Kind == sqltext.Word || t.Kind == sqltext.Quoted || p.template() {
		at := p.at
		if name := p.name(); name != "" {
			return []string{name}
		}
		p.at = max(p.at, at+1)
		return nil
	}
	p.at++
	if t.Kind == sqltext.Text || t.Kind == sqltext.Place {
		text, known := p.values.Text(t.Text)
		if !known {
			p.unknown = t.Raw
			return nil
		}
		return []string{text}
	}
	return []string{t.Text}
}

func inOrder[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
