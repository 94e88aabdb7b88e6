package scope

import (
	"cmp"
	"math"
	"slices"

	"sleet/scaffold/python/ast"
)

// inClass returns the names that a name may refer to in the body of the class that binds it. Before
// that, it is the module's name.
func (s *Table) inClass(e *ast.NameExpr, symbol *Symbol, all bool) []string {
	var names []string
	if symbol.resolved.maybe <= e.Start {
		names = slices.Clone(s.meaning(symbol, all))
	}
	if symbol.resolved.surely <= e.Start {
		return names
	}
	outer := s.unbound(symbol.Name)
	if module := s.Module.Names[symbol.Name]; module != nil && len(module.Bindings) > 0 {
		outer = s.meaning(module, all)
	}
	for _, name := range outer {
		names = addName(names, name)
	}
	return names
}

// bindAll determines from which offsets on the body of a class has bound its names.
func (s *Scope) bindAll() {
	for _, symbol := range s.Names {
		symbol.resolved.maybe, symbol.resolved.surely = math.MaxInt, math.MaxInt
		for _, b := range symbol.Bindings {
			if b.Scope != s {
				continue
			}
			from, always := s.bound(b)
			symbol.resolved.maybe = min(symbol.resolved.maybe, from)
			if always {
				symbol.resolved.surely = min(symbol.resolved.surely, from)
			}
		}
	}
}

// bound returns the offset from which a binding in the body of a class is in effect, and reports
// whether it is executed whenever the body is.
func (s *Scope) bound(b Binding) (from int, always bool) {
	start, end := b.Node.Range().Start, b.Node.Range().End
	if b.Value != nil {
		end = b.Value.Range().End
	}
	class, ok := s.Node.(*ast.ClassDef)
	if !ok {
		return end, false
	}
	i, _ := slices.BinarySearchFunc(class.Body, start, func(stmt ast.Stmt, start int) int {
		return cmp.Compare(stmt.Range().End, start+1)
	})
	if i == len(class.Body) {
		return end, false
	}
	switch class.Body[i].(type) {
	case *ast.Assign, *ast.AnnAssign, *ast.AugAssign, *ast.Import, *ast.ImportFrom, *ast.FunctionDef, *ast.ClassDef, *ast.TypeAlias:
		return class.Body[i].Range().End, b.Kind != ByNamedExpr && b.Kind != ByAnnotation
	default:
		return end, false
	}
}
