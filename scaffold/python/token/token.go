// Package token splits Python source into tokens with exact positions, from a file in any encoding
// that Python supports. It does not check the grammar.
package token

// Kind is the kind of a token, named as in CPython's tokenize module
// (https://docs.python.org/3/library/token.html).
type Kind uint8

// The kinds of tokens.
const (
	EndMarker Kind = iota
	Name           // identifiers and keywords, including soft keywords
	Number
	String // a complete unformatted string or bytes literal
	Op
	Comment
	NL      // a line ending that does not end a statement
	Newline // a line ending that ends a statement
	Indent
	Dedent
	FStringStart
	FStringMiddle
	FStringEnd
	TStringStart
	TStringMiddle
	TStringEnd
)

// Token is one token: the bytes Text[Start:End] of its file. Start equals End for tokens without
// text (Dedent, EndMarker, and a Newline missing at the end of the file).
type Token struct {
	Kind       Kind
	Start, End int
}

// Position is a position in a file. Offset is in bytes from 0, Line counts from 1, and Column is in
// characters from 1.
type Position struct{ Offset, Line, Column int }

// Error reports where and why Python rejects a file.
type Error struct {
	Position
	Reason string
}

// Span is a range of bytes in File.Text, from Start up to but not including End.
type Span struct{ Start, End int }

// Range returns the span itself. Types that embed a Span, such as the nodes of package ast, inherit it.
func (s Span) Range() Span { return s }
