package scope

import (
	"maps"
	"slices"
	"strings"

	"sleet/scaffold/python/ast"
)

// resolved holds the possible meanings of a symbol; "" is one without a dotted name.
type resolved struct {
	known     bool
	preferred []string // without fallbacks for failed imports
	all       []string
	// In a class, the offsets from which the body may have bound the name, and certainly has.
	maybe, surely int
}

const (
	most    = 16   // maximum number of meanings of one name
	longest = 1000 // maximum length of a dotted name, in bytes
	links   = 50   // maximum length of a chain of attributes
)

// Resolve returns the full dotted name that an expression refers to through imports and aliases:
// "streamlit.set_page_config" for st.set_page_config after import streamlit as st. Names from a
// relative import keep their leading dots (".helpers.run"). A builtin that is not shadowed is
// "builtins.open". A name that nothing in the file binds comes from the only star import, if there
// is exactly one.
//
// getattr with a literal name counts as an attribute.
//
// Resolve returns "" for anything but a chain of names, for parameters, loop variables, functions
// and classes, and if several bindings disagree. Two kinds of bindings are ignored: None, and a
// binding in the handler of a try statement whose body or else binds the name too, which is the
// intended import. The position of a binding in its scope does not matter, except in the body of a
// class, which sees the module's name until it binds its own. ResolveAll returns every possible
// name.
func (s *Table) Resolve(e ast.Expr) string {
	if names := s.names(e, false); len(names) == 1 {
		return names[0]
	}
	return ""
}

// ResolveAll returns all dotted names that an expression may refer to, in the order of their
// bindings. It does not follow cycles.
func (s *Table) ResolveAll(e ast.Expr) []string {
	return slices.DeleteFunc(slices.Clone(s.names(e, true)), func(name string) bool { return name == "" })
}

// names returns the names that an expression may refer to.
func (s *Table) names(e ast.Expr, all bool) []string {
	switch e := e.(type) {
	case *ast.NameExpr:
		return s.namesOfName(e, all)
	case *ast.Attribute:
		if !short(e) {
			return []string{""}
		}
		var names []string
		attr := s.attr(e)
		for _, name := range s.names(e.Value, all) {
			if name != "" {
				name += "." + attr
			}
			names = addName(names, name)
		}
		return names
	case *ast.NamedExpr:
		return s.names(e.Value, all)
	case *ast.IfExp:
		names := slices.Clone(s.names(e.Body, all))
		for _, name := range s.names(e.Else, all) {
			names = addName(names, name)
		}
		return names
	case *ast.Call:
		return s.namesOfGetattr(e, all)
	case *ast.Constant:
		if e.Sort == ast.None {
			return nil
		}
	}
	return []string{""}
}

// Getattr returns the value and the name of a call of the form getattr(value, "name"). If the name
// getattr is shadowed, the call resolves to nothing.
func Getattr(call *ast.Call) (value ast.Expr, name *ast.Constant, ok bool) {
	if len(call.Args) < 2 || len(call.Args) > 3 || len(call.Keywords) > 0 {
		return nil, nil, false
	}
	function, plain := call.Func.(*ast.NameExpr)
	name, literal := call.Args[1].(*ast.Constant)
	if _, nested := call.Args[0].(*ast.Call); nested || !plain || function.ID != "getattr" || !literal || name.Sort != ast.Str || name.Value == "" {
		return nil, nil, false
	}
	return call.Args[0], name, true
}

// namesOfGetattr returns the names that getattr(value, "name") may refer to, including its third
// argument.
func (s *Table) namesOfGetattr(call *ast.Call, all bool) []string {
	value, attr, ok := Getattr(call)
	if !ok || !slices.Equal(s.names(call.Func, true), []string{"builtins.getattr"}) {
		return []string{""}
	}
	var names []string
	for _, name := range s.names(value, all) {
		if name != "" {
			name += "." + attr.Value
		}
		names = addName(names, name)
	}
	if len(call.Args) == 3 {
		for _, name := range s.names(call.Args[2], all) {
			names = addName(names, name)
		}
	}
	return names
}

// short reports whether a chain of attributes is short enough to resolve.
func short(e *ast.Attribute) bool {
	for range links {
		inner, ok := e.Value.(*ast.Attribute)
		if !ok {
			return true
		}
		e = inner
	}
	return false
}

// attr returns the name of an attribute, mangled by the enclosing class.
func (s *Table) attr(e *ast.Attribute) string {
	if !strings.HasPrefix(e.Attr.Name, "__") {
		return e.Attr.Name
	}
	var root ast.Expr = e
	for {
		switch at := root.(type) {
		case *ast.Attribute:
			root = at.Value
		case *ast.NameExpr:
			if scope := s.ScopeOf(at); scope != nil {
				return scope.mangle(e.Attr.Name)
			}
			return e.Attr.Name
		default:
			return e.Attr.Name
		}
	}
}

func (s *Table) namesOfName(e *ast.NameExpr, all bool) []string {
	scope := s.ScopeOf(e)
	if scope == nil {
		return []string{""}
	}
	name := scope.mangle(e.ID)
	home, symbol := scope.holder(name)
	switch {
	case symbol == nil:
		return s.unbound(name)
	case home == scope && scope.Kind == Class:
		return s.inClass(e, symbol, all)
	default:
		return s.meaning(symbol, all)
	}
}

// meaning returns the names that a symbol may refer to.
func (s *Table) meaning(symbol *Symbol, all bool) []string {
	if all {
		return s.resolveSymbol(symbol).all
	}
	return s.resolveSymbol(symbol).preferred
}

// unbound returns the names that a name may refer to if nothing in the file binds it.
func (s *Table) unbound(name string) []string {
	switch {
	case isBuiltin(name):
		return []string{"builtins." + name}
	case len(s.Stars) == 1 && name[0] != '_':
		return []string{join(s.Stars[0], name)}
	default:
		return []string{""}
	}
}

// addName appends a name unless it is in the list. A list with too many names gets "".
func addName(names []string, name string) []string {
	if len(name) > longest {
		name = ""
	}
	if slices.Contains(names, name) {
		return names
	}
	if len(names) >= most {
		name = ""
		if slices.Contains(names, name) {
			return names
		}
	}
	return append(names, name)
}

// settle determines the meaning of every symbol.
func (s *Table) settle() {
	s.Module.each(func(scope *Scope) {
		if scope.Kind == Class {
			scope.bindAll()
		}
	})
	s.Module.each(func(scope *Scope) {
		// In order, so that cycles are always broken in the same place.
		for _, name := range slices.Sorted(maps.Keys(scope.Names)) {
			s.resolveSymbol(scope.Names[name])
		}
	})
}

// each calls visit for a scope and all scopes below it.
func (s *Scope) each(visit func(*Scope)) {
	visit(s)
	for _, child := range s.Children {
		child.each(visit)
	}
}

// resolveSymbol returns the meaning of a symbol. A binding to the symbol itself adds nothing.
func (s *Table) resolveSymbol(symbol *Symbol) *resolved {
	r := &symbol.resolved
	if r.known {
		return r
	}
	// A lookup of this symbol from here on is a cycle.
	r.known, r.preferred, r.all = true, []string{""}, []string{""}
	wanted := wantedTries(symbol.Bindings)
	var preferred, all []string
	for _, b := range symbol.Bindings {
		if s.same(symbol, b) {
			continue
		}
		fallback := b.isFallback(wanted)
		for _, name := range s.meanings(b, false) {
			if !fallback {
				preferred = addName(preferred, name)
			}
		}
		for _, name := range s.meanings(b, true) {
			all = addName(all, name)
		}
	}
	r.preferred, r.all = preferred, all
	return r
}

// same reports whether a binding binds a symbol to itself.
func (s *Table) same(symbol *Symbol, b Binding) bool {
	name, ok := b.Value.(*ast.NameExpr)
	if !ok || b.Scope.Kind == Class {
		return false
	}
	_, held := s.Lookup(name)
	return held == symbol
}

// meanings returns the names that one binding assigns to a symbol.
func (s *Table) meanings(b Binding, all bool) []string {
	switch {
	case b.Kind == ByDelete || b.Kind == ByAnnotation:
		return nil
	case b.Kind == ByImport:
		return []string{b.Target}
	case b.Value == nil:
		return []string{""}
	}
	return s.names(b.Value, all)
}

// wantedTries returns the try statements whose body or else binds a name.
func wantedTries(bindings []Binding) map[*ast.Try]bool {
	if len(bindings) < 2 {
		return nil
	}
	wanted := map[*ast.Try]bool{}
	for _, b := range bindings {
		for at := b.arm; at != nil && b.Kind != ByDelete && b.Kind != ByAnnotation; at = at.around {
			if !at.handler {
				wanted[at.try] = true
			}
		}
	}
	return wanted
}

// isFallback reports whether a binding is in the handler of one of these try statements.
func (b Binding) isFallback(wanted map[*ast.Try]bool) bool {
	for at := b.arm; at != nil; at = at.around {
		if at.handler && wanted[at.try] {
			return true
		}
	}
	return false
}
