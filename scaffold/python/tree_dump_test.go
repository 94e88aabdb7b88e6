package python

import (
	"bytes"
	"fmt"
	"strconv"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// treeWriter writes a tree in the format of testdata/trees.py.
type treeWriter struct {
	bytes.Buffer
	file  *File
	minor int  // of the Python version to imitate
	spans bool // whether to write positions
}

// treeOf writes all statements of a file.
func treeOf(file *File, minor int) []byte {
	w := &treeWriter{file: file, minor: minor, spans: minor > 8}
	for _, s := range file.Body {
		w.stmt(s)
	}
	return w.Bytes()
}

// node writes a node with its fields: nodes, lists, strings and so on.
func (w *treeWriter) node(name string, span token.Span, fields ...any) {
	w.WriteString("(" + name)
	w.span(span)
	spans := w.spans
	if name == "JoinedStr" && w.minor < 12 {
		w.spans = false
	}
	for _, f := range fields {
		w.value(f)
	}
	w.spans = spans
	w.WriteString(")")
}

// bare writes a node that has no position in CPython.
func (w *treeWriter) bare(name string, fields ...any) {
	spans := w.spans
	w.spans = false
	w.WriteString("(" + name)
	w.spans = spans
	for _, f := range fields {
		w.value(f)
	}
	w.WriteString(")")
}

func (w *treeWriter) span(s token.Span) {
	if !w.spans {
		return
	}
	for i, offset := range []int{s.Start, s.End} {
		line := w.file.Position(offset).Line
		start := 1 + bytes.LastIndexAny(w.file.Text[:offset], "\r\n")
		w.WriteByte(" -"[i])
		w.WriteString(strconv.Itoa(line) + ":" + strconv.Itoa(offset-start))
	}
}

// word is a token without quotes, such as an operator or a context.
type word string

func (w *treeWriter) value(v any) {
	switch v := v.(type) {
	case nil:
		w.WriteString(" -")
	case word:
		w.WriteString(" " + string(v))
	case string:
		w.WriteString(" " + strconv.Itoa(len(v)) + "'" + v)
	case int:
		w.WriteString(" " + strconv.Itoa(v))
	case bool:
		w.value(map[bool]int{true: 1}[v])
	case ast.Context:
		w.value([]word{"Load", "Store", "Del"}[v])
	case *ast.Ident:
		if v == nil {
			w.value(nil)
		} else {
			w.value(v.Name)
		}
	case ast.Ident:
		w.value(v.Name)
	case *ast.NameExpr:
		w.expr(v)
	case *ast.JoinedStr:
		if v == nil {
			w.value(nil)
		} else {
			w.expr(v)
		}
	case ast.Stmt:
		w.stmt(v)
	case ast.Expr:
		w.expr(v)
	case ast.Node:
		w.part(v)
	case func():
		v()
	default:
		w.lists(v)
	}
}

func (w *treeWriter) lists(v any) {
	switch v := v.(type) {
	case []ast.Stmt:
		list(w, v)
	case []ast.Expr:
		list(w, v)
	case []*ast.Alias:
		list(w, v)
	case []*ast.Handler:
		list(w, v)
	case []*ast.WithItem:
		list(w, v)
	case []*ast.MatchCase:
		list(w, v)
	case []*ast.Pattern:
		list(w, v)
	case []*ast.TypeParam:
		list(w, v)
	case []*ast.Param:
		list(w, v)
	case []*ast.Keyword:
		list(w, v)
	case []*ast.Clause:
		list(w, v)
	case []ast.Ident:
		list(w, v)
	case []word:
		list(w, v)
	default:
		panic(fmt.Sprintf("no way to write %T", v))
	}
}

func list[T any](w *treeWriter, list []T) {
	w.WriteString("[")
	for _, v := range list {
		w.value(v)
	}
	w.WriteString("]")
}

// prefixed returns the name of a node that has an async variant.
func prefixed(async bool, name string) string {
	if async {
		return "Async" + name
	}
	return name
}

// typeParams writes the field that CPython has since 3.12.
func (w *treeWriter) typeParams(list []*ast.TypeParam) func() {
	return func() {
		if w.minor >= 12 {
			w.value(list)
		}
	}
}

func (w *treeWriter) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.FunctionDef:
		w.node(prefixed(s.Async, "FunctionDef"), s.Span, s.Name, s.Params, s.Body, s.Decorators, s.Returns, w.typeParams(s.TypeParams))
	case *ast.ClassDef:
		w.node("ClassDef", s.Span, s.Name, s.Bases, s.Keywords, s.Body, s.Decorators, w.typeParams(s.TypeParams))
	case *ast.Return:
		w.node("Return", s.Span, s.Value)
	case *ast.Delete:
		w.node("Delete", s.Span, s.Targets)
	case *ast.Assign:
		w.node("Assign", s.Span, s.Targets, s.Value)
	case *ast.AugAssign:
		w.node("AugAssign", s.Span, s.Target, operator(s.Op), s.Value)
	case *ast.AnnAssign:
		w.node("AnnAssign", s.Span, s.Target, s.Annotation, s.Value, s.Simple)
	case *ast.TypeAlias:
		w.node("TypeAlias", s.Span, s.Name, s.TypeParams, s.Value)
	case *ast.For:
		w.node(prefixed(s.Async, "For"), s.Span, s.Target, s.Iter, s.Body, s.Else)
	case *ast.While:
		w.node("While", s.Span, s.Test, s.Body, s.Else)
	case *ast.If:
		w.node("If", s.Span, s.Test, s.Body, s.Else)
	case *ast.With:
		w.node(prefixed(s.Async, "With"), s.Span, s.Items, s.Body)
	case *ast.Match:
		w.node("Match", s.Span, s.Subject, s.Cases)
	case *ast.Raise:
		w.node("Raise", s.Span, s.Exc, s.Cause)
	case *ast.Try:
		w.node(map[bool]string{false: "Try", true: "TryStar"}[s.Star], s.Span, s.Body, s.Handlers, s.Else, s.Finally)
	case *ast.Assert:
		w.node("Assert", s.Span, s.Test, s.Msg)
	case *ast.Import:
		w.node("Import", s.Span, s.Names)
	case *ast.ImportFrom:
		var module any
		if s.Module != "" {
			module = s.Module
		}
		w.node("ImportFrom", s.Span, module, s.Names, s.Level)
	case *ast.Global:
		w.node("Global", s.Span, s.Names)
	case *ast.Nonlocal:
		w.node("Nonlocal", s.Span, s.Names)
	case *ast.ExprStmt:
		w.node("Expr", s.Span, s.Value)
	case *ast.Pass:
		w.node("Pass", s.Span)
	case *ast.Break:
		w.node("Break", s.Span)
	case *ast.Continue:
		w.node("Continue", s.Span)
	}
}
