package python

import (
	"iter"

	"sleet/scaffold/python/ast"
)

// Parent returns the node right around a node, nil for a statement of the file itself.
func (f *File) Parent(n ast.Node) ast.Node { return f.Index().Parent(n) }

// Nodes returns all nodes of the file in the order of the source.
func (f *File) Nodes() []ast.Node { return f.Index().Nodes }

// Index returns the nodes of the file, found when first asked for.
func (f *File) Index() *ast.Index {
	f.indexOnce.Do(func() { f.index = ast.NewIndex(f.Body, len(f.Tokens)) }) // there are hardly more nodes than tokens
	return f.index
}

// Ancestors returns the nodes around a node from the inside out, each with the one on the way to it.
func (f *File) Ancestors(n ast.Node) iter.Seq2[ast.Node, ast.Node] {
	return func(yield func(ancestor, from ast.Node) bool) {
		for parent := f.Parent(n); parent != nil; n, parent = parent, f.Parent(parent) {
			if !yield(parent, n) {
				return
			}
		}
	}
}

// Statement returns the innermost statement that a node is or stands in.
func (f *File) Statement(n ast.Node) ast.Stmt {
	for n != nil {
		if s, ok := n.(ast.Stmt); ok {
			return s
		}
		n = f.Parent(n)
	}
	return nil
}

// EnclosingFunction returns the innermost *FunctionDef or *Lambda in whose body a node stands, nil when
// there is none. Decorators, defaults and annotations are outside.
func (f *File) EnclosingFunction(n ast.Node) ast.Node {
	for ancestor, from := range f.Ancestors(n) {
		if inFunction(ancestor, from) {
			return ancestor
		}
	}
	return nil
}

// inFunction tells that from, a child of n, is the body of the function n or part of it.
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

// EnclosingClass returns the innermost class in whose body a node stands, in a method too.
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

// RunsAtImport tells that a node runs when the file does, not first when a function is called.
// Generator expressions count as run where they stand.
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

// TryPlace is where in a try statement a node stands.
type TryPlace struct {
	Try     *ast.Try
	Part    TryPart
	Handler *ast.Handler // of TryHandler
}

// EnclosingTries returns the try statements around a node in the same function, from the inside out.
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

// Loops returns what repeats a node in the same function, from the inside out: *For, *While or
// *Comprehension. What a for or the first clause of a comprehension goes through is read once, and
// an else runs once.
func (f *File) Loops(n ast.Node) []ast.Node {
	var loops []ast.Node
	once := false // whether the way up comes from what a clause goes through
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

// repeats tells that n repeats its child from.
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
