package facts

import (
	"slices"
	"strings"

	"sleet/scaffold/existing"
	"sleet/scaffold/python/ast"
)

// Usage is a place that refers to a function.
type Usage struct {
	Unit *Unit
	Node ast.Node
}

// Uses returns the places in the app's code that refer to each of its functions: by name, through a
// module or, for a method, by an attribute with the same name.
func (a *App) Uses() map[*ast.FunctionDef][]Usage {
	a.asked = true
	if a.used != nil {
		return a.used
	}
	a.used = map[*ast.FunctionDef][]Usage{}
	methods := a.methods()
	for _, u := range a.CodeFiles() {
		for _, n := range u.Nodes {
			e, ok := n.(ast.Expr)
			if !ok {
				continue
			}
			if name, is := e.(*ast.NameExpr); is && name.Ctx != ast.Load {
				continue
			}
			attribute, isAttribute := e.(*ast.Attribute)
			if _, isName := e.(*ast.NameExpr); !isName && !isAttribute {
				continue
			}
			_, list := u.BindingsOf(e)
			known := false
			for _, b := range list {
				if def, ok := b.Node.(*ast.FunctionDef); ok {
					a.used[def] = append(a.used[def], Usage{u, n})
					known = true
				}
			}
			if isAttribute && !known {
				for _, def := range methods[attribute.Attr.Name] {
					a.used[def] = append(a.used[def], Usage{u, n})
				}
			}
		}
	}
	return a.used
}

// methods returns the functions defined in classes, by name.
func (a *App) methods() map[string][]*ast.FunctionDef {
	all := map[string][]*ast.FunctionDef{}
	for _, u := range a.CodeFiles() {
		for _, def := range existing.NodesOf[*ast.FunctionDef](u.Unit) {
			// Python itself calls special methods.
			if _, in := u.File.Parent(def).(*ast.ClassDef); in && !strings.HasPrefix(def.Name.Name, "__") {
				all[def.Name.Name] = append(all[def.Name.Name], def)
			}
		}
	}
	return all
}

// Within reports whether a node is one of a body's statements.
func (u *Unit) Within(body []ast.Stmt, n ast.Node) bool {
	return slices.ContainsFunc(body, func(s ast.Stmt) bool { return ast.Node(s) == n })
}
