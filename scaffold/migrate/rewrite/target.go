package rewrite

import (
	"slices"
	"strings"

	"sleet/scaffold/existing"
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
)

// The modules that a container lacks.
const (
	contextModule   = "snowflake.snowpark.context"
	warehouseModule = "_snowflake"
)

// reference is a place where code names something of a module.
type reference struct {
	expr ast.Expr
	// name is the full dotted name.
	name string
	// base is the name that the expression starts with, symbol what holds it: nil for a star import.
	base   *ast.NameExpr
	symbol *scope.Symbol
	// call is the call of it, nil where it is only named.
	call *ast.Call
	// connection is the call of st.connection whose .session() it is, nil for another reference.
	connection *ast.Call
	// passed are the names of the app's own modules that lead to it.
	passed []existing.Passed
}

// references are the places where the file names something, as a test of full names says; the name
// must come from an import, directly.
func (f *fileFacts) references(wanted func(name string) bool) []reference {
	return f.referencesThrough(wanted, func(name string) (string, []existing.Passed) { return name, nil })
}

// referencesThrough are references, those through other modules of the app as well: follow gives the
// name in the end, and what it passes.
func (f *fileFacts) referencesThrough(wanted func(name string) bool, follow func(name string) (string, []existing.Passed)) []reference {
	var refs []reference
	end := 0 // of the last one found: what is in it is not another
	for _, r := range f.named {
		span := r.expr.Range()
		if span.Start < end {
			continue
		}
		name := r.name
		full, passed := name, []existing.Passed(nil)
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

// baseOf is the name at the start of a chain of attributes, getattr with a literal name among them, nil for another expression.
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

// others are the uses of a symbol that no reference of a list begins with.
func (m *module) others(symbol *scope.Symbol, refs []reference) []*ast.NameExpr {
	var left []*ast.NameExpr
	for _, use := range m.uses[symbol] {
		if !slices.ContainsFunc(refs, func(r reference) bool { return r.base == use }) && !m.isLost(use) {
			left = append(left, use)
		}
	}
	return left
}

// reboundElsewhere tells that something other than an import binds a symbol.
func reboundElsewhere(symbol *scope.Symbol) bool {
	return slices.ContainsFunc(symbol.Bindings, func(b scope.Binding) bool { return b.Kind != scope.ByImport })
}

// at is the cause of an edit at a reference.
func (m *module) at(r reference, c cause) cause {
	c.line = m.Line(r.expr.Range().Start)
	return c
}
