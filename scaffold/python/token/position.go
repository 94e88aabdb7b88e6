package token

import (
	"bytes"
	"fmt"
	"sort"
	"unicode/utf8"
)

// Error returns the position and the reason.
func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

// Source returns the text of a span.
func (f *File) Source(span Span) string { return string(f.Text[span.Start:span.End]) }

// Position returns the line and column of an offset in the text.
func (f *File) Position(offset int) Position {
	offset = max(0, min(offset, len(f.Text)))
	line := sort.SearchInts(f.lines, offset+1)
	return Position{offset, line, 1 + utf8.RuneCount(f.Text[f.lines[line-1]:offset])}
}

// Original converts an offset in the text to an offset in the source, which may have another
// encoding and a byte order mark.
func (f *File) Original(offset int) int { return f.origin.original(offset) }

// lineStarts returns the offset of each line. A text that ends with a line ending has an empty last
// line.
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

// positionIn returns the line and column of an offset without a line table.
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
