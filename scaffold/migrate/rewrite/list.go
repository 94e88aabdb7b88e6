package rewrite

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// list is a comma-separated list: the names of an import, the arguments of a call.
type list struct {
	items []token.Span
	// closed reports whether the list is in brackets, so that it may span several lines.
	closed bool
}

// arguments returns the items of a call, including parenthesized ones, and the offsets of its parentheses.
func (m *module) arguments(call *ast.Call) (l list, open, shut int) {
	_, open = m.sign(m.afterCallee(call))
	shut = call.End - 1
	depth, start, end := 0, -1, 0
	for _, tok := range m.file.Tokens[m.tokenAt(open+1):] {
		if tok.Start >= shut {
			break
		}
		text := string(m.text[tok.Start:tok.End])
		switch {
		case tok.Kind == token.NL || tok.Kind == token.Comment:
			continue
		case tok.Kind == token.Op && depth == 0 && text == ",":
			l.items = append(l.items, token.Span{Start: start, End: end})
			start = -1
			continue
		case tok.Kind == token.Op && (text == "(" || text == "[" || text == "{"):
			depth++
		case tok.Kind == token.Op && (text == ")" || text == "]" || text == "}"):
			depth--
		}
		if start < 0 {
			start = tok.Start
		}
		end = tok.End
	}
	if start >= 0 {
		l.items = append(l.items, token.Span{Start: start, End: end})
	}
	l.closed = true
	return l, open, shut
}

// afterCallee returns the end of the callee of a call, including parentheses around it.
func (m *module) afterCallee(call *ast.Call) int {
	at := call.Func.Range().End
	for {
		text, start := m.sign(at)
		if text != ")" {
			return at
		}
		at = start + 1
	}
}

// without returns the spans to delete to remove some items of a list, but not all.
func (m *module) without(l list, drop func(i int) bool) []token.Span {
	var spans []token.Span
	for i := 0; i < len(l.items); i++ {
		if !drop(i) {
			continue
		}
		if span, own := m.ownLines(l, i); own {
			spans = append(spans, span)
			continue
		}
		last := i
		for last+1 < len(l.items) && drop(last+1) {
			last++
		}
		spans = append(spans, m.run(l, i, last))
		i = last
	}
	return spans
}

// comma returns the end of an item, including a comma after it.
func (m *module) comma(item token.Span) int {
	if text, at := m.sign(item.End); text == "," {
		return at + 1
	}
	return item.End
}

// ownLines returns the lines of an item. own is false if other items share them.
func (m *module) ownLines(l list, i int) (token.Span, bool) {
	item := l.items[i]
	end := m.comma(item)
	own := m.leads(item.Start) && m.trails(end) && (l.closed || i+1 < len(l.items))
	return token.Span{Start: m.lineStart(item.Start), End: m.nextLine(end)}, own
}

// run returns the span to delete for adjacent items.
func (m *module) run(l list, first, last int) token.Span {
	start, end := l.items[first].Start, l.items[last].End
	comma := m.comma(l.items[last])
	if m.leads(start) && m.trails(comma) && (l.closed || last+1 < len(l.items)) {
		return token.Span{Start: m.lineStart(start), End: m.nextLine(comma)}
	}
	if last+1 == len(l.items) {
		previous := l.items[first-1].End
		if len(m.comments(previous, start)) > 0 {
			return token.Span{Start: start, End: end}
		}
		return token.Span{Start: previous, End: end}
	}
	next := l.items[last+1].Start
	if m.lineStart(next) == m.lineStart(start) || len(m.comments(comma, next)) == 0 && !m.leads(next) {
		return token.Span{Start: start, End: next}
	}
	for start > 0 && (m.text[start-1] == ' ' || m.text[start-1] == '\t') && !m.leads(start) {
		start--
	}
	return token.Span{Start: start, End: comma}
}
