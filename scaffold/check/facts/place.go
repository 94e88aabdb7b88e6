package facts

import (
	"bytes"
	"unicode/utf8"

	"sleet/scaffold/python/token"
	"sleet/ui/message"
)

// inCode returns a finding for a part of a Python file. The runner adds the rule's own fields.
func (a *App) inCode(p string, span token.Span, symbol string, what message.Message) Finding {
	file := a.Python[p]
	f := Finding{Path: p, Symbol: symbol, Message: what, Start: span.Start, End: span.End}
	from, to := file.Position(span.Start), file.Position(span.End)
	f.Line, f.Column, f.EndLine, f.EndColumn = from.Line, from.Column, to.Line, to.Column
	return f
}

// TextFinding returns a finding for the bytes from start to end of a text file.
func (a *App) TextFinding(p string, start, end int, symbol string, what message.Message) Finding {
	f := NewFinding(p, a.Files[p], start, end)
	f.Symbol, f.Message = symbol, what
	return f
}

// NewFinding returns a finding for the bytes from start to end of a text.
func NewFinding(p string, text []byte, start, end int) Finding {
	f := Finding{Path: p, Start: start, End: end}
	f.Line, f.Column = LineColumn(text, start)
	f.EndLine, f.EndColumn = LineColumn(text, end)
	return f
}

// FileFinding returns a finding for a whole file or a missing one: line 1.
func (a *App) FileFinding(p, symbol string, what message.Message) Finding {
	return Finding{Path: p, Symbol: symbol, Message: what, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
}

// ByteOrderMark may start a file. It is not part of the first line.
const ByteOrderMark = "\ufeff"

// LineColumn returns the line and column of an offset, both from 1, the column in characters.
func LineColumn(text []byte, offset int) (line, column int) {
	offset = max(0, min(offset, len(text)))
	start := bytes.LastIndexByte(text[:offset], '\n') + 1
	if start == 0 && offset >= len(ByteOrderMark) && bytes.HasPrefix(text, []byte(ByteOrderMark)) {
		start = len(ByteOrderMark) // editors do not count it
	}
	return 1 + bytes.Count(text[:offset], []byte("\n")), 1 + utf8.RuneCount(text[start:offset])
}
