package check

import (
	"strings"

	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// Import is a module that an app's code imports and that belongs neither to the standard library
// nor to the app.
type Import struct {
	// Module is the imported name.
	Module string
	Path   string
	Line   int
	// Package is the package known to provide the module, "" if none is.
	Package string
	// Missing reports whether nothing provides the module. What and Fix then say why, and what to
	// do.
	Missing bool
	What    message.Message
	Fix     message.Message
	// Runtime reports whether the runtime provides the module.
	Runtime bool
}

// Imports returns the modules that an app's code imports from packages, without duplicates, in
// source order.
func Imports(app *existing.App, o facts.Options) []Import {
	a := facts.AppOf(app)
	missing := map[string]facts.Finding{}
	for _, f := range Findings(app, facts.Options{Runtime: o.Runtime, Streamlit: o.Streamlit, Select: []string{"SL117"}}) {
		if strings.HasSuffix(f.Path, ".py") {
			first, _, _ := strings.Cut(f.Symbol, ".")
			missing[first] = f
		}
	}
	a.Mu.Lock()
	defer a.Mu.Unlock()
	o = o.For(app)
	s := facts.Search{App: a, Listing: a.Listing(o), O: o, Searched: a.ChangesPath(), Seen: map[string]bool{}}
	seen := map[string]bool{}
	var list []Import
	for _, u := range a.CodeFiles() {
		for _, n := range u.Nodes {
			for _, module := range importedNames(n) {
				first, _, _ := strings.Cut(module, ".")
				if first == "" || seen[first] || u.Unreached(n) || u.ImportsOptionally(n) || facts.StandardModules()[first] || first == facts.SnowflakeModule || s.HasModule(u, module) {
					continue
				}
				seen[first] = true
				i := Import{Module: module, Path: u.Path, Line: u.File.Position(n.Range().Start).Line, Runtime: facts.RuntimeProvides(module)}
				if packages := facts.PackagesOf(module); len(packages) > 0 {
					i.Package = packages[0]
				}
				if f, is := missing[first]; is && !i.Runtime {
					i.Missing, i.What, i.Fix = true, f.Message, f.Fix
				}
				list = append(list, i)
			}
		}
	}
	return list
}

// importedNames returns the modules that a statement imports, without relative ones.
func importedNames(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.Import:
		names := make([]string, 0, len(n.Names))
		for _, alias := range n.Names {
			names = append(names, alias.Name)
		}
		return names
	case *ast.ImportFrom:
		if n.Level == 0 {
			return []string{n.Module}
		}
	}
	return nil
}
