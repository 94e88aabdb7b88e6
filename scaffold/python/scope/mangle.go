package scope

import (
	"strings"

	"sleet/scaffold/python/ast"
)

// mangleOnly makes the scope of a class's type parameters mangle only their names.
func (s *Scope) mangleOnly(class *ast.ClassDef) {
	s.private, s.mangled = class.Name.Name, map[string]bool{}
	for _, param := range class.TypeParams {
		s.mangled[param.Name.Name] = true
	}
}

// mangle returns the name as stored in the scope.
func (s *Scope) mangle(name string) string {
	if s.mangled != nil && !s.mangled[name] {
		return name
	}
	return Mangle(s.private, name)
}

// Mangle returns the mangled form of a name in a class: __x becomes _Class__x
// (https://docs.python.org/3/reference/expressions.html#private-name-mangling). class is "" outside
// of classes.
func Mangle(class, name string) string {
	if class == "" || !strings.HasPrefix(name, "__") || strings.HasSuffix(name, "__") {
		return name
	}
	class = strings.TrimLeft(class, "_")
	if class == "" || strings.Contains(name, ".") {
		return name
	}
	return "_" + class + name
}
