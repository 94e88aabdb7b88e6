package parser

import (
	"strings"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// strings parses adjacent literals, which form a single value.
func (p *parser) strings() ast.Expr {
	start := p.start()
	var parts []ast.Expr
	var plain, bytes, formatted, template bool
	for {
		at := p.start()
		switch p.kind() {
		case token.String:
			c := p.plain()
			plain, bytes = plain || c.Sort == ast.Str, bytes || c.Sort == ast.Bytes
			parts = append(parts, c)
		case token.FStringStart:
			formatted = true
			parts = append(parts, p.pieces()...)
		case token.TStringStart:
			template = true
			parts = append(parts, p.pieces()...)
		default:
			if bytes && (plain || formatted) {
				p.fail(p.start(), "cannot mix bytes and nonbytes literals")
			}
			return joined(p.span(start), parts, formatted || template, template)
		}
		if template && (plain || bytes || formatted) {
			p.fail(at, "cannot mix t-string literals with string or bytes literals")
		}
	}
}

// joined joins the parts of adjacent literals: it merges adjacent constants and drops empty ones.
func joined(span token.Span, parts []ast.Expr, formatted, template bool) ast.Expr {
	values := make([]ast.Expr, 0, len(parts))
	for i := 0; i < len(parts); {
		first, ok := parts[i].(*ast.Constant)
		if !ok {
			values = append(values, parts[i])
			i++
			continue
		}
		n := 1
		for i+n < len(parts) {
			if _, ok := parts[i+n].(*ast.Constant); !ok {
				break
			}
			n++
		}
		if c := fold(first, parts[i:i+n]); c.Value != "" || !formatted {
			values = append(values, c)
		}
		i += n
	}
	if !formatted {
		return values[0]
	}
	return &ast.JoinedStr{Base: ast.Base{Span: span}, Template: template, Values: values}
}

// fold merges several constants.
func fold(first *ast.Constant, parts []ast.Expr) *ast.Constant {
	if len(parts) == 1 {
		return first
	}
	var b strings.Builder
	end := first.End
	for _, part := range parts {
		if c, ok := part.(*ast.Constant); ok {
			b.WriteString(c.Value)
			end = c.End
		}
	}
	return &ast.Constant{Base: ast.Base{Span: token.Span{Start: first.Start, End: end}}, Sort: first.Sort, Value: b.String()}
}

// plain parses an unformatted literal.
func (p *parser) plain() *ast.Constant {
	t := p.token()
	text := p.src[t.Start:t.End]
	quote := strings.IndexAny(text, `'"`)
	prefix := strings.ToLower(text[:quote])
	size := 1
	if q := text[quote]; len(text) >= quote+6 && text[quote+1] == q && text[quote+2] == q {
		size = 3
	}
	sort := ast.Str
	if strings.Contains(prefix, "b") {
		sort = ast.Bytes
	}
	value := p.decoded(t.Start, text[quote+size:len(text)-size], sort, strings.Contains(prefix, "r"))
	p.next()
	return &ast.Constant{Base: ast.Base{Span: token.Span{Start: t.Start, End: t.End}}, Sort: sort, Value: value}
}

// pieces parses an f-string or a t-string: its constants and its fields.
func (p *parser) pieces() []ast.Expr {
	t := p.token()
	raw := strings.ContainsAny(p.src[t.Start:t.End], "rR")
	template := t.Kind == token.TStringStart
	p.next()
	var parts []ast.Expr
	for {
		switch p.kind() {
		case token.FStringMiddle, token.TStringMiddle:
			parts = append(parts, p.middle(raw))
		case token.FStringEnd, token.TStringEnd:
			p.next()
			return parts
		default:
			parts = append(parts, p.field(template, raw)...)
		}
	}
}

// middle parses a constant in a formatted literal.
func (p *parser) middle(raw bool) *ast.Constant {
	t := p.token()
	text := p.src[t.Start:t.End]
	value := p.decoded(t.Start, text, ast.Str, raw)
	p.next()
	if n := len(text); n > 0 && t.End < len(p.src) && p.start() > t.End && p.src[t.End] == text[n-1] {
		t.End++ // include the second of two doubled braces
	}
	return &ast.Constant{Base: ast.Base{Span: token.Span{Start: t.Start, End: t.End}}, Sort: ast.Str, Value: value}
}

// field parses {value=!r:spec} and returns the field, preceded by the text that = adds.
func (p *parser) field(template, raw bool) []ast.Expr {
	sort := "f-string: "
	if template {
		sort = "t-string: "
	}
	start := p.start()
	p.deeper()
	p.expect("{")
	if !p.startsExpr() && p.word != "yield" {
		p.unexpected(sort + "expecting a valid expression after '{'")
	}
	f := &ast.Formatted{Value: p.yieldOrStar()}
	p.comma()
	var parts []ast.Expr
	debug := p.take("=")
	if debug {
		span := token.Span{Start: start + 1, End: p.start()}
		parts = append(parts, &ast.Constant{Base: ast.Base{Span: span}, Sort: ast.Str, Value: debugText(p.src[span.Start:span.End])})
	}
	if p.take("!") {
		f.Conversion = p.conversion(sort)
	}
	if p.word == ":" {
		f.Spec = p.spec(template, raw)
	} else if debug && f.Conversion == 0 {
		f.Conversion = 'r'
	}
	if p.word != "}" {
		p.unexpected(sort + "expecting '=', or '!', or ':', or '}'")
	}
	p.next()
	p.depth--
	f.Span = p.span(start)
	return append(parts, f)
}

// conversion parses the letter after the exclamation mark.
func (p *parser) conversion(sort string) byte {
	if !p.isName() {
		p.unexpected(sort + "invalid conversion character")
	}
	t := p.token()
	if p.toks[p.at-1].End != t.Start {
		p.unexpected(sort + "conversion type must come right after the exclamation mark")
	}
	text := p.src[t.Start:t.End]
	if text != "r" && text != "s" && text != "a" {
		p.unexpected(sort + "invalid conversion character '" + text + "': expected 's', 'r', or 'a'")
	}
	p.next()
	return text[0]
}

// spec parses the colon and the format specification.
func (p *parser) spec(template, raw bool) *ast.JoinedStr {
	start := p.start()
	p.expect(":")
	var parts []ast.Expr
	for {
		switch {
		case p.kind() == token.FStringMiddle || p.kind() == token.TStringMiddle:
			parts = append(parts, p.middle(raw))
		case p.word == "{":
			parts = append(parts, p.field(template, raw)...)
		default:
			s, _ := joined(p.span(start), parts, true, false).(*ast.JoinedStr)
			return s
		}
	}
}

// debugText returns the text that {value=} shows: the source without comments and with normalized
// line endings.
func debugText(text string) string {
	text = lineEnds(text)
	if !strings.Contains(text, "#") {
		return text
	}
	var b strings.Builder
	var quote byte
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '#':
			if end := strings.IndexByte(text[i:], '\n'); end >= 0 {
				i += end
				c = '\n'
			} else {
				return b.String()
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// lineEnds normalizes line endings to "\n", as Python does.
func lineEnds(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}
