package rewrite

import (
	"slices"
	"strings"

	"sleet/scaffold/existing"
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
)

// keys finds the strings that an expression may have as its value, through loops, parameters and the app's own modules.
// It gives up after too many steps.
type keys struct {
	w     *rewriting
	steps int
}

const (
	mostKeySteps = 2000
	mostKeys     = 100
)

// usage is a place in the app where a name of one of its modules is used.
type usage struct {
	m    *module
	expr ast.Expr
}

// keysIn returns all strings that an expression may have; ok is false if others are possible.
func (w *rewriting) keysIn(m *module, e ast.Expr) (texts []string, ok bool) {
	k := keys{w: w}
	texts, ok = k.texts(m, e)
	slices.Sort(texts)
	// The empty string is not a key: code uses it as a default.
	texts = slices.DeleteFunc(slices.Compact(texts), func(text string) bool { return text == "" })
	return texts, ok && len(texts) > 0 && len(texts) <= mostKeys
}

func (k *keys) texts(m *module, e ast.Expr) ([]string, bool) {
	if k.steps++; k.steps > mostKeySteps {
		return nil, false
	}
	if text, ok := m.scopes.StringOf(e); ok {
		return []string{text}, true
	}
	switch e := e.(type) {
	case *ast.IfExp:
		return k.all(m, []ast.Expr{e.Body, e.Else}, k.texts)
	case *ast.NamedExpr:
		return k.texts(m, e.Value)
	case *ast.NameExpr, *ast.Attribute:
		return k.named(m, e, k.bound)
	}
	return nil, false
}

// all collects the results of several expressions.
func (k *keys) all(m *module, list []ast.Expr, each func(*module, ast.Expr) ([]string, bool)) ([]string, bool) {
	var texts []string
	for _, e := range list {
		if e == nil {
			return nil, false
		}
		more, ok := each(m, e)
		if !ok {
			return nil, false
		}
		texts = append(texts, more...)
	}
	return texts, true
}

// named follows a name to all its bindings, in this module or in another one of the app.
func (k *keys) named(m *module, e ast.Expr, each func(*module, *scope.Symbol, scope.Binding) ([]string, bool)) ([]string, bool) {
	in, symbol := k.w.symbolOf(m, e)
	if symbol == nil || len(symbol.Bindings) == 0 {
		return nil, false
	}
	var texts []string
	for _, b := range symbol.Bindings {
		more, ok := each(in, symbol, b)
		if !ok {
			return nil, false
		}
		texts = append(texts, more...)
	}
	return texts, true
}

// symbolOf returns the symbol that an expression names, and its module.
func (w *rewriting) symbolOf(m *module, e ast.Expr) (*module, *scope.Symbol) {
	if name, ok := e.(*ast.NameExpr); ok {
		_, symbol := m.scopes.Lookup(name)
		if symbol == nil || !slices.ContainsFunc(symbol.Bindings, func(b scope.Binding) bool { return b.Kind == scope.ByImport }) {
			return m, symbol
		}
	}
	at, ok := w.passedTo(m, e)
	if !ok {
		return nil, nil
	}
	for _, other := range w.modules {
		if other.path == at.Path {
			return other, other.scopes.Module.Names[at.Name]
		}
	}
	return nil, nil
}

// passedTo returns the name in another of the app's modules that an expression refers to.
func (w *rewriting) passedTo(m *module, e ast.Expr) (existing.ModuleName, bool) {
	name := m.scopes.Resolve(e)
	if name == "" {
		return existing.ModuleName{}, false
	}
	full, passed := w.app.FollowImports(m.path, name)
	if len(passed) == 0 {
		return existing.ModuleName{}, false
	}
	last := passed[len(passed)-1]
	return last, strings.HasSuffix("."+full, "."+last.Name)
}

// bound returns the strings that one binding assigns to a name.
func (k *keys) bound(m *module, _ *scope.Symbol, b scope.Binding) ([]string, bool) {
	switch b.Kind {
	case scope.ByAssignment, scope.ByNamedExpr:
		if b.Value != nil {
			return k.texts(m, b.Value)
		}
	case scope.ByFor, scope.ByComprehension:
		return k.looped(m, b.Node)
	case scope.ByParam:
		if p, ok := b.Node.(*ast.Param); ok {
			return k.passed(m, p)
		}
	default:
	}
	return nil, false
}

// looped returns the strings that a loop assigns to its target.
func (k *keys) looped(m *module, target ast.Node) ([]string, bool) {
	up, place := m.file.Parent(target), -1
	if tuple, ok := up.(*ast.Tuple); ok {
		place = slices.IndexFunc(tuple.Elts, func(e ast.Expr) bool { return ast.Node(e) == target })
		up = m.file.Parent(tuple)
	}
	var iter ast.Expr
	switch up := up.(type) {
	case *ast.For:
		iter = up.Iter
	case *ast.Clause:
		iter = up.Iter
	default:
		return nil, false
	}
	if place < 0 {
		return k.elements(m, iter)
	}
	call, ok := iter.(*ast.Call)
	if !ok {
		return nil, false
	}
	method, isMethod := call.Func.(*ast.Attribute)
	switch {
	case isMethod && method.Attr.Name == "items" && place == 0:
		return k.elements(m, method.Value)
	case m.scopes.Resolve(call.Func) == "builtins.enumerate" && place == 1 && len(call.Args) > 0:
		return k.elements(m, call.Args[0])
	}
	return nil, false
}

// elements returns the strings that a loop over an expression iterates over.
func (k *keys) elements(m *module, e ast.Expr) ([]string, bool) {
	if k.steps++; k.steps > mostKeySteps {
		return nil, false
	}
	switch e := e.(type) {
	case *ast.List:
		return k.all(m, e.Elts, k.element)
	case *ast.Tuple:
		return k.all(m, e.Elts, k.element)
	case *ast.Set:
		return k.all(m, e.Elts, k.element)
	case *ast.Dict:
		return k.all(m, e.Keys, k.texts)
	case *ast.BinOp:
		if e.Op == "+" || e.Op == "|" {
			return k.all(m, []ast.Expr{e.Left, e.Right}, k.elements)
		}
	case *ast.Call:
		method, isMethod := e.Func.(*ast.Attribute)
		if isMethod && len(e.Args) == 0 && (method.Attr.Name == "keys" || method.Attr.Name == "copy") {
			return k.elements(m, method.Value)
		}
		if len(e.Args) == 1 && slices.Contains(copying(), m.scopes.Resolve(e.Func)) {
			return k.elements(m, e.Args[0])
		}
	case *ast.NameExpr, *ast.Attribute:
		return k.named(m, e, func(in *module, symbol *scope.Symbol, b scope.Binding) ([]string, bool) {
			if b.Kind != scope.ByAssignment || b.Value == nil || !k.w.unchanged(in, symbol) {
				return nil, false
			}
			return k.elements(in, b.Value)
		})
	}
	return nil, false
}

func (k *keys) element(m *module, e ast.Expr) ([]string, bool) {
	if starred, ok := e.(*ast.Starred); ok {
		return k.elements(m, starred.Value)
	}
	return k.texts(m, e)
}

// copying returns the builtins that read their argument without changing it.
func copying() []string {
	return []string{
		"builtins.list", "builtins.tuple", "builtins.set", "builtins.frozenset", "builtins.dict", "builtins.sorted",
		"builtins.reversed", "builtins.len", "builtins.enumerate", "builtins.any", "builtins.all",
	}
}

// unchanged reports whether nothing changes the list or dict that a name is bound to.
func (w *rewriting) unchanged(m *module, symbol *scope.Symbol) bool {
	for _, u := range w.usages(m, symbol) {
		switch up := u.m.file.Parent(u.expr).(type) {
		case *ast.For, *ast.Clause, *ast.Compare:
		case *ast.Subscript:
			if up.Ctx != ast.Load || up.Value != u.expr {
				return false
			}
		case *ast.Attribute:
			if !slices.Contains([]string{"keys", "values", "items", "get", "copy", "index", "count"}, up.Attr.Name) {
				return false
			}
		case *ast.Call:
			if up.Func == u.expr || !slices.Contains(copying(), u.m.scopes.Resolve(up.Func)) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// usages returns the places where the app uses a symbol, in all its modules.
func (w *rewriting) usages(m *module, symbol *scope.Symbol) []usage {
	var list []usage
	for _, use := range m.uses[symbol] {
		list = append(list, usage{m, use})
	}
	if m.scopes.Module.Names[symbol.Name] == symbol {
		list = append(list, w.elsewhere()[existing.ModuleName{Path: m.path, Name: symbol.Name}]...)
	}
	return list
}

// elsewhere returns the places that use names of other modules of the app.
func (w *rewriting) elsewhere() map[existing.ModuleName][]usage {
	if w.passing != nil {
		return w.passing
	}
	w.passing = map[existing.ModuleName][]usage{}
	for _, m := range w.modules {
		ast.WalkBody(m.file.Body, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if base := baseOf(e); !ok || base == nil || base.Ctx != ast.Load {
				return true
			}
			if at, ok := w.passedTo(m, e); ok && at.Path != m.path {
				w.passing[at] = append(w.passing[at], usage{m, e})
			}
			return true
		})
	}
	return w.passing
}

// passed returns the strings that the calls of a function pass as one of its parameters.
func (k *keys) passed(m *module, p *ast.Param) ([]string, bool) {
	params, _ := m.file.Parent(p).(*ast.Params)
	def, ok := m.file.Parent(params).(*ast.FunctionDef)
	if !ok || p.Sort == ast.VarPositional || p.Sort == ast.VarKeyword {
		return nil, false
	}
	for _, decorator := range m.scopes.Decorators(def) {
		if !strings.HasPrefix(decorator, streamlitModule+".") {
			return nil, false
		}
	}
	symbol := m.definedBy(def)
	if symbol == nil {
		return nil, false
	}
	var texts []string
	uses := k.w.usages(m, symbol)
	for _, u := range uses {
		call, ok := u.m.file.Parent(u.expr).(*ast.Call)
		if !ok || call.Func != u.expr {
			return nil, false
		}
		more, ok := k.given(u.m, call, m, params, p)
		if !ok {
			return nil, false
		}
		texts = append(texts, more...)
	}
	return texts, len(uses) > 0
}

// definedBy returns the symbol that is bound only by a def; nil for a method.
func (m *module) definedBy(def *ast.FunctionDef) *scope.Symbol {
	inner := m.scopes.Of(def)
	if inner == nil {
		return nil
	}
	for outer := inner.Parent; outer != nil; outer = outer.Parent {
		for _, symbol := range outer.Names {
			if len(symbol.Bindings) == 1 && symbol.Bindings[0].Node == ast.Node(def) {
				if outer.Kind == scope.Class {
					return nil
				}
				return symbol
			}
		}
	}
	return nil
}

// given returns the strings that one call passes as a parameter.
func (k *keys) given(at *module, call *ast.Call, m *module, params *ast.Params, p *ast.Param) ([]string, bool) {
	for _, a := range argumentsOf(call) {
		if a.spread {
			return nil, false
		}
		if a.name == p.Name.Name && p.Sort != ast.PositionalOnly {
			return k.texts(at, a.value)
		}
	}
	place := slices.Index(params.List, p)
	if p.Sort != ast.KeywordOnly && place < len(call.Args) {
		return k.texts(at, call.Args[place])
	}
	if p.Default != nil {
		return k.texts(m, p.Default)
	}
	return nil, false
}
