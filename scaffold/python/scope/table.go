// Package scope resolves the names of a Python file: it determines the scopes, the bindings of each
// name, and the dotted name or the text that an expression refers to. It does not read other files.
package scope

import "sleet/scaffold/python/ast"

// Table describes the names of a file: its scopes, and for each name in each scope whether it is
// local, global, free or a cell, as in CPython's symtable module
// (https://docs.python.org/3/library/symtable.html; the rules of Python 3.13 without inlined
// comprehensions, which do not change the meaning of names).
//
// A Table does not change, so it is safe for concurrent use.
type Table struct {
	// Module is the scope of the file. It contains all others.
	Module *Scope
	// Stars are the modules of `from m import *`, in source order without duplicates.
	Stars []string

	index  *ast.Index
	uses   []*Scope // the scope that contains each name, by the number of its node
	opened map[ast.Node][]*Scope
}

// Kind is the kind of a scope.
type Kind uint8

// The kinds of scopes.
const (
	Module Kind = iota
	Class
	Function
	Lambda
	Comprehension // including generator expressions
	TypeParams    // around a def, class or type statement with type parameters
	TypeAlias     // the value of a type statement
	TypeVariable  // the bound or default of a type parameter
)

// Scope is a piece of source with its own names.
type Scope struct {
	Kind Kind
	// Name is the same as in symtable: top, the name of the function, class, type or type
	// parameter, lambda, listcomp, setcomp, dictcomp or genexpr.
	Name string
	// Node opens the scope: *FunctionDef, *ClassDef, *Lambda, *Comprehension, *TypeAlias or
	// *TypeParam; nil for the module.
	Node     ast.Node
	Parent   *Scope
	Children []*Scope
	// Names maps mangled names to every name that appears in the scope or passes through it.
	Names map[string]*Symbol

	private   string          // the class whose name mangles names here
	mangled   map[string]bool // in the type parameters of a class: the only names to mangle
	seesClass bool            // an annotation scope directly in a class sees the names of the class
}

// Flag is a set of uses of a name in a scope.
type Flag uint16

// Uses of a name.
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

// Visibility is where a name lives, as seen from a scope.
type Visibility uint8

// The possible values of Reach.
const (
	Local          Visibility = iota // in this scope
	Cell                             // in this scope, and used by scopes below it
	Free                             // in an enclosing scope other than the module
	GlobalExplicit                   // in the module, because of a global statement
	GlobalImplicit                   // in the module, or a builtin
)

// Symbol is one name in one scope.
type Symbol struct {
	Name  string // mangled
	Flags Flag
	Reach Visibility
	// Bindings are all bindings of the name if it lives here, in source order. They include
	// bindings in scopes below by global, nonlocal or := in a comprehension.
	Bindings []Binding

	resolved resolved
}

// BindingKind is the kind of a binding.
type BindingKind uint8

// The kinds of bindings.
const (
	ByImport     BindingKind = iota // import or from … import
	ByAssignment                    // =, with or without an annotation
	ByAugmented                     // += and the like
	ByAnnotation                    // x: T without a value, which binds nothing yet
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
	ByDelete // del, which also makes a name local
)

// Binding is one place where a name is bound.
type Binding struct {
	Kind BindingKind
	// Node is the *Alias, *NameExpr, *FunctionDef, *ClassDef, *Handler, *Param, *Pattern or
	// *TypeParam that binds the name.
	Node ast.Node
	// Value is the expression that an assignment binds the name to, which may be an element of a
	// tuple; nil if there is no such expression.
	Value ast.Expr
	// Target is the dotted name that an import binds, with leading dots if it is relative.
	Target string
	// Scope is the scope that contains the binding.
	Scope *Scope

	arm *arm
}

// arm is a part of a try statement, with the part around it in the same scope.
type arm struct {
	try     *ast.Try
	handler bool
	around  *arm
}

// Analyze returns the scopes of a file with the given statements and the index of its nodes.
func Analyze(body []ast.Stmt, index *ast.Index) *Table {
	return scopesOf(body, index, hasFutureAnnotations(body))
}

// scopesOf returns the scopes of a file. future reports whether annotations are kept as text.
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

// Of returns the scope that a node opens, nil if it opens none. For a def, class or lambda this is
// the scope of its body.
func (s *Table) Of(n ast.Node) *Scope {
	if opened := s.opened[n]; len(opened) > 0 {
		return opened[len(opened)-1]
	}
	return nil
}

// ScopeOf returns the scope that contains a name, nil for a name in another file.
func (s *Table) ScopeOf(name *ast.NameExpr) *Scope { return s.uses[s.index.Of(name)] }

// Lookup returns the scope where the referent of a name lives, and the symbol there with all its
// bindings. Both are nil if nothing in the file binds the name: it is a builtin, comes from a star
// import, or does not exist.
func (s *Table) Lookup(name *ast.NameExpr) (*Scope, *Symbol) {
	scope := s.ScopeOf(name)
	if scope == nil {
		return nil, nil
	}
	return scope.holder(scope.mangle(name.ID))
}

// Lookup is like Holder for a name that code in the scope might use.
func (s *Scope) Lookup(name string) (*Scope, *Symbol) { return s.holder(s.mangle(name)) }

// holder returns the scope that holds a mangled name as seen from s, and its symbol.
func (s *Scope) holder(name string) (*Scope, *Symbol) {
	home := s.home(name)
	if home == nil {
		return nil, nil
	}
	return home.Names[name].held(home)
}

// home returns the scope where a mangled name of s lives, whether or not anything binds it; nil for
// a name that Python would reject.
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

// class returns the class whose names an annotation scope sees, nil if there is none.
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

// held returns a symbol with its scope, or nil if the symbol has no bindings.
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

// function reports whether names bound in the scope are visible in the scopes below it.
func (s *Scope) function() bool { return s.Kind != Module && s.Kind != Class }
