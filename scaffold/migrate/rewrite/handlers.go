package rewrite

import (
	"fmt"
	"slices"
	"strings"

	"sleet/scaffold/migrate/change"
	"sleet/scaffold/python/ast"
	"sleet/ui/message"
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
		caught := m.scopes.CaughtExceptions(h)
		ofQueries := !slices.ContainsFunc(caught, func(name string) bool {
			return !strings.HasPrefix(name, snowparkErrors) || ofSession(name)
		})
		return !ofQueries && !(h.Type == nil || slices.ContainsFunc(caught, catchesAll)) || setsFlag(h.Body)
	}) && !setsFlag(t.Body) && !setsFlag(t.Else)
}

// missingModule reports whether an exception is one that an import of a missing module raises.
func missingModule(name string) bool {
	return name == "builtins.ImportError" || name == "builtins.ModuleNotFoundError"
}

// widens reports whether the only handler of a try can catch every error in place of the old ones, because the body
// does nothing but take the session or read secrets: then it still catches what it caught before.
func (m *module) widens(t *ast.Try, w *rewriting) bool {
	if t.Star || len(t.Handlers) != 1 || m.inCollapse(t) || m.scopes.Module.Names["Exception"] != nil {
		return false
	}
	h := t.Handlers[0]
	caught := m.scopes.CaughtExceptions(h)
	old := func(name string) bool { return ofSession(name) || missingModule(name) }
	if h.Type == nil || slices.ContainsFunc(caught, catchesAll) || !slices.ContainsFunc(caught, old) || m.readsError(h) ||
		setsFlag(h.Body) || setsFlag(t.Body) || setsFlag(t.Else) {
		return false
	}
	return m.onlyReplaced(t.Body, w)
}

// readsError reports whether a handler uses an attribute of its exception, which another exception may not have.
func (m *module) readsError(h *ast.Handler) bool {
	found := false
	ast.WalkBody(h.Body, func(n ast.Node) bool {
		a, ok := n.(*ast.Attribute)
		if ok {
			base, is := a.Value.(*ast.NameExpr)
			found = found || is && h.Name != nil && base.ID == h.Name.Name
		}
		return true
	})
	return found
}

// onlyReplaced reports whether the only calls in statements are those that the migration replaces, and there is one.
func (m *module) onlyReplaced(body []ast.Stmt, w *rewriting) bool {
	replaced := map[*ast.Call]bool{}
	for _, r := range append(slices.Clone(m.sessionReferences()), m.warehouseReferences(w)...) {
		if r.call != nil && r.name != sendFunction {
			replaced[r.call] = true
		}
	}
	calls, only := 0, true
	for _, s := range body {
		if t := targetOf(s); t == nil && len(names(s)) == 0 {
			return false
		}
	}
	ast.WalkBody(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Call:
			calls++
			only = only && replaced[n]
		case *ast.Subscript, *ast.BinOp, *ast.Await:
			only = false // they can raise errors of their own
		}
		return only
	})
	return only && calls > 0
}

// widenHandlers makes such handlers catch every error where the body of the try was edited.
func (m *module) widenHandlers(w *rewriting) {
	for _, n := range m.nodes {
		t, ok := n.(*ast.Try)
		if !ok || !m.widens(t, w) {
			continue
		}
		for _, e := range m.edits {
			if !replacesWarehouse(e.Kind) || e.Start < t.Body[0].Range().Start || e.End > t.Body[len(t.Body)-1].Range().End {
				continue
			}
			caught := t.Handlers[0].Type.Range()
			m.put(caught, "Exception", cause{
				rule: e.Rule, symbol: e.Symbol, why: message.New("change.handler"), kind: e.Kind, line: m.Line(caught.Start),
			})
			break
		}
	}
}

func catchesAll(name string) bool {
	return name == "builtins.Exception" || name == "builtins.BaseException"
}

// doubtfulTry reports whether the handlers of a try around a node may not fit its replacement, or a with statement
// around it suppresses errors.
func (m *module) doubtfulTry(n ast.Node, w *rewriting) bool {
	if m.inCollapse(n) {
		return false
	}
	for t := m.tryAround(n); t != nil; t = m.tryAround(t) {
		if !m.stillFits(t) && !m.widens(t, w) {
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
			if !ok || !slices.ContainsFunc(t.Handlers, func(h *ast.Handler) bool { return slices.ContainsFunc(m.scopes.CaughtExceptions(h), ofSession) }) {
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
