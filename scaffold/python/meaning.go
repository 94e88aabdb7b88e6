package python

// Decorators returns what the decorators of a def or class stand for, called or not; "" for one that
// is not known.
func (s *Scopes) Decorators(def Stmt) []string {
	var decorators []Expr
	switch def := def.(type) {
	case *FunctionDef:
		decorators = def.Decorators
	case *ClassDef:
		decorators = def.Decorators
	}
	names := make([]string, len(decorators))
	for i, decorator := range decorators {
		if call, ok := decorator.(*Call); ok {
			decorator = call.Func
		}
		names[i] = s.Resolve(decorator)
	}
	return names
}

// Catches returns the exceptions that a handler catches, as "builtins.ImportError"; a bare except
// catches "builtins.BaseException"; "" stands for what is not known.
func (s *Scopes) Catches(h *Handler) []string {
	switch caught := h.Type.(type) {
	case nil:
		return []string{"builtins.BaseException"}
	case *Tuple:
		names := make([]string, len(caught.Elts))
		for i, e := range caught.Elts {
			names[i] = s.Resolve(e)
		}
		return names
	default:
		return []string{s.Resolve(caught)}
	}
}

// CatchesImportError tells that an import that fails in the body of a try ends in a handler of it.
func (s *Scopes) CatchesImportError(try *Try) bool {
	for _, handler := range try.Handlers {
		for _, name := range s.Catches(handler) {
			switch name {
			case "builtins.ImportError", "builtins.ModuleNotFoundError", "builtins.Exception", "builtins.BaseException":
				return true
			}
		}
	}
	return false
}
