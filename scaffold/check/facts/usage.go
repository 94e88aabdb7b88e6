package facts

import (
	"slices"
	"strings"

	"sleet/scaffold/existing"
	"sleet/scaffold/python"
)

// Usage is a place that names a function.
type Usage struct {
	Unit *Unit
	Node python.Node
}

// Uses returns the places in the app's code that name each of its functions: by its name, through a
// module or, of a method, by an attribute that is called as it is.
func (a *App) Uses() map[*python.FunctionDef][]Usage {
	if a.used != nil {
		return a.used
	}
	a.used = map[*python.FunctionDef][]Usage{}
	methods := a.methods()
	for _, u := range a.CodeFiles() {
		for _, n := range u.Nodes {
			e, ok := n.(python.Expr)
			if !ok {
				continue
			}
			if name, is := e.(*python.NameExpr); is && name.Ctx != python.Load {
				continue
			}
			attribute, isAttribute := e.(*python.Attribute)
			if _, isName := e.(*python.NameExpr); !isName && !isAttribute {
				continue
			}
			_, list := u.Made(e)
			known := false
			for _, b := range list {
				if def, ok := b.Node.(*python.FunctionDef); ok {
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

// methods returns the functions that stand in a class, by name.
func (a *App) methods() map[string][]*python.FunctionDef {
	all := map[string][]*python.FunctionDef{}
	for _, u := range a.CodeFiles() {
		for _, def := range existing.Of[*python.FunctionDef](u.Unit) {
			// A method that Python itself calls is named by nobody.
			if _, in := u.Up[def].(*python.ClassDef); in && !strings.HasPrefix(def.Name.Name, "__") {
				all[def.Name.Name] = append(all[def.Name.Name], def)
			}
		}
	}
	return all
}

// Within reports whether a node is one of a body's statements.
func (u *Unit) Within(body []python.Stmt, n python.Node) bool {
	return slices.ContainsFunc(body, func(s python.Stmt) bool { return python.Node(s) == n })
}
