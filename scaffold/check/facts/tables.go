package facts

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/python"
	"sleet/scaffold/python/ast"
)

// Collection is a list, a dict or a set that a module of the app defines.
type Collection struct {
	Unit *Unit
	name string
}

// CollectionOf returns the collection that an expression refers to.
func (u *Unit) CollectionOf(e ast.Expr) (Collection, bool) {
	in, list := u.BindingsOf(e)
	if in == nil {
		return Collection{}, false
	}
	for _, b := range list {
		name, ok := b.Node.(*ast.NameExpr)
		if ok && b.Scope == in.Scopes.Module && b.Value != nil && in.mutable(b.Value) {
			return Collection{in, name.ID}, true
		}
	}
	return Collection{}, false
}

// change is a place that changes a table: by an item, a method or del.
type change struct {
	unit *Unit
	node ast.Node
	// of is the expression that refers to the table, key the key of the item.
	of, key ast.Expr
	// value is the new value of an item, nil for other changes.
	value ast.Expr
	// method is the method that is called.
	method string
}

// changesOf returns all changes of module tables in the app's code.
func (a *App) changesOf() map[Collection][]change {
	if a.tables != nil {
		return a.tables
	}
	a.tables = map[Collection][]change{}
	for _, u := range a.CodeFiles() {
		for _, n := range u.Nodes {
			for _, c := range u.changesIn(n) {
				a.budget = maxSteps
				if t, ok := u.CollectionOf(c.of); ok {
					a.tables[t] = append(a.tables[t], c)
				}
			}
		}
	}
	return a.tables
}

// changesIn returns the changes of tables that a node makes.
func (u *Unit) changesIn(n ast.Node) []change {
	var list []change
	items := func(value ast.Expr, targets ...ast.Expr) {
		for _, target := range targets {
			if item, ok := target.(*ast.Subscript); ok {
				list = append(list, change{unit: u, node: item, of: item.Value, key: item.Index, value: value})
			}
		}
	}
	switch n := n.(type) {
	case *ast.Assign:
		items(n.Value, n.Targets...)
	case *ast.AugAssign:
		items(nil, n.Target)
	case *ast.Delete:
		items(nil, n.Targets...)
	case *ast.Call:
		if method, ok := n.Func.(*ast.Attribute); ok && slices.Contains(ChangingMethods(), method.Attr.Name) {
			list = append(list, change{unit: u, node: n, of: method.Value, method: method.Attr.Name, key: Positional(n, 0), value: Positional(n, 1)})
		}
	}
	return list
}

// SameForAllViewers reports whether a collection is the same for all viewers, no matter who fills it: a memo,
// whose items are looked up before they are created, or a table that is filled when modules are
// imported.
func (a *App) SameForAllViewers(t Collection) bool {
	memo := false
	for _, c := range a.changesOf()[t] {
		switch {
		case a.RunsAtImport(c.unit, c.node):
		case c.memoizes():
			memo = true
		case c.method == "clear" || c.method == "pop" || c.method == "popitem" || c.removes(): // a removed value is computed again when it is needed
		default:
			return false
		}
	}
	return memo
}

func (c change) removes() bool {
	_, ok := c.unit.File.Parent(c.node).(*ast.Delete)
	return ok
}

// ofViewer reports whether code uses something that differs between viewers.
func ofViewer(code string) bool {
	return (strings.Contains(code, "session_state") || hasFold(code, "user")) && viewersOwn().MatchString(code)
}

var viewersOwn = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\bsession_state\b|\bst\.(?:experimental_)?user\b|(?i:\bcurrent_user\b)`)
})

// memoizes reports whether a change stores an item that the same function looked up before.
func (c change) memoizes() bool {
	def := c.unit.Function(c.node)
	if def == nil || c.key == nil || c.value == nil || ofViewer(c.unit.Source(def)) {
		return false
	}
	if c.method == "setdefault" {
		return true
	}
	name, key := c.unit.Source(c.of), c.unit.Source(c.key)
	if c.method != "" || strings.Contains(c.unit.Source(c.value), name) {
		return false
	}
	found := false
	ast.WalkBody(def.Body, func(n ast.Node) bool {
		found = found || n != c.node && c.unit.looksUp(n, name, key)
		return !found
	})
	return found
}

// looksUp reports whether a node looks up a key in a table: key in table, table.get(key), or
// table[key] with a KeyError handler.
func (u *Unit) looksUp(n ast.Node, name, key string) bool {
	switch n := n.(type) {
	case *ast.Compare:
		return len(n.Rights) == 1 && strings.HasSuffix(n.Ops[0], "in") && u.Source(n.Rights[0]) == name && u.Source(n.Left) == key
	case *ast.Call:
		method, ok := n.Func.(*ast.Attribute)
		return ok && method.Attr.Name == "get" && u.Source(method.Value) == name && len(n.Args) > 0 && u.Source(n.Args[0]) == key
	case *ast.Subscript:
		return n.Ctx == ast.Load && u.Source(n.Value) == name && u.Source(n.Index) == key &&
			slices.ContainsFunc(u.File.EnclosingTries(n), func(place python.TryPlace) bool { return place.Part == python.TryBody })
	}
	return false
}

// SetOnce reports whether a function sets a global name only while it has no value, so that the
// first viewer sets it for all.
func (u *Unit) SetOnce(def *ast.FunctionDef, name string) bool {
	if ofViewer(u.Source(def)) {
		return false
	}
	once := true
	ast.WalkBody(def.Body, func(n ast.Node) bool {
		target, ok := n.(*ast.NameExpr)
		if ok && target.ID == name && target.Ctx != ast.Load {
			once = once && u.whileEmpty(target)
		}
		return once
	})
	return once
}

// whileEmpty reports whether a name is set under an if that tests whether it is empty.
func (u *Unit) whileEmpty(target *ast.NameExpr) bool {
	found := false
	inner := ast.Node(target)
	u.EachAncestor(target, func(up ast.Node) bool {
		if branch, ok := up.(*ast.If); ok && u.Within(branch.Body, inner) {
			test := u.Source(branch.Test)
			found = found || test == target.ID+" is None" || test == "not "+target.ID
		}
		inner = up
		_, def := up.(*ast.FunctionDef)
		return !found && !def
	})
	return found
}

// RunsAtImport reports whether a node runs only while modules are imported: at module level, or in a
// function that only modules and decorators call.
func (a *App) RunsAtImport(u *Unit, n ast.Node) bool {
	def := u.outermost(n)
	if def == nil {
		return u.RunsOnce(n)
	}
	uses := a.Uses()[def]
	return len(uses) > 0 && !slices.ContainsFunc(uses, func(use Usage) bool {
		return !use.Unit.RunsOnce(use.Node) && !use.Unit.decorates(use.Node)
	})
}

// outermost returns the outermost function that contains a node, nil at module level.
func (u *Unit) outermost(n ast.Node) *ast.FunctionDef {
	var found *ast.FunctionDef
	u.EachAncestor(n, func(up ast.Node) bool {
		if def, ok := up.(*ast.FunctionDef); ok {
			found = def
		}
		return true
	})
	return found
}

// decorates reports whether a node is in a decorator.
func (u *Unit) decorates(n ast.Node) bool {
	found := false
	u.EachAncestor(n, func(up ast.Node) bool {
		var decorators []ast.Expr
		switch up := up.(type) {
		case *ast.FunctionDef:
			decorators = up.Decorators
		case *ast.ClassDef:
			decorators = up.Decorators
		}
		found = slices.ContainsFunc(decorators, func(d ast.Expr) bool { return within(d, n) })
		return !found
	})
	return found
}

// ChangingMethods returns the methods of lists, dicts, sets and deques that modify them.
func ChangingMethods() []string {
	return []string{
		"add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "popleft",
		"remove", "reverse", "setdefault", "sort", "update",
	}
}

// RunsOnce reports whether a node runs only when its module is imported.
func (u *Unit) RunsOnce(n ast.Node) bool {
	return u.Function(n) == nil && u.App.Imported(u.Path)
}

// mutable reports whether an expression creates a list, a dict, a set or a similar container.
func (u *Unit) mutable(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.List, *ast.Dict, *ast.Set:
		return true
	case *ast.Comprehension:
		return e.Sort != '('
	case *ast.Call:
		return u.Is(
			e.Func, "builtins.list", "builtins.dict", "builtins.set", "builtins.bytearray", "collections.defaultdict",
			"collections.deque", "collections.OrderedDict", "collections.Counter", "queue.Queue",
		)
	}
	return false
}
