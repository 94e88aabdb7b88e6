package scope

import (
	"testing"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/parser"
	"sleet/scaffold/python/token"
)

// source is a file with its tree and its scopes.
type source struct {
	*token.File
	Body   []ast.Stmt
	scopes *Table
}

func parseSource(text string) (*source, error) {
	file, refused := token.Read([]byte(text))
	if file == nil {
		return nil, refused
	}
	body, refused := parser.Parse(file, refused)
	if refused != nil {
		return nil, refused
	}
	return &source{File: file, Body: body, scopes: Analyze(body, ast.NewIndex(body, 0))}, nil
}

// mustParse parses a valid module.
func mustParse(t testing.TB, text string) *source {
	t.Helper()
	file, err := parseSource(text)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return file
}
