package python

import "slices"

// resolved is what a symbol may stand for; "" is something that no dotted name says.
type resolved struct {
	known     bool
	preferred []string // without what only stands in for an import that failed
	all       []string
}

const (
	most    = 16   // of the meanings of one name
	longest = 1000 // dotted name, in bytes
)

// Resolve gives the full dotted name that an expression stands for, as Python would find it through
// imports and aliases: "streamlit.set_page_config" for st.set_page_config after import streamlit as
// st. What a relative import brings keeps its dots in front (".helpers.run"); a builtin that nothing
// shadows is "builtins.open"; a name that nothing in the file binds comes from the one star import,
// where there is one.
//
// It is "" for what is no chain of names, for parameters, loop variables, def and class, and where
// several bindings disagree. Of these two do not count: None, and what the handler of a try binds
// when its body or else binds the name too (that is the import that was wanted). Where in a scope a
// binding stands does not matter. ResolveAll has every name that an expression may stand for.
func (s *Scopes) Resolve(e Expr) string {
	if names := s.names(e, false); len(names) == 1 {
		return names[0]
	}
	return ""
}

// ResolveAll gives all dotted names that an expression may stand for, in the order of their
// bindings.
func (s *Scopes) ResolveAll(e Expr) []string {
	return slices.DeleteFunc(slices.Clone(s.names(e, true)), func(name string) bool { return name == "" })
}

// names gives what an expression may stand for.
func (s *Scopes) names(e Expr, all bool) []string {
	switch e := e.(type) {
	case *NameExpr:
		return s.namesOfName(e, all)
	case *Attribute:
		var names []string
		for _, name := range s.names(e.Value, all) {
			if name != "" {
				name += "." + e.Attr.Name
			}
			names = addName(names, name)
		}
		return names
	case *NamedExpr:
		return s.names(e.Value, all)
	case *IfExp:
		names := slices.Clone(s.names(e.Body, all))
		for _, name := range s.names(e.Else, all) {
			names = addName(names, name)
		}
		return names
	case *Constant:
		if e.Sort == None {
			return nil
		}
	}
	return []string{""}
}

func (s *Scopes) namesOfName(e *NameExpr, all bool) []string {
	scope := s.uses[e]
	if scope == nil {
		return []string{""}
	}
	_, symbol := scope.holder(scope.mangle(e.ID))
	switch {
	case symbol != nil && all:
		return s.stand(symbol).all
	case symbol != nil:
		return s.stand(symbol).preferred
	case isBuiltin(e.ID):
		return []string{"builtins." + e.ID}
	case len(s.Stars) == 1 && e.ID[0] != '_':
		return []string{join(s.Stars[0], e.ID)}
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
func (s *Scopes) settle() {
	var visit func(*Scope)
	visit = func(scope *Scope) {
		for _, symbol := range scope.Names {
			s.stand(symbol)
		}
		for _, child := range scope.Children {
			visit(child)
		}
	}
	visit(s.Module)
}

// stand gives what a symbol stands for. A binding to the symbol itself, roundabout too, adds
// nothing.
func (s *Scopes) stand(symbol *Symbol) *resolved {
	stands := &symbol.stands
	if stands.known {
		return stands
	}
	stands.known = true
	wanted := wantedTries(symbol.Bindings)
	var preferred, all []string
	for _, b := range symbol.Bindings {
		fallback := b.standsIn(wanted)
		for _, name := range s.meanings(symbol, b, false) {
			if !fallback {
				preferred = addName(preferred, name)
			}
		}
		for _, name := range s.meanings(symbol, b, true) {
			all = addName(all, name)
		}
	}
	stands.preferred, stands.all = preferred, all
	return stands
}

// meanings gives what one binding makes of a symbol.
func (s *Scopes) meanings(symbol *Symbol, b Binding, all bool) []string {
	switch {
	case b.Kind == ByDelete || b.Kind == ByAnnotation:
		return nil
	case b.Kind == ByImport:
		return []string{b.Target}
	case b.Value == nil:
		return []string{""}
	}
	if name, ok := b.Value.(*NameExpr); ok && b.Scope.Kind == ClassScope && b.Scope.Names[symbol.Name] == symbol &&
		b.Scope.mangle(name.ID) == symbol.Name {
		// In the body of a class x = x reads the module's x, not the one it makes.
		if outer := s.Module.Names[symbol.Name]; outer != nil && len(outer.Bindings) > 0 {
			if all {
				return s.stand(outer).all
			}
			return s.stand(outer).preferred
		}
	}
	return s.names(b.Value, all)
}

// wantedTries gives the try statements whose body or else binds a name.
func wantedTries(bindings []Binding) map[*Try]bool {
	if len(bindings) < 2 {
		return nil
	}
	wanted := map[*Try]bool{}
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
func (b Binding) standsIn(wanted map[*Try]bool) bool {
	for at := b.arm; at != nil; at = at.around {
		if at.handler && wanted[at.try] {
			return true
		}
	}
	return false
}
