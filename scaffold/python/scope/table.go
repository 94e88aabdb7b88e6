// Package scope tells what the names of a Python file stand for: the scopes, what binds a name in each, and
// the dotted name or the text that an expression stands for.
package scope

import "sleet/scaffold/python/ast"

// Table tells what the names of a file mean: which scopes it has, and for each name in each of
// them whether it is local, global, free or a cell, as CPython's symtable module has it
// (https://docs.python.org/3/library/symtable.html, the rules of Python 3.13 without the inlining
// of comprehensions, which changes no name's meaning).
//
// It never changes once made, so that several goroutines may ask it.
type Table struct {
	// Module is the scope of the file itself; every other is below it.
	Module *Scope
	// Stars are the modules of `from m import *`, in the order of the source, each once.
	Stars []string

	index  *ast.Index
	uses   []*Scope // the scopes in which names stand, by the number of the node
	opened map[ast.Node][]*Scope
}

// Kind is the sort of a scope.
type Kind uint8

// The sorts of scopes.
const (
	Module Kind = iota
	Class
	Function
	Lambda
	Comprehension // a generator expression too
	TypeParams    // round a def, class or type statement that has type parameters
	TypeAlias     // the value of a type statement
	TypeVariable  // the bound or the default of a type parameter
)

// Scope is a piece of source with names of its own.
type Scope struct {
	Kind Kind
	// Name is symtable's: top, the name of the function, class, type or type parameter, lambda,
	// listcomp, setcomp, dictcomp or genexpr.
	Name string
	// Node opens the scope: *FunctionDef, *ClassDef, *Lambda, *Comprehension, *TypeAlias or
	// *TypeParam; nil for the module.
	Node     ast.Node
	Parent   *Scope
	Children []*Scope
	// Names has every name that stands in the scope or passes through it, by its mangled form.
	Names map[string]*Symbol

	private   string          // the class whose name mangles names here
	mangled   map[string]bool // in the type parameters of a class: the only names that are mangled
	seesClass bool            // an annotation scope right in a class sees the names of the class
}

// Flag is what is done to a name in a scope.
type Flag uint16

// What may be done to a name.
const (
	Referenced       Flag = 1 << iota // read
	Assigned                          // bound by anything but an import or a parameter, or deleted
	Imported                          // bound by an import
	Parameter                         // a parameter
	Annotated                         // annotated as a variable
	DeclaredGlobal                    // named by global
	DeclaredNonlocal                  // named by nonlocal
	TypeParameter                     // a type parameter
)

const bound = Assigned | Imported | Parameter | TypeParameter

// Reach is where a name of a scope lives.
type Reach uint8

// Where a name may live.
const (
	Local          Reach = iota // in the scope
	Cell                        // in the scope, and scopes within use it
	Free                        // in a scope around that is no module
	GlobalExplicit              // in the module, by a global statement
	GlobalImplicit              // in the module, or a builtin
)

// Symbol is one name in one scope.
type Symbol struct {
	Name  string // mangled
	Flags Flag
	Reach Reach
	// Bindings are all that bind the name that lives here, in the order of the source, those from
	// scopes within by global, nonlocal or := in a comprehension too.
	Bindings []Binding

	stands resolved
}

// BindingKind is how a name is bound.
type BindingKind uint8

// The ways to bind a name.
const (
	ByImport     BindingKind = iota // import or from … import
	ByAssignment                    // =, with an annotation or not
	ByAugmented                     // += and the like
	ByAnnotation                    // x: T alone, which binds nothing yet
	ByNamedExpr                     // :=
	ByDef
	ByClass
	ByFor
	ByWith
	ByExcept
	ByParam
	ByComprehension // the target of a clause
	ByPattern       // match
	ByTypeParam
	ByTypeAlias
	ByDelete // del, which makes a name local as well
)

// Binding is one place that binds a name.
type Binding struct {
	Kind BindingKind
	// Node binds: *Alias, *NameExpr, *FunctionDef, *ClassDef, *Handler, *Param, *Pattern or
	// *TypeParam.
	Node ast.Node
	// Value is what an assignment, := or a for each other piece of a tuple binds the name to; nil
	// where no expression stands for it.
	Value ast.Expr
	// Target is the dotted name of what an import binds, with leading dots where it is relative.
	Target string
	// Scope is the scope in which the binding stands.
	Scope *Scope

	arm *arm
}

// arm is a part of a try statement, and what is around it in the same scope.
type arm struct {
	try     *ast.Try
	handler bool
	around  *arm
}

// Analyze returns the scopes of a file with these statements and these nodes.
func Analyze(body []ast.Stmt, index *ast.Index) *Table {
	return scopesOf(body, index, hasFutureAnnotations(body))
}

// scopesOf returns the scopes of a file whose annotations are kept as text or not.
func scopesOf(body []ast.Stmt, index *ast.Index, future bool) *Table {
	c := collector{scopes: &Table{
		Module: &Scope{Kind: Module, Name: "top", Names: map[string]*Symbol{}},
		index:  index,
		uses:   make([]*Scope, len(index.Nodes)+1),
		opened: map[ast.Node][]*Scope{},
	}}
	c.scope = c.scopes.Module
	c.future = future
	c.body(body)
	decide(c.scopes.Module)
	c.distribute()
	c.scopes.settle()
	return c.scopes
}

// Of returns the scope that a node opens, nil when it opens none: for a def, class or lambda that of
// its body.
func (s *Table) Of(n ast.Node) *Scope {
	if opened := s.opened[n]; len(opened) > 0 {
		return opened[len(opened)-1]
	}
	return nil
}

// Around returns the scope in which a name stands, nil for a name of another file.
func (s *Table) Around(name *ast.NameExpr) *Scope { return s.uses[s.index.Of(name)] }

// Holder returns the scope in which the thing lives that a name stands for, and the symbol there with
// all its bindings; both are nil when nothing in the file binds the name: it is a builtin, comes
// from a star import, or does not exist.
func (s *Table) Holder(name *ast.NameExpr) (*Scope, *Symbol) {
	scope := s.Around(name)
	if scope == nil {
		return nil, nil
	}
	return scope.holder(scope.mangle(name.ID))
}

// Lookup is Holder for a name that a scope might use, written there.
func (s *Scope) Lookup(name string) (*Scope, *Symbol) { return s.holder(s.mangle(name)) }

// holder finds the scope that holds a mangled name as seen from s.
func (s *Scope) holder(name string) (*Scope, *Symbol) {
	home := s.home(name)
	if home == nil {
		return nil, nil
	}
	return home.Names[name].held(home)
}

// home finds the scope in which a mangled name of s lives, whether anything binds it or not; nil
// for one that Python would refuse.
func (s *Scope) home(name string) *Scope {
	symbol := s.Names[name]
	if symbol == nil {
		symbol = &Symbol{Name: name}
		s.place(symbol)
	}
	switch symbol.Reach {
	case Local, Cell:
		return s
	case Free:
		return s.owner(name)
	case GlobalImplicit:
		if class := s.class(); class != nil && class.Names[name] != nil && class.Names[name].Flags&bound != 0 {
			return class
		}
	case GlobalExplicit:
	}
	return s.module()
}

// class returns the class whose names an annotation scope sees.
func (s *Scope) class() *Scope {
	if !s.seesClass {
		return nil
	}
	class := s.Parent
	for class.seesClass {
		class = class.Parent
	}
	return class
}

// held returns a symbol with its scope, or nothing when no binding makes it.
func (y *Symbol) held(in *Scope) (*Scope, *Symbol) {
	if y == nil || len(y.Bindings) == 0 {
		return nil, nil
	}
	return in, y
}

func (s *Scope) module() *Scope {
	for s.Parent != nil {
		s = s.Parent
	}
	return s
}

// function tells that names bound in the scope are seen by the scopes within.
func (s *Scope) function() bool { return s.Kind != Module && s.Kind != Class }
