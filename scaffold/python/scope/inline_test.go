package scope

import "maps"

// inlined returns the scopes as Python 3.12 and later show them. They execute most comprehensions
// in the enclosing scope (https://peps.python.org/pep-0709/): it includes the names of the
// comprehension, and names that only the comprehension uses are not cells.
func inlined(s *Scope) *Scope {
	copied := uncelled(s)
	inlineInto(copied)
	return copied
}

// uncelled returns a copy of a scope without cells.
func uncelled(s *Scope) *Scope {
	c := *s
	c.Names, c.Children = map[string]*Symbol{}, nil
	for name, symbol := range s.Names {
		if symbol.Flags == 0 {
			continue // only passes through
		}
		y := *symbol
		if y.Reach == Cell {
			y.Reach = Local
		}
		c.Names[name] = &y
	}
	for _, child := range s.Children {
		copied := uncelled(child)
		copied.Parent = &c
		c.Children = append(c.Children, copied)
	}
	return &c
}

// inlineInto determines the cells of a scope and returns the names that are free in it or below it.
func inlineInto(s *Scope) map[string]bool {
	free, cells := map[string]bool{}, map[string]bool{}
	own := map[string]bool{}
	for name, symbol := range s.Names {
		if symbol.Reach == Free {
			own[name] = true
		}
	}
	var children []*Scope
	for _, child := range s.Children {
		childFree := inlineInto(child)
		if child.Kind == Comprehension && child.Name != "genexpr" && !s.seesClass {
			mergeInto(s, child, childFree, cells)
			children = append(children, child.Children...)
		} else {
			children = append(children, child)
		}
		maps.Copy(free, childFree)
	}
	s.Children = children
	if s.function() {
		for name, symbol := range s.Names {
			if symbol.Reach == Local && (free[name] || cells[name]) {
				symbol.Reach = Cell
				delete(free, name)
			}
		}
	}
	if s.Kind == Class {
		delete(free, "__class__")
		delete(free, "__classdict__")
	}
	for name := range free {
		if s.Names[name] == nil {
			s.Names[name] = &Symbol{Name: name, Reach: Free}
		}
	}
	maps.Copy(free, own)
	return free
}

// mergeInto adds the names of a comprehension to the scope that it runs in.
func mergeInto(s, comprehension *Scope, free, cells map[string]bool) {
	for name, symbol := range comprehension.Names {
		if symbol.Flags&Parameter != 0 {
			continue
		}
		if symbol.Reach == Cell {
			cells[name] = true
		}
		reach := symbol.Reach
		if reach == Free && s.Kind == Class && name == "__class__" {
			reach = GlobalImplicit
			delete(free, name)
		}
		existing := s.Names[name]
		switch {
		case existing == nil:
			s.Names[name] = &Symbol{Name: name, Flags: symbol.Flags, Reach: reach}
		case existing.Flags&bound != 0 && s.Kind != Class && !freeBelow(comprehension, name):
			delete(free, name)
		}
	}
}

func freeBelow(s *Scope, name string) bool {
	for _, child := range s.Children {
		if symbol := child.Names[name]; symbol != nil && symbol.Reach == Free {
			return true
		}
	}
	return false
}
