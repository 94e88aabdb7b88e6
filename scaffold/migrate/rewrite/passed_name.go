package rewrite

import (
	"slices"

	"sleet/scaffold/existing"
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
)

// through follows a full dotted name through the app's own modules, as long as each module certainly passes on what it
// imports.
func (w *rewriting) through(m *module, name string) (string, []existing.ModuleName) {
	full, passed := w.app.FollowImports(m.path, name)
	for _, p := range passed {
		i := slices.IndexFunc(w.modules, func(other *module) bool { return other.path == p.Path })
		if i < 0 || !w.modules[i].surely(p.Name) {
			return name, nil
		}
	}
	return full, passed
}

// surely reports whether a name of the module is bound by exactly one import, and otherwise only to None.
func (m *module) surely(name string) bool {
	symbol := m.scopes.Module.Names[name]
	imports := 0
	for _, b := range symbol.Bindings {
		switch {
		case b.Kind == scope.ByImport:
			imports++
		case b.Value == nil:
			return false
		default:
			if c, ok := b.Value.(*ast.Constant); !ok || c.Sort != ast.None {
				return false
			}
		}
	}
	return imports == 1
}

// passingBy returns the places in other modules that reach something through a name of a module.
func (w *rewriting) passingBy(at existing.ModuleName) []usage {
	if w.reached == nil {
		w.reached = map[existing.ModuleName][]usage{}
		for _, m := range w.modules {
			ast.WalkBody(m.file.Body, func(n ast.Node) bool {
				e, ok := n.(ast.Expr)
				if base := baseOf(e); !ok || base == nil || base.Ctx != ast.Load {
					return true
				}
				if name := m.scopes.Resolve(e); name != "" {
					_, passed := w.app.FollowImports(m.path, name)
					for _, p := range passed {
						w.reached[p] = append(w.reached[p], usage{m, e})
					}
				}
				return true
			})
		}
	}
	return w.reached[at]
}

// freed reports whether no other module needs a name of a module any more: whether every place that uses it there was
// rewritten.
func (w *rewriting) freed(m *module, name string) bool {
	for _, u := range w.passingBy(existing.ModuleName{Path: m.path, Name: name}) {
		if u.m != m && !slices.ContainsFunc(u.m.handled, func(r reference) bool { return within(u.expr.Range(), r.expr.Range()) }) {
			return false
		}
	}
	named := false // in __all__, or for getattr
	ast.WalkBody(m.file.Body, func(n ast.Node) bool {
		c, ok := n.(*ast.Constant)
		named = named || ok && c.Sort == ast.Str && c.Value == name
		return true
	})
	return !named
}
