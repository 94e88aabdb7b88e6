package scope

import (
	"strings"

	"sleet/scaffold/python/ast"
)

// collector walks the tree once, in the order of CPython's symtable, and records how each name is
// used in each scope.
type collector struct {
	scopes *Table
	scope  *Scope
	arm    *arm
	future bool // from __future__ import annotations: annotations are not evaluated, so they add no names
	silent bool // inside such an annotation
	found  []found
}

// found is a binding whose owning scope is not known yet.
type found struct {
	name    string
	binding Binding
}

// add records a use of a name in a scope.
func (s *Scope) add(name string, flags Flag) {
	symbol := s.Names[name]
	if symbol == nil {
		symbol = &Symbol{Name: name}
		s.Names[name] = symbol
	}
	symbol.Flags |= flags
}

// note records a use in the current scope, given the name as written. It returns the mangled name.
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

// bind records a binding, given the name as written.
func (c *collector) bind(name string, flags Flag, b Binding) {
	name = c.note(name, flags)
	if c.silent {
		return
	}
	b.Scope, b.arm = c.scope, c.arm
	c.found = append(c.found, found{name, b})
}

// recordUse records the current scope as the one that contains a name.
func (c *collector) recordUse(name *ast.NameExpr) {
	if number := c.scopes.index.Of(name); number > 0 {
		c.scopes.uses[number] = c.scope
	}
}

// enter opens a scope, calls fill and returns to the current scope.
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

// body records the statements of a block.
func (c *collector) body(body []ast.Stmt) {
	for _, s := range body {
		c.statement(s)
	}
}

// within records the statements of a part of a try statement.
func (c *collector) within(part arm, body []ast.Stmt) {
	part.around = c.arm
	c.arm = &part
	c.body(body)
	c.arm = part.around
}

// distribute adds each binding to the symbol in the scope where the name lives.
func (c *collector) distribute() {
	for _, f := range c.found {
		if home := f.binding.Scope.home(f.name); home != nil {
			if symbol := home.Names[f.name]; symbol != nil { // no class has a symbol for __class__
				symbol.Bindings = append(symbol.Bindings, f.binding)
			}
		}
	}
}

// hasFutureAnnotations reports whether a file starts with from __future__ import annotations.
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

// importAlias records import a.b.c, which binds a, or import a.b.c as d, which binds d.
func (c *collector) importAlias(alias *ast.Alias) {
	if alias.As != nil {
		c.bind(alias.As.Name, Imported, Binding{Kind: ByImport, Node: alias, Target: alias.Name})
		return
	}
	first, _, _ := strings.Cut(alias.Name, ".")
	c.bind(first, Imported, Binding{Kind: ByImport, Node: alias, Target: first})
}

// importFrom records from module import names.
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

// named returns the dotted name of an imported name, which the current scope mangles.
func (c *collector) named(module, name string) string { return join(module, c.scope.mangle(name)) }

// join joins a module, which may consist of dots only, and a name.
func join(module, name string) string {
	if strings.HasSuffix(module, ".") {
		return module + name
	}
	return module + "." + name
}
