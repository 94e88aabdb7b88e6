// Package python reads Python source without Python: tokens with exact places, the tree, scopes, and
// what a name stands for. It is pure: bytes in, values out.
package python

import "sync"

// File is a source file that Python accepts.
type File struct {
	*tokenFile
	Body []Stmt

	// What is found when first asked for.
	nodesOnce  sync.Once
	nodes      []Node
	parents    map[Node]Node
	scopesOnce sync.Once
	scopes     *Scopes
}

// Parse reads a source file. Whatever Python 3.8 to 3.14 accepts is accepted, with the tree that the
// newest of them gives; what all of them refuse is refused with an *Error.
func Parse(src []byte) (*File, error) {
	file, err := parse(src)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// parse is Parse with an error of its own type.
func parse(src []byte) (*File, *Error) {
	tokens, refused := read(src)
	if tokens == nil {
		return nil, refused
	}
	body, err := parseTokens(tokens, refused)
	if err != nil {
		return nil, err
	}
	file := &File{tokenFile: tokens, Body: body}
	if err := file.refuse(); err != nil {
		return nil, err
	}
	return file, nil
}

// Scopes returns the scopes of the file, found when first asked for.
func (f *File) Scopes() *Scopes {
	f.scopesOnce.Do(func() { f.scopes = analyze(f.Body) })
	return f.scopes
}
