package rewrite

import (
	"maps"
	"slices"
	"strings"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// lines are whole lines to remove, with the cause. opens reports whether they are the first of a block.
type lines struct {
	token.Span
	cause
	opens bool
}

// emit makes the edits.
func (r removal) emit() {
	var whole []lines
	gone := slices.SortedFunc(maps.Keys(r.gone), func(a, b ast.Stmt) int { return a.Range().Start - b.Range().Start })
	for _, s := range gone {
		span, text, ok := r.deletion(s)
		switch {
		case !ok:
		case text == "" && r.leads(span.Start) && r.lineStart(span.End) == span.End:
			l := lines{span, r.gone[s], r.opens(s)}
			if n := len(whole) - 1; n >= 0 && r.isBlank(whole[n].End, span.Start) && !r.writesBetween(whole[n].End, span.Start) {
				whole[n].End = span.End
			} else {
				whole = append(whole, l)
			}
		default:
			r.put(span, text, r.gone[s])
		}
	}
	for _, l := range whole {
		r.put(r.withBlanks(l), "", l.cause)
	}
}

// opens reports whether a statement is the first of its block, not counting removed statements before it.
func (r removal) opens(s ast.Stmt) bool {
	b := r.blockOf(s)
	if r.cut[b.list[0]].list != nil {
		return false // it is removed with its header
	}
	for _, before := range b.list {
		if before == s {
			return true
		}
		if _, gone := r.gone[before]; !gone {
			return false
		}
	}
	return false
}

// isBlank reports whether only blank lines are between two offsets.
func (m *module) isBlank(from, to int) bool {
	return from <= to && strings.TrimSpace(string(m.text[from:to])) == ""
}

// withBlanks returns the span of removed lines, including the surrounding blank lines that would be too many
// afterwards.
func (m *module) withBlanks(l lines) token.Span {
	before, after := m.blankBefore(l.Start), m.blankLines(l.End)
	if l.opens {
		if m.writesBetween(l.Start, l.End) {
			return l.Span
		}
		return token.Span{Start: l.Start, End: m.skip(l.End, after)}
	}
	start := l.Start
	for range min(before, after) {
		if m.writesBetween(start, start) {
			break
		}
		start = m.lineBefore(start)
	}
	return token.Span{Start: start, End: l.End}
}

// lineBefore returns the start of the line before the one that starts at an offset.
func (m *module) lineBefore(at int) int {
	if at >= 2 && m.text[at-1] == '\n' && m.text[at-2] == '\r' {
		return m.lineStart(at - 2)
	}
	return m.lineStart(max(at-1, 0))
}

// writesBetween reports whether the helper, or the imports of a file that has none, are written between two offsets.
func (m *module) writesBetween(from, to int) bool {
	at := m.afterLead(m.lead())
	if len(m.helper.lines) > 0 {
		at = m.afterLead(m.helper.after)
	}
	return len(m.helper.lines)+len(m.top.lines) > 0 && from <= at && at <= to
}

// skip returns the start of the line that is count lines after an offset.
func (m *module) skip(offset, count int) int {
	for range count {
		offset = m.nextLine(offset)
	}
	return offset
}

// blankBefore counts the blank lines before the line that starts at an offset.
func (m *module) blankBefore(at int) int {
	count := 0
	for at > 0 {
		start := m.lineBefore(at)
		if strings.TrimSpace(string(m.text[start:at])) != "" {
			break
		}
		count++
		at = start
	}
	return count
}
