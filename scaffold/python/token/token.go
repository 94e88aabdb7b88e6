// Package token splits Python source into tokens with exact places, from the bytes of a file in any encoding
// that Python reads.
package token

// Kind is the kind of a token, as CPython's tokenize module names them
// (https://docs.python.org/3/library/token.html).
type Kind uint8

// The kinds of tokens.
const (
	EndMarker Kind = iota
	Name           // identifiers and keywords, soft ones too
	Number
	String // a whole string or bytes literal that is not formatted
	Op
	Comment
	NL      // a line end that ends no statement
	Newline // a line end that ends a statement
	Indent
	Dedent
	FStringStart
	FStringMiddle
	FStringEnd
	TStringStart
	TStringMiddle
	TStringEnd
)

// Token is one token: the bytes Text()[Start:End] of its file. Where Python itself makes a token
// without a text (Dedent, EndMarker, the Newline a file lacks at its end) Start equals End.
type Token struct {
	Kind       Kind
	Start, End int
}

// Position is a place in a file: Offset counts bytes from 0, Line from 1, Column characters from 1.
type Position struct{ Offset, Line, Column int }

// Error is why Python refuses a file, and where.
type Error struct {
	Position
	Reason string
}

// Span is a piece of a file: bytes from Start up to, not with, End, of File.Text.
type Span struct{ Start, End int }

// Range returns the piece itself, so that every node that embeds a Span is a Node.
func (s Span) Range() Span { return s }
