package facts

import (
	"slices"
	"strings"

	"sleet/scaffold/existing"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/ui/message"
)

// Cached reports whether a node is in a function whose result Streamlit caches.
func (u *Unit) Cached(n ast.Node) bool {
	found := false
	u.EachAncestor(n, func(up ast.Node) bool {
		switch up := up.(type) {
		case *ast.FunctionDef:
			found = slices.ContainsFunc(up.Decorators, u.Caches)
		case *ast.Call:
			found = u.Caches(up.Func) // st.cache_resource(lambda: …)
		}
		return !found
	})
	return found
}

// Caches reports whether a decorator is one of Streamlit's caches, with or without arguments.
func (u *Unit) Caches(decorator ast.Expr) bool {
	if call, ok := decorator.(*ast.Call); ok {
		decorator = call.Func
	}
	return slices.Contains([]string{"cache_data", "cache_resource", "cache", "experimental_memo", "experimental_singleton"}, u.Streamlit(decorator))
}

// Guarded reports whether a node runs only in the branch of an if whose test mentions one of the
// names.
func (u *Unit) Guarded(n ast.Node, names ...string) bool {
	found := false
	u.EachAncestor(n, func(up ast.Node) bool {
		if branch, ok := up.(*ast.If); ok && !within(branch.Test, n) {
			test := u.Source(branch.Test)
			found = slices.ContainsFunc(names, func(name string) bool { return strings.Contains(test, name) })
		}
		_, def := up.(*ast.FunctionDef)
		return !found && !def
	})
	return found
}

// within reports whether inner is in outer.
func within(outer, inner ast.Node) bool {
	o, i := outer.Range(), inner.Range()
	return o.Start <= i.Start && i.End <= o.End
}

// Fetches returns the method that fetches the rows of a read-only query, "" for any other call.
func (u *Unit) Fetches(call *ast.Call) string {
	method, ok := call.Func.(*ast.Attribute)
	if !ok || !slices.Contains([]string{"collect", "to_pandas", "toPandas", "to_pandas_batches", "to_local_iterator"}, method.Attr.Name) {
		return ""
	}
	if !u.MayBe(FrameValue, method.Value) {
		return ""
	}
	statement, known := u.statementOf(method.Value, maxTrace)
	switch {
	case known && (!reads(statement) || u.App.momentaryStatement(statement) || u.App.changesItself(statement)):
		return ""
	case !known && method.Attr.Name == "collect" && statement == unknownStatement:
		return ""
	}
	return method.Attr.Name
}

// Parses returns the pandas function that reads a file or a query, "" for any other call. Data in
// memory, such as an upload, does not count.
func (u *Unit) Parses(call *ast.Call) string {
	name, ok := u.Member(call.Func, "pandas.")
	if ok && len(call.Args) > 0 && u.inMemory(call.Args[0], maxTrace) {
		return ""
	}
	if ok && slices.Contains([]string{"read_csv", "read_excel", "read_parquet", "read_json", "read_sql", "read_sql_query"}, name) {
		return "pandas." + name
	}
	return ""
}

// inMemory reports whether an expression is a file that a viewer uploads, or a buffer.
func (u *Unit) inMemory(e ast.Expr, left int) bool {
	if left <= 0 || e == nil || u.App.spent() {
		return false
	}
	switch e := e.(type) {
	case *ast.Call:
		method, _ := e.Func.(*ast.Attribute)
		return method != nil && method.Attr.Name == "file_uploader" || u.Streamlit(e.Func) == "file_uploader" || u.Is(e.Func, "io.BytesIO", "io.StringIO")
	case *ast.NamedExpr:
		return u.inMemory(e.Value, left-1)
	case *ast.NameExpr:
		in, list := u.BindingsOf(e)
		return slices.ContainsFunc(list, func(b scope.Binding) bool {
			value := b.Value
			if value == nil && b.Kind == scope.ByFor { // one of several uploads
				value = in.bound(b.Node)
			}
			return in.inMemory(value, left-1)
		})
	}
	return false
}

// Cache is a function whose result is cached in the process that runs the app.
type Cache struct {
	Path     string
	Line     int
	Function string
	// Viewer reports whether the function depends on the viewer other than through an argument.
	Viewer bool
}

// Caches returns the functions of an app whose results a container caches for all viewers, with
// Streamlit's caches, except those scoped to a session, or those of functools.
func Caches(app *existing.App) []Cache {
	a := AppOf(app)
	a.Mu.Lock()
	defer a.Mu.Unlock()
	var list []Cache
	for _, u := range a.CodeFiles() {
		for _, def := range existing.NodesOf[*ast.FunctionDef](u.Unit) {
			if !slices.ContainsFunc(def.Decorators, u.shares) || u.connectsAll(def) {
				continue
			}
			source := u.Source(def)
			list = append(list, Cache{
				Path: u.Path, Line: u.Finding(def, "", message.Message{}).Line, Function: def.Name.Name,
				Viewer: ofViewer(source) || len(namesViewer(source)) > 0,
			})
		}
	}
	return list
}

// connectsAll reports whether a function returns a session or a connection, which is that of the app's owner for each
// viewer.
func (u *Unit) connectsAll(def *ast.FunctionDef) bool {
	u.App.budget = maxSteps
	return slices.ContainsFunc(results(def), func(e ast.Expr) bool { return u.MayBe(SessionValue, e) || u.MayBe(ConnectionValue, e) })
}

// shares reports whether a decorator caches results for all viewers.
func (u *Unit) shares(decorator ast.Expr) bool {
	call, called := decorator.(*ast.Call)
	if called {
		if scope, known := u.Scopes.StringOf(Argument(call, "scope", -1)); known && scope == SessionScope {
			return false
		}
		decorator = call.Func
	}
	name, _ := u.Member(decorator, "functools.")
	return u.Caches(decorator) || name == "lru_cache" || name == "cache"
}

// namesViewer returns the functions in a text that return the viewer.
func namesViewer(text string) []string {
	var names []string
	for _, m := range ViewerFunctions(text) {
		if name, _, _ := strings.Cut(strings.ToUpper(text[m[0]:m[1]]), "("); ReturnsViewer(name) {
			names = append(names, name)
		}
	}
	return names
}

// ReturnsViewer reports whether a context function returns the viewer in a warehouse app. The others
// concern the role, which is that of the app's owner in both runtimes.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/row-access
func ReturnsViewer(function string) bool {
	return slices.Contains([]string{"CURRENT_USER", "CURRENT_AVAILABLE_ROLES"}, strings.TrimSpace(function))
}
