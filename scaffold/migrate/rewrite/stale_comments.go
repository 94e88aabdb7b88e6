package rewrite

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/migrate/change"
	"sleet/scaffold/python/token"
	"sleet/ui/message"
)

// staleClaims matches comments that say how a warehouse provides the session or the module _snowflake. In a container
// they are wrong.
var staleClaims = sync.OnceValue(func() *regexp.Regexp {
	const provider = `(snowflake|snowsight|sis|the (platform|runtime|warehouse))`
	return regexp.MustCompile(`(?i)` + strings.Join([]string{
		`\binject(s|ed)?\b`,
		`\b(provided|supplied|given) by ` + provider + `\b`,
		`\b(only (works|available|exists|runs)|(works|available|exists|runs) only) (in|inside|within) (a )?` + provider + `\b`,
		`\bget_active_session\b`, `\b_snowflake\b`,
	}, "|"))
})

// removeStaleComments removes comments that describe how a warehouse provides what an edit replaced: after the replaced
// code on its line, or alone on the line above it. A longer block of comments may say more, so it stays.
func (m *module) removeStaleComments() {
	for _, e := range slices.Clone(m.edits) {
		if e.New == "" || e.Start == e.End || !replacesWarehouse(e.Kind) {
			continue
		}
		for _, span := range []token.Span{m.commentAfter(e.End), m.commentAbove(e.Start)} {
			if span.Start == span.End || !staleClaims().Match(m.text[span.Start:span.End]) || m.edited(span) {
				continue
			}
			m.put(span, "", cause{
				rule: e.Rule, symbol: e.Symbol, why: message.New("change.comment"), kind: e.Kind, line: m.Line(span.Start),
			})
		}
	}
}

// replacesWarehouse reports whether an edit of a kind replaces something that only a warehouse has.
func replacesWarehouse(kind change.Kind) bool {
	return kind == change.KindSession || kind == change.KindSecret || kind == change.KindCortex
}

// commentAfter returns the comment at the end of the line of an offset, with the white space before it.
func (m *module) commentAfter(offset int) token.Span {
	end := m.lineEnd(offset)
	list := m.comments(offset, end)
	if len(list) == 0 {
		return token.Span{}
	}
	start := list[0].Start
	for start > offset && (m.text[start-1] == ' ' || m.text[start-1] == '\t') {
		start--
	}
	return token.Span{Start: start, End: end}
}

// commentAbove returns the line above that of an offset if it is a comment without another one above it.
func (m *module) commentAbove(offset int) token.Span {
	end := m.lineStart(offset)
	if end == 0 {
		return token.Span{}
	}
	start := m.lineBefore(end)
	isComment := func(start, end int) bool {
		return strings.HasPrefix(strings.TrimSpace(string(m.text[start:end])), "#") && len(m.comments(start, end)) > 0
	}
	if !isComment(start, end) || start > 0 && isComment(m.lineBefore(start), start) {
		return token.Span{}
	}
	return token.Span{Start: start, End: end}
}

// edited reports whether an edit replaces a part of a span.
func (m *module) edited(span token.Span) bool {
	return slices.ContainsFunc(m.edits, func(e change.Edit) bool { return e.Start < span.End && span.Start < e.End })
}
