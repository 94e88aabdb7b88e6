// Package python reads Python source without Python: Parse returns the tokens, the tree and the scopes of a
// file, and refuses what Python refuses. It is pure: bytes in, values out.
package python

import (
	"sync"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/parser"
	"sleet/scaffold/python/scope"
	"sleet/scaffold/python/token"
)

// File is a source file that Python accepts.
type File struct {
	*token.File
	Body []ast.Stmt

	// What is found when first asked for.
	indexOnce  sync.Once
	index      *ast.Index
	scopesOnce sync.Once
	scopes     *scope.Table
}

// Parse reads a source file. Whatever Python 3.8 to 3.14 accepts is accepted, with the tree that the
// newest of them gives; what all of them refuse is refused with a *token.Error.
func Parse(src []byte) (*File, error) {
	file, err := parse(src)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// parse is Parse with an error of its own type.
func parse(src []byte) (*File, *token.Error) {
	tokens, refused := token.Read(src)
	if tokens == nil {
		return nil, refused
	}
	body, err := parser.Parse(tokens, refused)
	if err != nil {
		return nil, err
	}
	file := &File{File: tokens, Body: body}
	if err := file.refuse(); err != nil {
		return nil, err
	}
	return file, nil
}

// Scopes returns the scopes of the file, found when first asked for.
func (f *File) Scopes() *scope.Table {
	f.scopesOnce.Do(func() { f.scopes = scope.Analyze(f.Body, f.Index()) })
	return f.scopes
}
