package facts

import (
	"bytes"
	"unicode/utf8"

	"sleet/scaffold/python/token"
	"sleet/ui/message"
)

// inCode makes a finding of a piece of a Python file; the runner adds what the rule says.
func (a *App) inCode(p string, span token.Span, symbol string, what message.Message) Finding {
	file := a.Python[p]
	f := Finding{Path: p, Symbol: symbol, Message: what, Start: span.Start, End: span.End}
	from, to := file.Position(span.Start), file.Position(span.End)
	f.Line, f.Column, f.EndLine, f.EndColumn = from.Line, from.Column, to.Line, to.Column
	return f
}

// InText makes a finding of the bytes from start up to end of any text file.
func (a *App) InText(p string, start, end int, symbol string, what message.Message) Finding {
	f := Placed(p, a.Files[p], start, end)
	f.Symbol, f.Message = symbol, what
	return f
}

// Placed makes a finding of the bytes from start up to end of a text.
func Placed(p string, text []byte, start, end int) Finding {
	f := Finding{Path: p, Start: start, End: end}
	f.Line, f.Column = LineColumn(text, start)
	f.EndLine, f.EndColumn = LineColumn(text, end)
	return f
}

// InFile makes a finding of a whole file, or of one that is missing: line 1.
func (a *App) InFile(p, symbol string, what message.Message) Finding {
	return Finding{Path: p, Symbol: symbol, Message: what, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
}

// ByteOrderMark may begin a file; it is not part of its first line.
const ByteOrderMark = "\ufeff"

// LineColumn returns the place of a byte: line and column from 1, the column in characters.
func LineColumn(text []byte, offset int) (line, column int) {
	offset = max(0, min(offset, len(text)))
	start := bytes.LastIndexByte(text[:offset], '\n') + 1
	if start == 0 && offset >= len(ByteOrderMark) && bytes.HasPrefix(text, []byte(ByteOrderMark)) {
		start = len(ByteOrderMark) // which no editor counts
	}
	return 1 + bytes.Count(text[:offset], []byte("\n")), 1 + utf8.RuneCount(text[start:offset])
}
