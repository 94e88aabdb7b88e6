package facts

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
)

// The module and the function that return the session of a warehouse app.
const (
	ContextPackage = "snowflake.snowpark"
	contextModule  = ContextPackage + ".context"
	activeSession  = contextModule + ".get_active_session"
)

// ImportsSession reports whether a statement imports get_active_session.
func (u *Unit) ImportsSession(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.Import:
		for _, alias := range s.Names {
			if alias.Name == contextModule {
				return true
			}
		}
	case *ast.ImportFrom:
		for _, alias := range s.Names {
			if u.bringsSession(s, alias.Name) {
				return true
			}
		}
	}
	return false
}

// bringsSession reports whether a name in a from-import is get_active_session or its module.
func (u *Unit) bringsSession(s *ast.ImportFrom, name string) bool {
	if s.Level == 0 && name == "*" {
		return s.Module == contextModule
	}
	full := strings.Repeat(".", s.Level) + s.Module + "." + name
	if s.Module == "" {
		full = strings.Repeat(".", s.Level) + name
	}
	full = u.App.ResolveName(u.Path, full)
	return full == activeSession || full == contextModule
}

// ReturnsSession reports whether a call returns the active session of a warehouse.
func (u *Unit) ReturnsSession(call *ast.Call) bool {
	return slices.ContainsFunc(u.Names(call.Func), scaffold.ReturnsActiveSession)
}

// CreatesDefaultSession reports whether a call is Session.builder.getOrCreate or create without options. In
// a handler of a try, it is the fallback for a developer's machine and does not count.
func (u *Unit) CreatesDefaultSession(call *ast.Call) bool {
	if len(call.Args)+len(call.Keywords) > 0 || !slices.ContainsFunc(u.Names(call.Func), scaffold.ReturnsDefaultSession) {
		return false
	}
	handled := false
	u.EachAncestor(call, func(up ast.Node) bool {
		_, handler := up.(*ast.Handler)
		handled = handled || handler
		return !handled
	})
	return !handled
}

// OwnsSession reports whether the code that has a session may have created it with options of its own, as in
// Session.builder.configs(…).create(), or whether its parameter only has the name of one.
func (u *Unit) OwnsSession(e ast.Expr) bool {
	created := func(in *Unit, e ast.Expr) bool {
		call, ok := e.(*ast.Call)
		if !ok || in.CreatesDefaultSession(call) {
			return false
		}
		method, ok := call.Func.(*ast.Attribute)
		return ok && in.builds(method.Value)
	}
	if created(u, e) {
		return true
	}
	in, list := u.BindingsOf(e)
	return slices.ContainsFunc(list, func(b scope.Binding) bool {
		if b.Kind == scope.ByParam {
			param, _ := b.Node.(*ast.Param)
			return param == nil || !in.annotated(param.Annotation)
		}
		return b.Value != nil && created(in, b.Value)
	})
}

// UsesSession reports whether a file uses a session.
func (u *Unit) UsesSession() bool {
	if u.session == nil {
		has := slices.ContainsFunc(u.Nodes, func(n ast.Node) bool {
			u.App.budget = maxSteps
			switch n := n.(type) {
			case *ast.Call:
				return u.makes(SessionValue, n, maxTrace)
			case *ast.Attribute:
				return u.MayBe(SessionValue, n.Value)
			}
			return false
		})
		u.session = &has
	}
	return *u.session
}
