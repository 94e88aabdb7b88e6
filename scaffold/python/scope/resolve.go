package scope

import (
	"maps"
	"slices"
	"strings"

	"sleet/scaffold/python/ast"
)

// resolved is what a symbol may stand for; "" is something that no dotted name says.
type resolved struct {
	known     bool
	preferred []string // without what only stands in for an import that failed
	all       []string
	// In a class, from where on the body may have bound it, and surely has.
	maybe, surely int
}

const (
	most    = 16   // of the meanings of one name
	longest = 1000 // dotted name, in bytes
	links   = 50   // of a chain of attributes
)

// Resolve returns the full dotted name that an expression stands for, as Python would find it through
// imports and aliases: "streamlit.set_page_config" for st.set_page_config after import streamlit as
// st. What a relative import brings keeps its dots in front (".helpers.run"); a builtin that nothing
// shadows is "builtins.open"; a name that nothing in the file binds comes from the one star import,
// where there is one.
//
// getattr with a literal name counts as the chain that it stands for.
//
// It is "" for what is no chain of names, for parameters, loop variables, def and class, and where
// several bindings disagree. Of these two do not count: None, and what the handler of a try binds
// when its body or else binds the name too (that is the import that was wanted). Where in a scope a
// binding stands does not matter, but in the body of a class, which sees the module's until it binds
// the name itself. ResolveAll has every name that an expression may stand for.
func (s *Table) Resolve(e ast.Expr) string {
	if names := s.names(e, false); len(names) == 1 {
		return names[0]
	}
	return ""
}

// ResolveAll returns all dotted names that an expression may stand for, in the order of their
// bindings, as far as following them does not go in a circle.
func (s *Table) ResolveAll(e ast.Expr) []string {
	return slices.DeleteFunc(slices.Clone(s.names(e, true)), func(name string) bool { return name == "" })
}

// names returns what an expression may stand for.
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

// Getattr returns what getattr(value, "name") takes and the name, where a call is written so. The name
// getattr may be shadowed: then the call resolves to nothing.
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

// namesOfGetattr returns what getattr(value, "name") may stand for, its third argument too.
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

// short tells that a chain of attributes is no longer than any that stands for something.
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

// attr returns the name of an attribute as the class around it mangles it.
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
			if scope := s.Around(at); scope != nil {
				return scope.mangle(e.Attr.Name)
			}
			return e.Attr.Name
		default:
			return e.Attr.Name
		}
	}
}

func (s *Table) namesOfName(e *ast.NameExpr, all bool) []string {
	scope := s.Around(e)
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

// meaning returns what a symbol stands for.
func (s *Table) meaning(symbol *Symbol, all bool) []string {
	if all {
		return s.stand(symbol).all
	}
	return s.stand(symbol).preferred
}

// unbound returns what a name stands for that nothing in the file binds.
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

// addName adds a name unless it is there. What has too many meanings has none.
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

// settle finds for every symbol what it stands for, once.
func (s *Table) settle() {
	s.Module.each(func(scope *Scope) {
		if scope.Kind == Class {
			scope.bindAll()
		}
	})
	s.Module.each(func(scope *Scope) {
		// In order, so that circles end the same way each time.
		for _, name := range slices.Sorted(maps.Keys(scope.Names)) {
			s.stand(scope.Names[name])
		}
	})
}

// each visits a scope and all within it.
func (s *Scope) each(visit func(*Scope)) {
	visit(s)
	for _, child := range s.Children {
		child.each(visit)
	}
}

// stand returns what a symbol stands for. A binding to the symbol itself adds nothing.
func (s *Table) stand(symbol *Symbol) *resolved {
	stands := &symbol.stands
	if stands.known {
		return stands
	}
	// Code that asks meanwhile goes in a circle.
	stands.known, stands.preferred, stands.all = true, []string{""}, []string{""}
	wanted := wantedTries(symbol.Bindings)
	var preferred, all []string
	for _, b := range symbol.Bindings {
		if s.same(symbol, b) {
			continue
		}
		fallback := b.standsIn(wanted)
		for _, name := range s.meanings(b, false) {
			if !fallback {
				preferred = addName(preferred, name)
			}
		}
		for _, name := range s.meanings(b, true) {
			all = addName(all, name)
		}
	}
	stands.preferred, stands.all = preferred, all
	return stands
}

// same tells that a binding binds a symbol to itself.
func (s *Table) same(symbol *Symbol, b Binding) bool {
	name, ok := b.Value.(*ast.NameExpr)
	if !ok || b.Scope.Kind == Class {
		return false
	}
	_, held := s.Holder(name)
	return held == symbol
}

// meanings returns what one binding makes of a name.
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

// standsIn tells that a binding is in the handler of one of these try statements.
func (b Binding) standsIn(wanted map[*ast.Try]bool) bool {
	for at := b.arm; at != nil; at = at.around {
		if at.handler && wanted[at.try] {
			return true
		}
	}
	return false
}
