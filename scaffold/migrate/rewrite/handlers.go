package rewrite

import (
	"fmt"
	"slices"
	"strings"

	"sleet/scaffold/migrate/change"
	"sleet/scaffold/python/ast"
)

// Handlers around code that takes the session or reads a secret: st.connection and the replacements of _snowflake raise
// other errors. If a handler caught the old errors, the edit needs review.

// snowparkErrors is the module of Snowpark's exceptions.
// https://docs.snowflake.com/en/developer-guide/snowpark/reference/python/latest/snowpark/exceptions
const snowparkErrors = "snowflake.snowpark.exceptions."

// ofSession reports whether an exception is one that get_active_session raises.
func ofSession(name string) bool {
	return name == snowparkErrors+"SnowparkSessionException" || name == snowparkErrors+"SnowparkClientException"
}

// stillFits reports whether the handlers of a try around the session also catch what st.connection raises, and set no
// flag about where the app runs. A handler only for errors of queries never caught errors of a session.
func (m *module) stillFits(t *ast.Try) bool {
	return !slices.ContainsFunc(t.Handlers, func(h *ast.Handler) bool {
		caught := m.scopes.Catches(h)
		ofQueries := !slices.ContainsFunc(caught, func(name string) bool {
			return !strings.HasPrefix(name, snowparkErrors) || ofSession(name)
		})
		return !ofQueries && !(h.Type == nil || slices.ContainsFunc(caught, catchesAll)) || setsFlag(h.Body)
	}) && !setsFlag(t.Body) && !setsFlag(t.Else)
}

func catchesAll(name string) bool {
	return name == "builtins.Exception" || name == "builtins.BaseException"
}

// doubtfulTry reports whether the handlers of a try around a node may not fit its replacement, or a with statement
// around it suppresses errors.
func (m *module) doubtfulTry(n ast.Node) bool {
	if m.inCollapse(n) {
		return false
	}
	for t := m.tryAround(n); t != nil; t = m.tryAround(t) {
		if !m.stillFits(t) {
			return true
		}
	}
	return m.suppressed(n)
}

// suppressed reports whether a with contextlib.suppress(…) around a node suppresses only some errors, or sets a flag.
func (m *module) suppressed(n ast.Node) bool {
	for up := m.file.Parent(n); up != nil; up = m.file.Parent(up) {
		switch up := up.(type) {
		case *ast.FunctionDef, *ast.ClassDef, *ast.Lambda:
			return false
		case *ast.With:
			for _, item := range up.Items {
				call, ok := item.Context.(*ast.Call)
				if !ok || m.scopes.Resolve(call.Func) != "contextlib.suppress" {
					continue
				}
				all := slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return catchesAll(m.scopes.Resolve(e)) })
				if !all || setsFlag(up.Body) {
					return true
				}
			}
		}
	}
	return false
}

// findHandlers records for each function of the app where a handler around a call of it catches errors of a session by
// name.
func (w *rewriting) findHandlers() {
	w.caught = map[*ast.FunctionDef]string{}
	for _, m := range w.modules {
		for _, n := range m.nodes {
			t, ok := n.(*ast.Try)
			if !ok || !slices.ContainsFunc(t.Handlers, func(h *ast.Handler) bool { return slices.ContainsFunc(m.scopes.Catches(h), ofSession) }) {
				continue
			}
			ast.WalkBody(t.Body, func(n ast.Node) bool {
				call, ok := n.(*ast.Call)
				if !ok {
					return true
				}
				if _, symbol := w.symbolOf(m, call.Func); symbol != nil {
					for _, b := range symbol.Bindings {
						if def, ok := b.Node.(*ast.FunctionDef); ok && w.caught[def] == "" {
							w.caught[def] = fmt.Sprintf("%s:%d", change.Relative(w.app.Root, m.path), m.Line(t.Start))
						}
					}
				}
				return true
			})
		}
	}
}
