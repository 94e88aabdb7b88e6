package migrate

import (
	"maps"
	"slices"
	"strings"

	"sleet/scaffold/migrate/manifest"
	"sleet/snowflake/sqltext"
)

// sqlParts iterates over the tokens of a statement.
type sqlParts struct {
	s  sqltext.Statement
	at int
	// values are the known values of variables and templates.
	values manifest.SQLValues
	// unknown is the last name or text whose value is known only when the SQL runs. open are those of properties.
	unknown string
	open    map[string]string
}

func (p *sqlParts) done() bool { return p.at >= len(p.s.Tokens) }

// words consumes some words in a row, all or none.
func (p *sqlParts) words(words ...string) bool {
	if !p.s.At(p.at, words...) {
		return false
	}
	p.at += len(words)
	return true
}

// word consumes any token and returns it in upper case.
func (p *sqlParts) word() string {
	if p.done() {
		return ""
	}
	p.at++
	return strings.ToUpper(p.s.Tokens[p.at-1].Raw)
}

// skipTo skips to the first of some words, or to the end.
func (p *sqlParts) skipTo(words ...string) {
	for !p.done() && !slices.ContainsFunc(words, p.s.Tokens[p.at].Is) {
		p.at++
	}
}

// properties reads the rest of a statement as PROPERTY = value pairs, and FROM with its location. In a list of
// bindings, 'key' = name counts as two entries.
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

// value reads one value or a list in parentheses.
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

// item reads one value: a text, a location, a number or a name; nothing if its value is not known.
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
