package check

import (
	"slices"
	"strings"

	"sleet/scaffold/python"
	"sleet/snowflake"
)

// unit is one Python file of an app with what its names mean.
type unit struct {
	app    *App
	path   string
	file   *python.File
	scopes *python.Scopes
	// nodes are all nodes in the order of the source; up is the node that each stands in.
	nodes   []python.Node
	up      map[python.Node]python.Node
	named   map[python.Expr][]string // what names has given
	session *bool                    // whether the file uses one, nil where nobody has asked
}

// unit gives a Python file of the app, made ready once.
func (a *App) unit(p string) *unit {
	if u := a.units[p]; u != nil {
		return u
	}
	file := a.Python[p]
	if file == nil {
		return nil
	}
	u := &unit{app: a, path: p, file: file, scopes: file.Scopes(), up: map[python.Node]python.Node{}, named: map[python.Expr][]string{}}
	var down func(n, up python.Node)
	down = func(n, up python.Node) {
		u.nodes = append(u.nodes, n)
		u.up[n] = up
		for _, child := range python.Children(n) {
			down(child, n)
		}
	}
	for _, s := range file.Body {
		down(s, nil)
	}
	if a.units == nil {
		a.units = map[string]*unit{}
	}
	a.units[p] = u
	return u
}

// codeUnits gives the files of the app that are app code, in order.
func (a *App) codeUnits() []*unit {
	paths := a.Code()
	units := make([]*unit, 0, len(paths))
	for _, p := range paths {
		units = append(units, a.unit(p))
	}
	return units
}

// eachCode calls look for every node of a type in the app's code, file by file in the order of the
// source, and gathers what it finds.
func eachCode[N python.Node](a *App, look func(u *unit, n N) []Finding) []Finding {
	var list []Finding
	for _, u := range a.codeUnits() {
		for _, n := range u.nodes {
			if n, ok := n.(N); ok {
				a.budget = maxSteps
				list = append(list, look(u, n)...)
			}
		}
	}
	return list
}

// at makes a finding of a node.
func (u *unit) at(n python.Node, symbol string, what snowflake.Text) Finding {
	return u.app.inCode(u.path, n.Range(), symbol, what)
}

// source is the text of a node.
func (u *unit) source(n python.Node) string {
	span := n.Range()
	return string(u.file.Text[span.Start:span.End])
}

// around calls f for the nodes that a node stands in, from the inside, until f says no.
func (u *unit) around(n python.Node, f func(python.Node) bool) {
	for up := u.up[n]; up != nil && f(up); up = u.up[up] {
	}
}

// names gives every full dotted name that an expression may stand for, through the app's own modules.
func (u *unit) names(e python.Expr) []string {
	if names, known := u.named[e]; known {
		return names
	}
	names := u.scopes.ResolveAll(e)
	for i, name := range names {
		names[i] = u.app.follow(u.path, name)
	}
	u.named[e] = names
	return names
}

// is says whether an expression may stand for a full dotted name.
func (u *unit) is(e python.Expr, names ...string) bool {
	return slices.ContainsFunc(u.names(e), func(name string) bool { return slices.Contains(names, name) })
}

// member gives what stands behind a prefix in the first name of an expression that has it.
func (u *unit) member(e python.Expr, prefix string) (rest string, ok bool) {
	for _, name := range u.names(e) {
		if rest, ok = strings.CutPrefix(name, prefix); ok {
			return rest, true
		}
	}
	return "", false
}

// streamlit gives the name of an expression after "streamlit.", where that of the sidebar is that of
// the page: sidebar.image is image.
func (u *unit) streamlit(e python.Expr) string {
	rest, _ := u.member(e, "streamlit.")
	return strings.TrimPrefix(rest, "sidebar.")
}

// keyword gives an argument of a call by its name.
func keyword(call *python.Call, name string) *python.Keyword {
	for _, k := range call.Keywords {
		if k.Name != nil && k.Name.Name == name {
			return k
		}
	}
	return nil
}

// positional gives an argument of a call by its place, nil where a starred one before it hides which
// that is.
func positional(call *python.Call, index int) python.Expr {
	for i, arg := range call.Args {
		if _, starred := arg.(*python.Starred); starred {
			return nil
		}
		if i == index {
			return arg
		}
	}
	return nil
}

// argument gives an argument of a call by its name or its place.
func argument(call *python.Call, name string, index int) python.Expr {
	if k := keyword(call, name); k != nil {
		return k.Value
	}
	return positional(call, index)
}

// text gives the value of a string literal.
func text(e python.Expr) (string, bool) {
	c, ok := e.(*python.Constant)
	if !ok || c.Sort != python.Str {
		return "", false
	}
	return c.Value, true
}
