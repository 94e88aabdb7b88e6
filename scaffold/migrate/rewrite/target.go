package rewrite

import (
	"slices"
	"strings"

	"sleet/scaffold/existing"
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
)

// The modules that the container runtime does not have.
const (
	contextModule   = "snowflake.snowpark.context"
	warehouseModule = "_snowflake"
)

// reference is a place where code names something of a module.
type reference struct {
	expr ast.Expr
	// name is the full dotted name.
	name string
	// base is the name that the expression starts with. symbol is its symbol; nil for a star import.
	base   *ast.NameExpr
	symbol *scope.Symbol
	// call is the call of the expression, nil if it is only named.
	call *ast.Call
	// connection is the call of st.connection whose .session() it is, nil for other references.
	connection *ast.Call
	// passed are the names of the app's own modules through which the reference resolves.
	passed []existing.ModuleName
}

// references returns the places where the file names something whose full name wanted accepts. The name must come
// directly from an import.
func (f *fileFacts) references(wanted func(name string) bool) []reference {
	return f.referencesThrough(wanted, func(name string) (string, []existing.ModuleName) { return name, nil })
}

// referencesThrough is like references but also resolves names through other modules of the app: follow returns the
// final name and the names that it passes through.
func (f *fileFacts) referencesThrough(wanted func(name string) bool, follow func(name string) (string, []existing.ModuleName)) []reference {
	var refs []reference
	end := 0 // the end of the last reference: expressions inside it do not count
	for _, r := range f.named {
		span := r.expr.Range()
		if span.Start < end {
			continue
		}
		name := r.name
		full, passed := name, []existing.ModuleName(nil)
		if !wanted(name) && name != "" {
			full, passed = follow(name)
		}
		if !wanted(full) {
			continue
		}
		if r.symbol != nil && !slices.ContainsFunc(r.symbol.Bindings, func(b scope.Binding) bool {
			return b.Kind == scope.ByImport && (b.Target == name || strings.HasPrefix(name, b.Target+"."))
		}) {
			continue
		}
		r.name, r.passed = full, passed
		if call, ok := f.file.Parent(r.expr).(*ast.Call); ok && call.Func == r.expr {
			r.call = call
		}
		refs = append(refs, r)
		end = span.End
	}
	return refs
}

func ctxOf(e ast.Expr) ast.Context {
	switch e := e.(type) {
	case *ast.NameExpr:
		return e.Ctx
	case *ast.Attribute:
		return e.Ctx
	}
	return ast.Load
}

// baseOf returns the name at the start of a chain of attributes and getattr calls with a literal name; nil for other
// expressions.
func baseOf(e ast.Expr) *ast.NameExpr {
	for {
		switch x := e.(type) {
		case *ast.NameExpr:
			return x
		case *ast.Attribute:
			e = x.Value
		case *ast.Call:
			value, _, ok := scope.Getattr(x)
			if !ok {
				return nil
			}
			e = value
		default:
			return nil
		}
	}
}

// others returns the uses of a symbol that do not begin a reference in refs.
func (m *module) others(symbol *scope.Symbol, refs []reference) []*ast.NameExpr {
	var left []*ast.NameExpr
	for _, use := range m.uses[symbol] {
		if !slices.ContainsFunc(refs, func(r reference) bool { return r.base == use }) && !m.isLost(use) {
			left = append(left, use)
		}
	}
	return left
}

// reboundElsewhere reports whether something other than an import binds a symbol.
func reboundElsewhere(symbol *scope.Symbol) bool {
	return slices.ContainsFunc(symbol.Bindings, func(b scope.Binding) bool { return b.Kind != scope.ByImport })
}

// at returns the cause of an edit at a reference.
func (m *module) at(r reference, c cause) cause {
	c.line = m.Line(r.expr.Range().Start)
	return c
}
