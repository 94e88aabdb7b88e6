package scope

import (
	"strings"

	"sleet/scaffold/python/ast"
)

// collector walks the tree once, in the order of CPython's symtable, and notes what is done to each
// name in each scope.
type collector struct {
	scopes *Table
	scope  *Scope
	arm    *arm
	future bool // from __future__ import annotations: they are never evaluated, so they make no names
	silent bool // in such an annotation
	found  []found
}

// found is a binding whose holder is not known yet.
type found struct {
	name    string
	binding Binding
}

// add notes what is done to a name in a scope.
func (s *Scope) add(name string, flags Flag) {
	symbol := s.Names[name]
	if symbol == nil {
		symbol = &Symbol{Name: name}
		s.Names[name] = symbol
	}
	symbol.Flags |= flags
}

// note is add in the present scope, for a name as it is written.
func (c *collector) note(name string, flags Flag) string {
	name = c.scope.mangle(name)
	if c.silent {
		return name
	}
	c.scope.add(name, flags)
	if flags&DeclaredGlobal != 0 {
		c.scopes.Module.add(name, DeclaredGlobal)
	}
	return name
}

// bind notes a binding of a name as it is written.
func (c *collector) bind(name string, flags Flag, b Binding) {
	name = c.note(name, flags)
	if c.silent {
		return
	}
	b.Scope, b.arm = c.scope, c.arm
	c.found = append(c.found, found{name, b})
}

// stands notes that a name stands in the present scope.
func (c *collector) stands(name *ast.NameExpr) {
	if number := c.scopes.index.Of(name); number > 0 {
		c.scopes.uses[number] = c.scope
	}
}

// enter opens a scope, fills it, and comes back.
func (c *collector) enter(kind Kind, name string, n ast.Node, fill func()) {
	scope := &Scope{
		Kind: kind, Name: name, Node: n, Parent: c.scope, Names: map[string]*Symbol{},
		private: c.scope.private, mangled: c.scope.mangled,
	}
	if !c.silent {
		c.scope.Children = append(c.scope.Children, scope)
	}
	c.scopes.opened[n] = append(c.scopes.opened[n], scope)
	outer, arm := c.scope, c.arm
	c.scope, c.arm = scope, nil
	fill()
	c.scope, c.arm = outer, arm
}

// body notes the statements of a block.
func (c *collector) body(body []ast.Stmt) {
	for _, s := range body {
		c.statement(s)
	}
}

// within notes the statements of a part of a try.
func (c *collector) within(part arm, body []ast.Stmt) {
	part.around = c.arm
	c.arm = &part
	c.body(body)
	c.arm = part.around
}

// distribute hands each binding to the symbol that holds the name.
func (c *collector) distribute() {
	for _, f := range c.found {
		if home := f.binding.Scope.home(f.name); home != nil {
			if symbol := home.Names[f.name]; symbol != nil { // no name of a class's is __class__
				symbol.Bindings = append(symbol.Bindings, f.binding)
			}
		}
	}
}

// hasFutureAnnotations reports whether a file begins with from __future__ import annotations.
func hasFutureAnnotations(body []ast.Stmt) bool {
	for i, s := range body {
		from, ok := s.(*ast.ImportFrom)
		if !ok && i == 0 && ast.IsDocstring(s) {
			continue
		}
		if !ok || from.Level != 0 || from.Module != "__future__" {
			return false
		}
		for _, alias := range from.Names {
			if alias.Name == "annotations" {
				return true
			}
		}
	}
	return false
}

// importAlias notes import a.b.c, which binds a, or import a.b.c as d, which binds d.
func (c *collector) importAlias(alias *ast.Alias) {
	if alias.As != nil {
		c.bind(alias.As.Name, Imported, Binding{Kind: ByImport, Node: alias, Target: alias.Name})
		return
	}
	first, _, _ := strings.Cut(alias.Name, ".")
	c.bind(first, Imported, Binding{Kind: ByImport, Node: alias, Target: first})
}

// importFrom notes from module import names.
func (c *collector) importFrom(s *ast.ImportFrom) {
	module := strings.Repeat(".", s.Level) + s.Module
	for _, alias := range s.Names {
		switch {
		case alias.Name == "*":
			c.star(module)
		case alias.As != nil:
			c.bind(alias.As.Name, Imported, Binding{Kind: ByImport, Node: alias, Target: c.named(module, alias.Name)})
		default:
			c.bind(alias.Name, Imported, Binding{Kind: ByImport, Node: alias, Target: c.named(module, alias.Name)})
		}
	}
}

func (c *collector) star(module string) {
	for _, known := range c.scopes.Stars {
		if known == module {
			return
		}
	}
	c.scopes.Stars = append(c.scopes.Stars, module)
}

// named is join for a name that the present scope mangles, as it does what it imports.
func (c *collector) named(module, name string) string { return join(module, c.scope.mangle(name)) }

// join puts a name behind a module, which may be dots alone.
func join(module, name string) string {
	if strings.HasSuffix(module, ".") {
		return module + name
	}
	return module + "." + name
}
