package python

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
)

// nameUse is the set of uses of a name in a scope so far.
type nameUse uint16

const (
	usedParam nameUse = 1 << iota
	usedLocal
	usedRead
	usedAnnotated
	usedGlobal
	usedNonlocal
	usedIteration // bound by the for of a comprehension
	usedTypeParam
	usedImport // a global declaration may follow
)

// spaceKind is the kind of a scope.
type spaceKind uint8

const (
	spaceModule spaceKind = iota
	spaceClass
	spaceFunction
	spaceComprehension
	spaceTypes      // for type parameters
	spaceBound      // for the bound of a type parameter, or a type alias
	spaceAnnotation // for annotations that are not evaluated
)

// space is a scope whose names are being checked.
type space struct {
	kind      spaceKind
	up        *space
	private   string // the class whose private names are mangled
	uses      map[string]nameUse
	declared  []declaration
	iterables int // the number of enclosing iterables of comprehensions
	below     []*space
}

// declaration is a name in a global or nonlocal statement.
type declaration struct {
	stmt ast.Stmt
	name string
	use  nameUse
}

// nameChecker checks names in the same order as CPython's symtable.
type nameChecker struct {
	*refuser
	*space
}

// names checks what CPython's symtable rejects.
func (r *refuser) names() {
	c := &nameChecker{refuser: r, space: &space{uses: map[string]nameUse{}}}
	c.body(r.file.Body)
	c.resolve(c.space)
}

// enter calls look with a new scope.
func (c *nameChecker) enter(kind spaceKind, look func()) {
	inner := &space{kind: kind, up: c.space, private: c.private, iterables: c.iterables, uses: map[string]nameUse{}}
	c.below = append(c.below, inner)
	c.space = inner
	look()
	c.space = inner.up
}

// add records a use of a name.
func (c *nameChecker) add(n ast.Node, name string, use nameUse) {
	name = scope.Mangle(c.private, name)
	before := c.uses[name]
	switch {
	case use&before&usedParam != 0:
		c.fail(n, "duplicate parameter '"+name+"' in function definition")
	case use&before&usedTypeParam != 0:
		c.fail(n, "duplicate type parameter '"+name+"'")
	case use&usedIteration != 0 && before&(usedGlobal|usedNonlocal) != 0:
		c.fail(n, "comprehension inner loop cannot rebind assignment expression target '"+name+"'")
	}
	c.uses[name] = before | use
}

// declare records a global or nonlocal statement.
func (c *nameChecker) declare(s ast.Stmt, names []ast.Ident, use nameUse) {
	for _, id := range names {
		if c.uses[scope.Mangle(c.private, id.Name)]&(usedParam|usedRead|usedAnnotated|usedLocal) != 0 {
			c.fail(s, "name '"+id.Name+"' is used before its global or nonlocal declaration")
		}
		c.add(s, id.Name, use)
		c.declared = append(c.declared, declaration{s, id.Name, use})
	}
}

// resolve checks that every nonlocal name is bound by an enclosing function.
func (c *nameChecker) resolve(s *space) {
	for _, d := range s.declared {
		name := scope.Mangle(s.private, d.name)
		switch {
		case s.uses[name]&usedNonlocal == 0:
		case s.uses[name]&usedGlobal != 0:
			c.fail(d.stmt, "name '"+d.name+"' is nonlocal and global")
		case s.kind == spaceModule:
			c.fail(d.stmt, "nonlocal declaration not allowed at module level")
		default:
			if use := s.up.binding(name); use == 0 || use&usedTypeParam != 0 {
				c.fail(d.stmt, "no binding for nonlocal '"+d.name+"' found")
			}
		}
	}
	for _, b := range s.below {
		c.resolve(b)
	}
}

// binding returns how the innermost enclosing function binds a name, 0 if none does.
func (s *space) binding(name string) nameUse {
	const binds = usedLocal | usedImport | usedParam | usedAnnotated | usedIteration | usedTypeParam
	for ; s != nil && s.kind != spaceModule; s = s.up {
		use := s.uses[name]
		switch {
		case s.kind == spaceClass:
			if name == "__class__" || name == "__classdict__" {
				return usedLocal
			}
		case use&usedGlobal != 0:
			return 0
		case use&binds != 0 && use&usedNonlocal == 0:
			return use
		}
	}
	return 0
}
