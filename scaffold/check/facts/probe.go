package facts

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/python/ast"
)

// Probe describes what the body of a try does.
type Probe struct {
	Imports bool // imports something that a container lacks
	Session bool // calls get_active_session
	// connects reports whether it opens a connection with st.connection, which works in a
	// container.
	connects bool
	Works    bool // calls anything else, except to test or print
}

// ProbeOf finds what the body of a try uses that a container does not have.
func (u *Unit) ProbeOf(try *ast.Try) Probe {
	var found Probe
	ast.WalkBody(try.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Try:
			return false // it has its own finding
		case *ast.FunctionDef, *ast.ClassDef, *ast.Lambda:
			return false
		case ast.Stmt:
			found.Imports = found.Imports || ImportsSnowflakeModule(n) || u.ImportsSession(n)
		case *ast.Call:
			switch {
			case u.ReturnsSession(n):
				found.Session = true
			case u.connects(n), u.ofConnection(n), u.helps(n):
				found.connects = true
			case !u.harmless(n):
				found.Works = true
			}
		}
		return true
	})
	return found
}

// ofConnection reports whether a call returns the session of a connection.
func (u *Unit) ofConnection(call *ast.Call) bool {
	method, ok := call.Func.(*ast.Attribute)
	return ok && method.Attr.Name == "session" && u.MayBe(ConnectionValue, method.Value)
}

// helps reports whether a call is of a function of the app that only returns the session of a
// connection.
func (u *Unit) helps(call *ast.Call) bool {
	in, list := u.BindingsOf(call.Func)
	if len(list) != 1 {
		return false
	}
	def, ok := list[0].Node.(*ast.FunctionDef)
	if !ok {
		return false
	}
	given := results(def)
	return len(given) > 0 && !slices.ContainsFunc(given, func(e ast.Expr) bool {
		made, ok := e.(*ast.Call)
		return !ok || !in.ofConnection(made)
	})
}

// harmless reports whether a call only prints or reads something about the machine.
func (u *Unit) harmless(call *ast.Call) bool {
	if u.Is(call.Func, "builtins.print", "builtins.bool", "builtins.isinstance") {
		return true
	}
	for _, module := range []string{"os.", "sys.", "logging.", "platform.", "pathlib."} {
		if _, ok := u.Member(call.Func, module); ok {
			return true
		}
	}
	method, ok := call.Func.(*ast.Attribute)
	return ok && slices.Contains([]string{"debug", "info", "warning"}, method.Attr.Name)
}

// CatchesMissingAPI reports whether a handler catches the specific error for something that a container
// lacks.
func (u *Unit) CatchesMissingAPI(h *ast.Handler) bool {
	return slices.ContainsFunc(u.Scopes.CaughtExceptions(h), func(name string) bool {
		_, snowpark := strings.CutPrefix(name, ContextPackage+".exceptions.")
		return snowpark || name == "builtins.ImportError" || name == "builtins.ModuleNotFoundError"
	})
}

// ReportsError reports whether a handler shows or raises an error instead of ignoring it.
func (u *Unit) ReportsError(h *ast.Handler) bool {
	found := false
	ast.WalkBody(h.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Raise:
			found = true
		case *ast.Call:
			found = found || slices.Contains([]string{"error", "exception", "warning", "stop"}, u.Streamlit(n.Func))
		}
		return !found
	})
	return found
}

// TryResult is how a try stores its result.
type TryResult uint8

// The answers, the most certain last.
const (
	NoResult        TryResult = iota
	nothing                   // None if something is not available
	BoolResult                // True or False
	NamedBoolResult           // True or False, in a variable with a telling name
)

// probeName matches the names of such variables, or of functions that return them.
var probeName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)snowflake|snowpark|snowsight|(?:^|_)(?:sis|sf|local|locally|deployed|hosted)(?:_|$)`)
})

// ResultOf returns the most certain answer in the parts of a try.
func (u *Unit) ResultOf(try *ast.Try) TryResult {
	function := ""
	if def := u.Function(try); def != nil {
		function = def.Name.Name
	}
	best := answerIn(function, slices.Concat(try.Body, try.Else), false)
	for _, handler := range try.Handlers {
		best = max(best, answerIn(function, handler.Body, true))
	}
	return best
}

// answerIn returns the answer in the statements of a body. None counts only in a handler, where it
// replaces something that is not available.
func answerIn(function string, body []ast.Stmt, handler bool) TryResult {
	best := NoResult
	for _, s := range body {
		switch s := s.(type) {
		case *ast.Assign:
			name, _ := s.Targets[0].(*ast.NameExpr)
			best = max(best, answerOf(s.Value, nameOf(name), handler))
		case *ast.AnnAssign:
			name, _ := s.Target.(*ast.NameExpr)
			best = max(best, answerOf(s.Value, nameOf(name), handler))
		case *ast.Return:
			if s.Value == nil && handler {
				best = max(best, nothing)
			}
			best = max(best, answerOf(s.Value, function, handler))
		case *ast.If:
			best = max(best, answerIn(function, s.Body, handler), answerIn(function, s.Else, handler))
		}
	}
	return best
}

func nameOf(name *ast.NameExpr) string {
	if name == nil {
		return ""
	}
	return name.ID
}

// answerOf returns the answer that assigning a value to a name represents.
func answerOf(e ast.Expr, name string, handler bool) TryResult {
	c, ok := e.(*ast.Constant)
	switch {
	case !ok:
		return NoResult
	case c.Sort == ast.True || c.Sort == ast.False:
		if probeName().MatchString(name) {
			return NamedBoolResult
		}
		return BoolResult
	case c.Sort == ast.None && handler:
		return nothing
	}
	return NoResult
}
