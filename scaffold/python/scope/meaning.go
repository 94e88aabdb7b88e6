package scope

import "sleet/scaffold/python/ast"

// Decorators returns the dotted names of the decorators of a def or class, called or not; "" for an
// unknown one.
func (s *Table) Decorators(def ast.Stmt) []string {
	var decorators []ast.Expr
	switch def := def.(type) {
	case *ast.FunctionDef:
		decorators = def.Decorators
	case *ast.ClassDef:
		decorators = def.Decorators
	}
	names := make([]string, len(decorators))
	for i, decorator := range decorators {
		if call, ok := decorator.(*ast.Call); ok {
			decorator = call.Func
		}
		names[i] = s.Resolve(decorator)
	}
	return names
}

// CaughtExceptions returns the exceptions that a handler catches, such as "builtins.ImportError". A bare
// except catches "builtins.BaseException"; "" is an unknown exception.
func (s *Table) CaughtExceptions(h *ast.Handler) []string {
	switch caught := h.Type.(type) {
	case nil:
		return []string{"builtins.BaseException"}
	case *ast.Tuple:
		names := make([]string, len(caught.Elts))
		for i, e := range caught.Elts {
			names[i] = s.Resolve(e)
		}
		return names
	default:
		return []string{s.Resolve(caught)}
	}
}

// CatchesImportError reports whether a try statement handles a failed import in its body.
func (s *Table) CatchesImportError(try *ast.Try) bool {
	for _, handler := range try.Handlers {
		for _, name := range s.CaughtExceptions(handler) {
			switch name {
			case "builtins.ImportError", "builtins.ModuleNotFoundError", "builtins.Exception", "builtins.BaseException":
				return true
			}
		}
	}
	return false
}
