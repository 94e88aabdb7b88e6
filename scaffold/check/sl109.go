package check

import (
	"slices"

	"sleet/scaffold/python"
	"sleet/ui/message"
)

// sl109 is the rule about state shared by all viewers.
func sl109() Rule {
	return Rule{
		ID: "SL109", Runtimes: container(), Severity: Warning, Item: itemSharedState,
		Page: pageMigration, check: sharedState,
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

// sharedState finds SL109: what one viewer changes and all viewers get.
func sharedState(a *App, _ Options) []Finding {
	list := eachCode(a, func(u *unit, n python.Node) []Finding {
		switch n := n.(type) {
		case *python.Global:
			return u.globals(n)
		case *python.Call:
			return u.changesByCall(n)
		case *python.Assign:
			return u.changesItems(n.Targets)
		case *python.AugAssign:
			return u.changesItems([]python.Expr{n.Target})
		case *python.Delete:
			return u.changesItems(n.Targets)
		}
		return nil
	})
	return append(list, switches(a)...)
}

// globals tells of the names that a function makes global and sets.
func (u *unit) globals(s *python.Global) []Finding {
	def := u.function(s)
	if def == nil || !u.app.Imported(u.Path) || u.app.importTime(u, s) {
		return nil
	}
	scope := u.Scopes.Of(def)
	var list []Finding
	for _, name := range s.Names {
		symbol := scope.Names[name.Name]
		if symbol != nil && symbol.Flags&(python.Assigned|python.Imported) != 0 && !u.setOnce(def, name.Name) {
			list = append(list, u.at(name, name.Name, message.New("finding.SL109.what.module", "name", name.Name)))
		}
	}
	return list
}

// changesByCall tells of a method that changes a list, dict or set of the module from a function.
func (u *unit) changesByCall(call *python.Call) []Finding {
	method, ok := call.Func.(*python.Attribute)
	if !ok || !slices.Contains(changingMethods(), method.Attr.Name) {
		return nil
	}
	return u.changes(call, method.Value)
}

// changesItems tells of items set or deleted, CACHE[key] = value, and of names of another module,
// state.count = 1.
func (u *unit) changesItems(targets []python.Expr) []Finding {
	var list []Finding
	for _, target := range targets {
		switch target := target.(type) {
		case *python.Subscript:
			list = append(list, u.changes(target, target.Value)...)
		case *python.Attribute:
			list = append(list, u.changesModule(target)...)
		}
	}
	return list
}

// changesModule makes the finding of an attribute of one of the app's own modules.
func (u *unit) changesModule(target *python.Attribute) []Finding {
	for _, name := range u.Names(target.Value) {
		p, rest := u.app.ModuleOf(u.Path, name)
		if p == "" || rest != "" || !u.app.Imported(p) || u.app.importTime(u, target) {
			continue
		}
		what := u.Source(target)
		return []Finding{u.at(target, what, message.New("finding.SL109.what.module", "name", what))}
	}
	return nil
}

// changes makes the finding if an expression is a mutable value of a module of the app. Streamlit runs the
// main file and the pages again for each run, so what they define is nobody else's; a module is imported
// once, for all viewers.
// https://docs.streamlit.io/develop/concepts/architecture/run-your-app
func (u *unit) changes(n python.Node, e python.Expr) []Finding {
	table, ok := u.tableOf(e)
	if !ok || !u.app.Imported(table.unit.Path) || u.app.importTime(u, n) || u.app.sameForAll(table) {
		return nil
	}
	name := u.Source(e)
	return []Finding{u.at(n, name, message.New("finding.SL109.what.module", "name", name))}
}
