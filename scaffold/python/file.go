// Package python parses Python source without Python. Parse returns the tokens, the tree and the
// scopes of a file, and rejects what Python rejects. It is pure: it reads no files and runs
// nothing.
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

	// The fields below are computed on first use.
	indexOnce  sync.Once
	index      *ast.Index
	scopesOnce sync.Once
	scopes     *scope.Table
}

// Parse parses a source file. It accepts everything that any of Python 3.8 to 3.14 accepts, with
// the tree of the newest. It rejects what all of them reject with a *token.Error.
func Parse(src []byte) (*File, error) {
	file, err := parse(src)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// parse is Parse with a concrete error type.
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

// Scopes returns the scopes of the file. They are computed on first use.
func (f *File) Scopes() *scope.Table {
	f.scopesOnce.Do(func() { f.scopes = scope.Analyze(f.Body, f.Index()) })
	return f.scopes
}
