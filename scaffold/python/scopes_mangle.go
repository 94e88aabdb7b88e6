package python

import "strings"

// mangleOnly makes the scope of a class's type parameters mangle those and no other name.
func (s *Scope) mangleOnly(class *ClassDef) {
	s.private, s.mangled = class.Name.Name, map[string]bool{}
	for _, param := range class.TypeParams {
		s.mangled[param.Name.Name] = true
	}
}

// mangle returns the form under which a scope keeps a name.
func (s *Scope) mangle(name string) string {
	if s.mangled != nil && !s.mangled[name] {
		return name
	}
	return mangle(s.private, name)
}

// mangle returns the form of a name within a class: __x becomes _Class__x
// (https://docs.python.org/3/reference/expressions.html#private-name-mangling). The class is "" outside of any.
func mangle(class, name string) string {
	if class == "" || !strings.HasPrefix(name, "__") || strings.HasSuffix(name, "__") {
		return name
	}
	class = strings.TrimLeft(class, "_")
	if class == "" || strings.Contains(name, ".") {
		return name
	}
	return "_" + class + name
}
