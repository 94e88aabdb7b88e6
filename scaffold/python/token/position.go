package token

import (
	"bytes"
	"fmt"
	"sort"
	"unicode/utf8"
)

// Error says where and why.
func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

// Source returns the text of a span.
func (f *File) Source(span Span) string { return string(f.Text[span.Start:span.End]) }

// Position returns the line and column of an offset into the text.
func (f *File) Position(offset int) Position {
	offset = max(0, min(offset, len(f.Text)))
	line := sort.SearchInts(f.lines, offset+1)
	return Position{offset, line, 1 + utf8.RuneCount(f.Text[f.lines[line-1]:offset])}
}

// Original returns the offset into the source as it came, with its own encoding and its byte order
// mark, of an offset into the text.
func (f *File) Original(offset int) int { return f.origin.original(offset) }

// lineStarts returns where each line of a text starts, the first at 0; a text that ends in a line end
// has an empty last line.
func lineStarts(text []byte) []int {
	starts := append(make([]int, 0, len(text)/32+1), 0)
	returns := bytes.IndexByte(text, '\r') >= 0
	for i := 0; ; {
		next := bytes.IndexByte(text[i:], '\n')
		if returns {
			next = bytes.IndexAny(text[i:], "\r\n")
		}
		if next < 0 {
			return starts
		}
		i += next
		i += lineEndSize(text, i)
		starts = append(starts, i)
	}
}

// positionIn returns the line and column of an offset into a text whose lines nobody has counted.
func positionIn(text []byte, offset int) Position {
	at := Position{Offset: offset, Line: 1}
	start := 0
	for i := 0; i < offset; i++ {
		if size := lineEndSize(text, i); size > 0 && i+size <= offset {
			i += size - 1
			at.Line++
			start = i + 1
		}
	}
	at.Column = 1 + utf8.RuneCount(text[start:offset])
	return at
}
