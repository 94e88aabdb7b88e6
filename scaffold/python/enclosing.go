package python

import (
	"iter"

	"sleet/scaffold/python/ast"
)

// Parent returns the parent of a node, nil for a top-level statement.
func (f *File) Parent(n ast.Node) ast.Node { return f.Index().Parent(n) }

// Nodes returns all nodes of the file in source order.
func (f *File) Nodes() []ast.Node { return f.Index().Nodes }

// Index returns the index of the file's nodes. It is computed on first use.
func (f *File) Index() *ast.Index {
	f.indexOnce.Do(func() { f.index = ast.NewIndex(f.Body, len(f.Tokens)) }) // about one node per token
	return f.index
}

// Ancestors returns the ancestors of a node from the inside out, each with its child on the path to
// n.
func (f *File) Ancestors(n ast.Node) iter.Seq2[ast.Node, ast.Node] {
	return func(yield func(ancestor, from ast.Node) bool) {
		for parent := f.Parent(n); parent != nil; n, parent = parent, f.Parent(parent) {
			if !yield(parent, n) {
				return
			}
		}
	}
}

// Statement returns n itself if it is a statement, otherwise the innermost statement that contains
// it.
func (f *File) Statement(n ast.Node) ast.Stmt {
	for n != nil {
		if s, ok := n.(ast.Stmt); ok {
			return s
		}
		n = f.Parent(n)
	}
	return nil
}

// EnclosingFunction returns the innermost *FunctionDef or *Lambda whose body contains a node, nil
// if there is none. Decorators, defaults and annotations are not part of the body.
func (f *File) EnclosingFunction(n ast.Node) ast.Node {
	for ancestor, from := range f.Ancestors(n) {
		if inFunction(ancestor, from) {
			return ancestor
		}
	}
	return nil
}

// inFunction reports whether n is a function and its child from is part of its body.
func inFunction(n, from ast.Node) bool {
	switch n := n.(type) {
	case *ast.FunctionDef:
		_, ok := from.(ast.Stmt)
		return ok
	case *ast.Lambda:
		return from == n.Body
	default:
		return false
	}
}

// EnclosingClass returns the innermost class whose body contains a node, even within a method.
func (f *File) EnclosingClass(n ast.Node) *ast.ClassDef {
	for ancestor, from := range f.Ancestors(n) {
		if class, ok := ancestor.(*ast.ClassDef); ok {
			if _, ok := from.(ast.Stmt); ok {
				return class
			}
		}
	}
	return nil
}

// RunsAtImport reports whether a node runs when the file is executed, and not only when a function
// is called. Generator expressions count as executed immediately.
func (f *File) RunsAtImport(n ast.Node) bool { return f.EnclosingFunction(n) == nil }

// TryPart is a part of a try statement.
type TryPart uint8

// The parts of a try statement.
const (
	TryBody TryPart = iota
	TryHandler
	TryElse
	TryFinally
)

// TryPlace is a position in a try statement.
type TryPlace struct {
	Try     *ast.Try
	Part    TryPart
	Handler *ast.Handler // if Part is TryHandler
}

// EnclosingTries returns the try statements around a node within the same function, from the inside
// out.
func (f *File) EnclosingTries(n ast.Node) []TryPlace {
	var places []TryPlace
	for ancestor, from := range f.Ancestors(n) {
		if inFunction(ancestor, from) {
			break
		}
		if try, ok := ancestor.(*ast.Try); ok {
			places = append(places, placeIn(try, from))
		}
	}
	return places
}

func placeIn(try *ast.Try, from ast.Node) TryPlace {
	place := TryPlace{Try: try}
	start := from.Range().Start
	if handler, ok := from.(*ast.Handler); ok {
		place.Part, place.Handler = TryHandler, handler
		return place
	}
	switch {
	case len(try.Finally) > 0 && start >= try.Finally[0].Range().Start:
		place.Part = TryFinally
	case len(try.Else) > 0 && start >= try.Else[0].Range().Start:
		place.Part = TryElse
	}
	return place
}

// Loops returns the *For, *While and *Comprehension nodes that repeat a node within the same
// function, from the inside out. The iterable of a for statement or of the first clause of a
// comprehension is evaluated once, and so is an else block.
func (f *File) Loops(n ast.Node) []ast.Node {
	var loops []ast.Node
	once := false // whether the previous step came from the iterable of a clause
	for ancestor, from := range f.Ancestors(n) {
		if inFunction(ancestor, from) {
			break
		}
		if repeats(ancestor, from, once) {
			loops = append(loops, ancestor)
		}
		clause, ok := ancestor.(*ast.Clause)
		once = ok && from == clause.Iter
	}
	return loops
}

// repeats reports whether n repeats its child from.
func repeats(n, from ast.Node, once bool) bool {
	switch n := n.(type) {
	case *ast.For:
		return from != n.Iter && !inElse(n.Else, from)
	case *ast.While:
		return !inElse(n.Else, from)
	case *ast.Comprehension:
		return !once || from != n.Clauses[0]
	default:
		return false
	}
}

func inElse(body []ast.Stmt, n ast.Node) bool {
	_, ok := n.(ast.Stmt)
	return ok && len(body) > 0 && n.Range().Start >= body[0].Range().Start
}
