package existing

import (
	"strings"

	"sleet/scaffold/python/ast"
)

// Imported reports whether another file of the app's code imports a file, which makes it a module.
func (a *App) Imported(p string) bool { return a.modules[p] }

// findModules records what the app's code imports.
func (a *App) findModules() {
	a.modules = map[string]bool{}
	for _, p := range a.Code() {
		for _, name := range a.sources[p].imports {
			if module, _ := a.ModuleOf(p, name); module != "" && module != p {
				a.modules[module] = true
			}
		}
	}
}

// ImportedNames returns the full dotted names that a statement imports.
func ImportedNames(n ast.Node) []string {
	var names []string
	switch s := n.(type) {
	case *ast.Import:
		for _, alias := range s.Names {
			names = append(names, alias.Name)
		}
	case *ast.ImportFrom:
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
