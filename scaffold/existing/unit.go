package existing

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/python"
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
)

// Unit is one Python file of an app with its resolved names.
type Unit struct {
	App    *App
	Path   string
	File   *python.File
	Scopes *scope.Table
	// Nodes are all nodes in source order.
	Nodes []ast.Node

	naming sync.Once
	// named are the names that each node of the file may refer to, by node number, once all names are resolved.
	named [][]string

	mu    sync.Mutex
	kinds map[reflect.Type]any // what Of returned
}

// NodesOf returns the nodes of a type in a file, in source order. They are collected once for each type.
func NodesOf[N ast.Node](u *Unit) []N {
	if all, is := any(u.Nodes).([]N); is {
		return all
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	kind := reflect.TypeFor[N]()
	if list, known := u.kinds[kind]; known {
		return list.([]N)
	}
	var list []N
	for _, n := range u.Nodes {
		if n, is := n.(N); is {
			list = append(list, n)
		}
	}
	if u.kinds == nil {
		u.kinds = map[reflect.Type]any{}
	}
	u.kinds[kind] = list
	return list
}

// Unit returns a Python file of the app, analysed once; nil for a file that is not Python or has a syntax error.
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
	return a.keepUnit(a.newUnit(s))
}

func (a *App) newUnit(s *source) *Unit {
	file := s.parsed()
	return &Unit{App: a, Path: s.path, File: file, Scopes: file.Scopes(), Nodes: file.Nodes()}
}

// keepUnit caches a unit, or returns the cached one.
func (a *App) keepUnit(u *Unit) *Unit {
	if have := a.units[u.Path]; have != nil {
		return have
	}
	if a.units == nil {
		a.units = map[string]*Unit{}
	}
	a.units[u.Path] = u
	return u
}

// CodeUnits returns the app code files of the app in order, analysed several at a time. Their names are then resolved,
// so that several goroutines may use them.
func (a *App) CodeUnits() []*Unit {
	units := make([]*Unit, 0, len(a.code))
	paths := a.Code()
	a.mu.Lock()
	missing := slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return a.units[p] != nil })
	a.mu.Unlock()
	each(missing, func(p string, _ *[]byte) {
		u := a.newUnit(a.sources[p])
		a.mu.Lock()
		defer a.mu.Unlock()
		a.keepUnit(u)
	})
	for _, p := range paths {
		units = append(units, a.Unit(p))
	}
	each(units, func(u *Unit, _ *[]byte) { u.naming.Do(u.name) })
	return units
}

// name resolves every name in the file. It reuses the names of the app before if nothing that they depend on has
// changed.
func (u *Unit) name() {
	if was, affected := u.App.DerivedFrom(); was != nil && !affected(u.Path) {
		was.mu.Lock()
		known := was.units[u.Path]
		was.mu.Unlock()
		if known != nil && known.File == u.File {
			known.naming.Do(known.name)
			u.named = known.named
			return
		}
	}
	named := make([][]string, len(u.Nodes)+1)
	for i, n := range u.Nodes {
		switch e := n.(type) {
		case *ast.NameExpr:
			named[i+1] = u.meanings(e)
		case *ast.Attribute:
			named[i+1] = u.meanings(e)
		}
	}
	u.named = named
}

// Source returns the text of a node.
func (u *Unit) Source(n ast.Node) string {
	span := n.Range()
	return string(u.File.Text[span.Start:span.End])
}

// EachAncestor calls f for the ancestors of a node, innermost first, until f returns false.
func (u *Unit) EachAncestor(n ast.Node, f func(ast.Node) bool) {
	for up := u.File.Parent(n); up != nil && f(up); up = u.File.Parent(up) {
	}
}

// Names returns every full dotted name that an expression may refer to, through the app's own modules.
func (u *Unit) Names(e ast.Expr) []string {
	switch e.(type) {
	case *ast.NameExpr, *ast.Attribute:
		if u.named != nil {
			return u.named[u.File.Index().Of(e)]
		}
	}
	return u.meanings(e)
}

func (u *Unit) meanings(e ast.Expr) []string {
	names := u.Scopes.ResolveAll(e)
	for i, name := range names {
		names[i] = u.App.ResolveName(u.Path, name)
	}
	return names
}

// Is reports whether an expression may refer to one of several full dotted names.
func (u *Unit) Is(e ast.Expr, names ...string) bool {
	return slices.ContainsFunc(u.Names(e), func(name string) bool { return slices.Contains(names, name) })
}

// Member returns the rest of the first name of an expression that has a prefix.
func (u *Unit) Member(e ast.Expr, prefix string) (rest string, ok bool) {
	for _, name := range u.Names(e) {
		if rest, ok = strings.CutPrefix(name, prefix); ok {
			return rest, true
		}
	}
	return "", false
}
