package existing

import (
	"slices"
	"strings"

	"sleet/scaffold/python"
)

// Unit is one Python file of an app with what its names mean.
type Unit struct {
	App    *App
	Path   string
	File   *python.File
	Scopes *python.Scopes
	// Nodes are all nodes in the order of the source; Up is the node that each is in.
	Nodes []python.Node
	Up    map[python.Node]python.Node

	named map[python.Expr][]string // what Names has returned
}

// Unit returns a Python file of the app, analysed once; nil for a file that is not one.
func (a *App) Unit(p string) *Unit {
	s := a.sources[p]
	if s == nil || !s.accepted(true) {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if u := a.units[p]; u != nil {
		return u
	}
	file := s.parsed()
	u := &Unit{App: a, Path: p, File: file, Scopes: file.Scopes(), Nodes: file.Nodes(), Up: file.Parents(), named: map[python.Expr][]string{}}
	if a.units == nil {
		a.units = map[string]*Unit{}
	}
	a.units[p] = u
	return u
}

// CodeUnits returns the files of the app that are app code, in order.
func (a *App) CodeUnits() []*Unit {
	paths := a.Code()
	units := make([]*Unit, 0, len(paths))
	for _, p := range paths {
		units = append(units, a.Unit(p))
	}
	return units
}

// Source returns the text of a node.
func (u *Unit) Source(n python.Node) string {
	span := n.Range()
	return string(u.File.Text[span.Start:span.End])
}

// Around calls f for the nodes that a node is in, from the inside, until f returns false.
func (u *Unit) Around(n python.Node, f func(python.Node) bool) {
	for up := u.Up[n]; up != nil && f(up); up = u.Up[up] {
	}
}

// Names returns every full dotted name that an expression may stand for, through the app's own modules.
func (u *Unit) Names(e python.Expr) []string {
	if names, known := u.named[e]; known {
		return names
	}
	names := u.Scopes.ResolveAll(e)
	for i, name := range names {
		names[i] = u.App.Follow(u.Path, name)
	}
	u.named[e] = names
	return names
}

// Is reports whether an expression may stand for one of several full dotted names.
func (u *Unit) Is(e python.Expr, names ...string) bool {
	return slices.ContainsFunc(u.Names(e), func(name string) bool { return slices.Contains(names, name) })
}

// Member returns what follows a prefix in the first name of an expression that has it.
func (u *Unit) Member(e python.Expr, prefix string) (rest string, ok bool) {
	for _, name := range u.Names(e) {
		if rest, ok = strings.CutPrefix(name, prefix); ok {
			return rest, true
		}
	}
	return "", false
}
