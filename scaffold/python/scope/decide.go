package scope

// decide determines where each name of a scope and its children lives. All uses of names must be
// recorded.
func decide(s *Scope) {
	for _, symbol := range s.Names {
		s.place(symbol)
	}
	for _, child := range s.Children {
		decide(child)
	}
	for name, symbol := range s.Names {
		if symbol.Reach == Free && symbol.Flags != 0 {
			s.passThrough(name)
		}
	}
}

// place determines where one name lives. The enclosing scopes must be done already.
func (s *Scope) place(symbol *Symbol) {
	symbol.Reach = GlobalImplicit
	switch {
	case symbol.Flags&DeclaredGlobal != 0:
		symbol.Reach = GlobalExplicit
	case symbol.Flags&DeclaredNonlocal != 0:
		symbol.Reach = Free
	case symbol.Flags&bound != 0:
		symbol.Reach = Local
	case s.seesClass && s.classHas(symbol):
	case s.owner(symbol.Name) != nil:
		symbol.Reach = Free
	}
}

// classHas reports whether the class around an annotation scope binds a name, so that the functions
// around the class do not matter. It may set the reach of the name.
func (s *Scope) classHas(symbol *Symbol) bool {
	there := s.class().Names[symbol.Name]
	if there == nil {
		return false
	}
	if there.Flags&DeclaredGlobal != 0 {
		symbol.Reach = GlobalExplicit
		return true
	}
	return there.Flags&bound != 0 && there.Flags&DeclaredNonlocal == 0
}

// owner returns the enclosing scope, other than the module, that binds a name for s.
func (s *Scope) owner(name string) *Scope {
	for at := s.Parent; at != nil; at = at.Parent {
		if at.Kind == Class && (name == "__class__" || name == "__classdict__") {
			return at
		}
		if !at.function() {
			continue
		}
		symbol := at.Names[name]
		switch {
		case symbol == nil:
		case symbol.Flags&DeclaredGlobal != 0:
			return nil
		case symbol.Flags&DeclaredNonlocal != 0:
		case symbol.Flags&bound != 0:
			return at
		}
	}
	return nil
}

// passThrough marks a free name in the scopes between s and its owner, and as a cell in the owner.
func (s *Scope) passThrough(name string) {
	owner := s.owner(name)
	for at := s.Parent; at != nil && at != owner; at = at.Parent {
		if at.Names[name] == nil {
			at.Names[name] = &Symbol{Name: name, Reach: Free}
		}
	}
	if owner != nil && owner.Kind != Class {
		owner.Names[name].Reach = Cell
	}
}
