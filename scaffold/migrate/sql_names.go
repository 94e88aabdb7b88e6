package migrate

import (
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/sqltext"
)

// name reads a qualified name as written, and replaces IDENTIFIER, variables and templates with their values. It
// returns "" if there is no name, or if its value is not known, in which case unknown is set.
// https://docs.snowflake.com/en/sql-reference/identifier-literal
func (p *sqlParts) name() string {
	var b strings.Builder
	from, known, named := p.at, true, false
	for !p.done() {
		part, ok, is := p.part()
		if !is {
			break
		}
		known, named = known && ok, true
		b.WriteString(part)
		if p.done() || !p.s.Tokens[p.at].IsSymbol(".") {
			break
		}
		b.WriteString(".")
		p.at++
	}
	if !named {
		return ""
	}
	if _, err := snowflake.Qualified(b.String()); err != nil || !known {
		if !known {
			p.unknown = raw(p.s.Tokens[from:p.at])
		}
		return ""
	}
	return b.String()
}

// part reads one part of a name. known reports whether its value is known, is whether there is a part.
func (p *sqlParts) part() (part string, known, is bool) {
	t := p.s.Tokens[p.at]
	switch {
	case t.Kind == sqltext.Quoted:
		p.at++
		return t.Raw, true, true
	case p.template():
		return p.filled()
	case t.Kind != sqltext.Word:
		return "", false, false
	case t.Is("IDENTIFIER") && p.at+1 < len(p.s.Tokens) && p.s.Tokens[p.at+1].IsSymbol("("):
		return p.identifier()
	}
	p.at++
	return p.variable(t)
}

// variable returns the value of a word: the word itself, or the value of a variable.
func (p *sqlParts) variable(t sqltext.Token) (part string, known, is bool) {
	name, session := strings.CutPrefix(t.Raw, "$")
	if session {
		value, known := p.values.Session[strings.ToUpper(name)]
		return value, known, true
	}
	return t.Raw, !strings.HasPrefix(t.Raw, "&") && !strings.HasPrefix(t.Raw, ":"), true
}

// identifier reads IDENTIFIER('name') and IDENTIFIER($variable).
func (p *sqlParts) identifier() (part string, known, is bool) {
	p.at += 2
	from := p.at
	p.skipToMark(")")
	inner := p.s.Tokens[from:p.at]
	if !p.done() {
		p.at++
	}
	if len(inner) != 1 {
		return "", false, true
	}
	switch t := inner[0]; t.Kind {
	case sqltext.Text:
		text, known := p.values.Text(t.Text)
		return text, known, true
	case sqltext.Word:
		part, known, _ := p.variable(t)
		return part, known && strings.HasPrefix(t.Raw, "$"), true
	case sqltext.Quoted:
		return t.Raw, true, true
	case sqltext.Symbol, sqltext.Body, sqltext.Place, sqltext.Number:
	}
	return "", false, true
}

// template reports whether a template begins here.
func (p *sqlParts) template() bool { return p.templateEnd() != "" }

// templateEnd returns the closing delimiter of the template that begins here, "" if there is none.
func (p *sqlParts) templateEnd() string {
	if p.at+1 >= len(p.s.Tokens) || p.s.Tokens[p.at].End != p.s.Tokens[p.at+1].Start {
		return ""
	}
	switch p.s.Tokens[p.at].Raw + p.s.Tokens[p.at+1].Raw {
	case "<%":
		return ">"
	case "{{", "&{":
		return "}"
	}
	return ""
}

// filled reads a template and returns its value.
func (p *sqlParts) filled() (part string, known, is bool) {
	from, end := p.at, p.templateEnd()
	double := p.s.Tokens[p.at].Raw == "{"
	p.at += 2
	p.skipToMark(end)
	p.at = min(p.at+1, len(p.s.Tokens))
	if double && !p.done() && p.s.Tokens[p.at].IsSymbol(end) {
		p.at++
	}
	text, known := p.values.Text(raw(p.s.Tokens[from:p.at]))
	return text, known, true
}

// skipToMark skips to a delimiter, or to the end.
func (p *sqlParts) skipToMark(mark string) {
	for !p.done() && !p.s.Tokens[p.at].IsSymbol(mark) {
		p.at++
	}
}

// raw returns the text of tokens without the space between them.
func raw(tokens []sqltext.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.Raw)
	}
	return b.String()
}
