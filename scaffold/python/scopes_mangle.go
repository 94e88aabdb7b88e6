package python

import "strings"

// mangle gives the form under which a scope keeps a name: within a class, __x becomes _Class__x
// (https://docs.python.org/3/reference/expressions.html#private-name-mangling).
func (s *Scope) mangle(name string) string {
	if s.private == "" || !strings.HasPrefix(name, "__") || strings.HasSuffix(name, "__") {
		return name
	}
	if s.mangled != nil && !s.mangled[name] {
		return name
	}
	class := strings.TrimLeft(s.private, "_")
	if class == "" || strings.Contains(name, ".") {
		return name
	}
	return "_" + class + name
}
