package facts

import (
	"slices"
	"strings"

	"sleet/scaffold/existing"
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
)

// ConnectionFunction is the name of st.connection, without "st.".
const ConnectionFunction = "connection"

// value is a kind of value that rules about shared state look for.
type value uint8

// The kinds of values.
const (
	SessionValue    value = iota // a Snowpark session
	ConnectionValue              // the result of st.connection for Snowflake
	FrameValue                   // a Snowpark DataFrame, not evaluated yet
	ContainerValue               // a part of a Streamlit page
)

// maxTrace limits how deep a value is followed back, maxSteps the steps for one question. Code that
// binds a name a hundred times would take too long otherwise.
const (
	maxTrace = 12
	maxSteps = 2000
)

// spent uses one step and reports whether none was left.
func (a *App) spent() bool {
	a.budget--
	return a.budget < 0
}

// MayBe reports whether an expression may be a kind of value, directly or through the bindings of a
// name.
func (u *Unit) MayBe(want value, e ast.Expr) bool { return u.trace(want, e, maxTrace) }

func (u *Unit) trace(want value, e ast.Expr, left int) bool {
	if left <= 0 || e == nil || u.App.spent() {
		return false
	}
	again := func(e ast.Expr) bool { return u.trace(want, e, left-1) }
	switch e := e.(type) {
	case *ast.Call:
		return u.makes(want, e, left-1)
	case *ast.NameExpr:
		return u.traceName(want, e, left-1)
	case *ast.Attribute:
		return u.traceAttribute(want, e, left-1)
	case *ast.Subscript:
		if key, ok := Text(e.Index); ok && want == SessionValue {
			return sessionName(key)
		}
		return (want == ContainerValue || want == FrameValue) && again(e.Value)
	case *ast.NamedExpr:
		return again(e.Value)
	case *ast.IfExp:
		return again(e.Body) || again(e.Else)
	case *ast.BoolOp:
		return slices.ContainsFunc(e.Values, again)
	case *ast.Await:
		return again(e.Value)
	}
	return false
}

// makes reports whether a call returns a kind of value.
func (u *Unit) makes(want value, call *ast.Call, left int) bool {
	method, _ := call.Func.(*ast.Attribute)
	switch want {
	case SessionValue:
		if u.ReturnsSession(call) {
			return true
		}
		if method != nil && method.Attr.Name == "session" && u.trace(ConnectionValue, method.Value, left) {
			return true
		}
		if method != nil && slices.Contains([]string{"create", "getOrCreate"}, method.Attr.Name) && u.builds(method.Value) {
			return true
		}
	case ConnectionValue:
		if u.connects(call) {
			return true
		}
	case FrameValue:
		if method != nil {
			return u.trace(FrameValue, method.Value, left) ||
				slices.Contains([]string{"sql", "table", "create_dataframe", "call", "range"}, method.Attr.Name) && u.trace(SessionValue, method.Value, left)
		}
	case ContainerValue:
		if slices.Contains([]string{
			"container", "expander", "empty", "columns", "tabs", "form", "popover", "status", "chat_message", "beta_container", "beta_expander", "beta_columns",
		}, u.Streamlit(call.Func)) {
			return true
		}
		if method != nil {
			return u.trace(ContainerValue, method.Value, left)
		}
	}
	return u.returns(want, call.Func, left)
}

// connects reports whether a call is st.connection for Snowflake.
func (u *Unit) connects(call *ast.Call) bool {
	if u.Streamlit(call.Func) != ConnectionFunction {
		return false
	}
	name, _ := Text(ConnectionType(call))
	return strings.HasPrefix(name, "snow")
}

// builds reports whether an expression is Session.builder, possibly configured.
func (u *Unit) builds(e ast.Expr) bool {
	for {
		if name, ok := u.Member(e, ContextPackage+"."); ok && strings.HasSuffix(name, "Session.builder") {
			return true
		}
		switch inner := e.(type) {
		case *ast.Call:
			e = inner.Func
		case *ast.Attribute:
			e = inner.Value
		default:
			return false
		}
	}
}

// returns reports whether a function of the app returns a kind of value.
func (u *Unit) returns(want value, function ast.Expr, left int) bool {
	if left <= 0 {
		return false
	}
	in, list := u.BindingsOf(function)
	return slices.ContainsFunc(list, func(b scope.Binding) bool {
		def, ok := b.Node.(*ast.FunctionDef)
		if !ok {
			return false
		}
		if want == SessionValue && def.Returns != nil && in.annotated(def.Returns) {
			return true
		}
		return slices.ContainsFunc(results(def), func(e ast.Expr) bool { return in.trace(want, e, left-1) })
	})
}

// results returns the values that a function returns, without those of nested functions.
func results(def *ast.FunctionDef) []ast.Expr {
	var list []ast.Expr
	ast.WalkBody(def.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FunctionDef, *ast.ClassDef, ast.Expr:
			return false
		case *ast.Return:
			if n.Value != nil {
				list = append(list, n.Value)
			}
		}
		return true
	})
	return list
}

// Function returns the innermost def that contains a node, nil at module level.
func (u *Unit) Function(n ast.Node) *ast.FunctionDef {
	var found *ast.FunctionDef
	u.EachAncestor(n, func(up ast.Node) bool {
		found, _ = up.(*ast.FunctionDef)
		return found == nil
	})
	return found
}

// BindingsOf returns the bindings of a name, in this file or in the module of the app that it is imported
// from.
func (u *Unit) BindingsOf(e ast.Expr) (*Unit, []scope.Binding) {
	if name, ok := e.(*ast.NameExpr); ok {
		_, symbol := u.Scopes.Lookup(name)
		if symbol == nil {
			return nil, nil
		}
		if !slices.ContainsFunc(symbol.Bindings, func(b scope.Binding) bool { return b.Kind == scope.ByImport }) {
			return u, symbol.Bindings
		}
	}
	for _, name := range u.Names(e) {
		if in, list := u.App.Bindings(u.Path, name); in != nil {
			return u.App.unit(in.Path), list
		}
	}
	return nil, nil
}

func (u *Unit) traceName(want value, e *ast.NameExpr, left int) bool {
	in, list := u.BindingsOf(e)
	return slices.ContainsFunc(list, func(b scope.Binding) bool {
		switch {
		case b.Kind == scope.ByParam:
			param, _ := b.Node.(*ast.Param)
			return want == SessionValue && param != nil && (in.annotated(param.Annotation) || param.Annotation == nil && sessionName(param.Name.Name))
		case b.Value != nil:
			return in.trace(want, b.Value, left)
		case b.Kind == scope.ByWith || b.Kind == scope.ByFor || b.Kind == scope.ByAssignment:
			// An element of a value that is unpacked or iterated over, such as st.columns.
			return want == ContainerValue && in.trace(want, in.bound(b.Node), left)
		}
		return false
	})
}

// bound returns the expression that a target gets its value from, directly or by unpacking.
func (u *Unit) bound(target ast.Node) ast.Expr {
	var e ast.Expr
	u.EachAncestor(target, func(up ast.Node) bool {
		switch up := up.(type) {
		case *ast.Assign:
			e = up.Value
		case *ast.For:
			e = up.Iter
		case *ast.WithItem:
			e = up.Context
		case *ast.Tuple, *ast.List, *ast.Starred:
			return true
		}
		return false
	})
	return e
}

// annotated reports whether an annotation is Snowpark's Session.
func (u *Unit) annotated(annotation ast.Expr) bool {
	if annotation == nil {
		return false
	}
	if quoted, ok := Text(annotation); ok {
		return quoted == "Session" || strings.HasSuffix(quoted, "snowpark.Session")
	}
	name, ok := u.Member(annotation, ContextPackage+".")
	return ok && (name == "Session" || strings.HasSuffix(name, ".Session"))
}

// sessionName reports whether a name suggests a session, if nothing else is known.
func sessionName(name string) bool {
	name = strings.ToLower(strings.TrimLeft(name, "_"))
	return name == "session" || slices.Contains([]string{"snowpark_session", "snowflake_session", "sf_session", "sp_session", "active_session"}, name)
}

func (u *Unit) traceAttribute(want value, e *ast.Attribute, left int) bool {
	if want == ContainerValue && u.Streamlit(e) == "" && u.Is(e, "streamlit.sidebar") {
		return true
	}
	if len(u.Names(e)) > 0 && !u.Is(e, "streamlit.session_state."+e.Attr.Name) {
		in, list := u.BindingsOf(e)
		return slices.ContainsFunc(list, func(b scope.Binding) bool { return b.Value != nil && in.trace(want, b.Value, left) })
	}
	if want == FrameValue && u.trace(FrameValue, e.Value, left) {
		return true
	}
	kept := u.App.kept(e.Attr.Name)
	if slices.ContainsFunc(kept, func(k keptValue) bool { return k.unit.trace(want, k.value, left) }) {
		return true
	}
	return want == SessionValue && len(kept) == 0 && sessionName(e.Attr.Name)
}

// keptValue is a value that an attribute of an object is set to.
type keptValue struct {
	unit  *Unit
	value ast.Expr
}

// kept returns all values that the app's code assigns to an attribute of this name, as in
// self.session = f().
func (a *App) kept(attr string) []keptValue {
	a.asked = true
	if a.attrs == nil {
		a.attrs = map[string][]keptValue{}
		for _, u := range a.CodeFiles() {
			for _, assign := range existing.NodesOf[*ast.Assign](u.Unit) {
				for _, target := range assign.Targets {
					if attribute, ok := target.(*ast.Attribute); ok {
						name := attribute.Attr.Name
						a.attrs[name] = append(a.attrs[name], keptValue{u, assign.Value})
					}
				}
			}
		}
	}
	return a.attrs[attr]
}
