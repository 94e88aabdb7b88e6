// Package python reads Python source without Python: tokens with exact places, the tree, scopes, and
// what a name stands for. It is pure: bytes in, values out.
package python

// File is a source file that Python accepts.
type File struct {
	// Text is the source as UTF-8, without a byte order mark; all offsets are into it.
	Text   []byte
	Tokens []Token
	Body   []Stmt
	lines  []int  // where each line starts in Text
	origin origin // where Text was in the source
	around around // what the tree and the names mean, once asked for
}
