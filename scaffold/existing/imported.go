package existing

import (
	"strings"

	"sleet/scaffold/python"
)

// Imported reports whether another file of the app's code imports a file, so it is a module.
func (a *App) Imported(p string) bool {
	if a.modules == nil {
		a.modules = map[string]bool{}
		for _, u := range a.CodeUnits() {
			for _, n := range u.Nodes {
				for _, name := range ImportedNames(n) {
					if module, _ := a.ModuleOf(u.Path, name); module != "" && module != u.Path {
						a.modules[module] = true
					}
				}
			}
		}
	}
	return a.modules[p]
}

// ImportedNames returns the full dotted names that a statement imports.
func ImportedNames(n python.Node) []string {
	var names []string
	switch s := n.(type) {
	case *python.Import:
		for _, alias := range s.Names {
			names = append(names, alias.Name)
		}
	case *python.ImportFrom:
		module := strings.Repeat(".", s.Level) + s.Module
		names = append(names, module)
		for _, alias := range s.Names {
			names = append(names, strings.TrimSuffix(module, ".")+"."+alias.Name)
		}
		if s.Module == "" {
			for i, alias := range s.Names {
				names[i+1] = module + alias.Name
			}
		}
	}
	return names
}
