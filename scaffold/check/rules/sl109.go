package rules

import (
	"slices"

	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/ui/message"
)

// sl109 returns the rule about state shared by all viewers.
func sl109() Rule {
	return Rule{
		ID: "SL109", Runtimes: container(), Severity: facts.Warning, Item: itemSharedState,
		Page: pageMigration, Check: sharedState,
		Example: Example{
			Before: `import streamlit as st

import basket

basket.add(st.text_input("Item"))

## basket.py
items = []


def add(item):
    items.append(item)
`,
			After: `import streamlit as st

import basket

basket.add(st.text_input("Item"))

## basket.py
import streamlit as st


def add(item):
    st.session_state.setdefault("items", []).append(item)
`,
		},
	}
}

// sharedState returns the findings of SL109: state that one viewer changes for all viewers.
func sharedState(a *facts.App, _ facts.Options) []facts.Finding {
	list := facts.EachCode(a, func(u *facts.Unit, n ast.Node) []facts.Finding {
		switch n := n.(type) {
		case *ast.Global:
			return globals(u, n)
		case *ast.Call:
			return append(changesByCall(u, n), closes(u, n)...)
		case *ast.With:
			return closes(u, n)
		case *ast.Assign:
			return changesItems(u, n.Targets)
		case *ast.AugAssign:
			return changesItems(u, []ast.Expr{n.Target})
		case *ast.Delete:
			return changesItems(u, n.Targets)
		}
		return nil
	})
	return append(list, switches(a)...)
}

// globals returns the findings for names that a function declares global and sets.
func globals(u *facts.Unit, s *ast.Global) []facts.Finding {
	def := u.Function(s)
	if def == nil || !u.App.Imported(u.Path) || u.App.RunsAtImport(u, s) {
		return nil
	}
	names := u.Scopes.Of(def).Names
	var list []facts.Finding
	for _, name := range s.Names {
		symbol := names[name.Name]
		if symbol != nil && symbol.Flags&(scope.Assigned|scope.Imported) != 0 && !u.SetOnce(def, name.Name) {
			list = append(list, u.Finding(name, name.Name, message.New("finding.SL109.what.module", "name", name.Name)))
		}
	}
	return list
}

// changesByCall returns the finding for a method call in a function that modifies a list, dict or
// set of a module.
func changesByCall(u *facts.Unit, call *ast.Call) []facts.Finding {
	method, ok := call.Func.(*ast.Attribute)
	if !ok || !slices.Contains(facts.ChangingMethods(), method.Attr.Name) {
		return nil
	}
	return changes(u, call, method.Value)
}

// changesItems returns the findings for items that are set or deleted, as in CACHE[key] = value,
// and for names of another module, as in state.count = 1.
func changesItems(u *facts.Unit, targets []ast.Expr) []facts.Finding {
	var list []facts.Finding
	for _, target := range targets {
		switch target := target.(type) {
		case *ast.Subscript:
			list = append(list, changes(u, target, target.Value)...)
		case *ast.Attribute:
			list = append(list, changesModule(u, target)...)
		}
	}
	return list
}

// changesModule returns the finding for an attribute of one of the app's own modules.
func changesModule(u *facts.Unit, target *ast.Attribute) []facts.Finding {
	for _, name := range u.Names(target.Value) {
		p, rest := u.App.ModuleOf(u.Path, name)
		if p == "" || rest != "" || !u.App.Imported(p) || u.App.RunsAtImport(u, target) {
			continue
		}
		what := u.Source(target)
		return []facts.Finding{u.Finding(target, what, message.New("finding.SL109.what.module", "name", what))}
	}
	return nil
}

// changes returns the finding for an expression that is a mutable value of an app module. Streamlit
// executes the main file and the pages on each run, so their values are not shared; a module is
// imported once for all viewers.
// https://docs.streamlit.io/develop/concepts/architecture/run-your-app
func changes(u *facts.Unit, n ast.Node, e ast.Expr) []facts.Finding {
	table, ok := u.CollectionOf(e)
	if !ok || !u.App.Imported(table.Unit.Path) || u.App.RunsAtImport(u, n) || u.App.SameForAllViewers(table) {
		return nil
	}
	name := u.Source(e)
	return []facts.Finding{u.Finding(n, name, message.New("finding.SL109.what.module", "name", name))}
}
