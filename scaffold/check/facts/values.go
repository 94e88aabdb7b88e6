package facts

import (
	"slices"
	"strings"

	"sleet/scaffold/existing"
	"sleet/scaffold/python"
)

// ConnectionFunction is the name of st.connection.
const ConnectionFunction = "connection"

// value is a thing that the rules about shared state ask for.
type value uint8

// The values.
const (
	SessionValue    value = iota // a Snowpark session
	ConnectionValue              // what st.connection gives for Snowflake
	FrameValue                   // a Snowpark DataFrame: not computed yet
	ContainerValue               // a part of a Streamlit page
)

// maxTrace bounds how deep a value is followed back, maxSteps how far in all for one question: code
// that binds one name a hundred times would take forever otherwise.
const (
	maxTrace = 12
	maxSteps = 2000
)

// spent takes a step, and reports whether none was left.
func (a *App) spent() bool {
	a.budget--
	return a.budget < 0
}

// May reports whether an expression may be a value: as it is written, or as what its name was bound to.
func (u *Unit) May(want value, e python.Expr) bool { return u.trace(want, e, maxTrace) }

func (u *Unit) trace(want value, e python.Expr, left int) bool {
	if left <= 0 || e == nil || u.App.spent() {
		return false
	}
	again := func(e python.Expr) bool { return u.trace(want, e, left-1) }
	switch e := e.(type) {
	case *python.Call:
		return u.makes(want, e, left-1)
	case *python.NameExpr:
		return u.traceName(want, e, left-1)
	case *python.Attribute:
		return u.traceAttribute(want, e, left-1)
	case *python.Subscript:
		if key, ok := Text(e.Index); ok && want == SessionValue {
			return sessionName(key)
		}
		return (want == ContainerValue || want == FrameValue) && again(e.Value)
	case *python.NamedExpr:
		return again(e.Value)
	case *python.IfExp:
		return again(e.Body) || again(e.Else)
	case *python.BoolOp:
		return slices.ContainsFunc(e.Values, again)
	case *python.Await:
		return again(e.Value)
	}
	return false
}

// makes reports whether a call gives a value.
func (u *Unit) makes(want value, call *python.Call, left int) bool {
	method, _ := call.Func.(*python.Attribute)
	switch want {
	case SessionValue:
		if u.TakesSession(call) {
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
		if slices.Contains([]string{"container", "expander", "empty", "columns", "tabs", "form", "popover", "status", "chat_message"}, u.Streamlit(call.Func)) {
			return true
		}
		if method != nil {
			return u.trace(ContainerValue, method.Value, left)
		}
	}
	return u.returns(want, call.Func, left)
}

// connects reports whether a call is st.connection for Snowflake.
func (u *Unit) connects(call *python.Call) bool {
	if u.Streamlit(call.Func) != ConnectionFunction {
		return false
	}
	name, _ := Text(ConnectionType(call))
	return strings.HasPrefix(name, "snow")
}

// builds reports whether an expression is Session.builder, with what was configured.
func (u *Unit) builds(e python.Expr) bool {
	for {
		if name, ok := u.Member(e, ContextPackage+"."); ok && strings.HasSuffix(name, "Session.builder") {
			return true
		}
		switch inner := e.(type) {
		case *python.Call:
			e = inner.Func
		case *python.Attribute:
			e = inner.Value
		default:
			return false
		}
	}
}

// returns reports whether a function of the app gives a value back.
func (u *Unit) returns(want value, function python.Expr, left int) bool {
	if left <= 0 {
		return false
	}
	in, list := u.Made(function)
	return slices.ContainsFunc(list, func(b python.Binding) bool {
		def, ok := b.Node.(*python.FunctionDef)
		if !ok {
			return false
		}
		if want == SessionValue && def.Returns != nil && in.annotated(def.Returns) {
			return true
		}
		return slices.ContainsFunc(results(def), func(e python.Expr) bool { return in.trace(want, e, left-1) })
	})
}

// results returns what a function returns, not what functions in it do.
func results(def *python.FunctionDef) []python.Expr {
	var list []python.Expr
	python.WalkBody(def.Body, func(n python.Node) bool {
		switch n := n.(type) {
		case *python.FunctionDef, *python.ClassDef, python.Expr:
			return false
		case *python.Return:
			if n.Value != nil {
				list = append(list, n.Value)
			}
		}
		return true
	})
	return list
}

// Function returns the def that a node stands in, nil at module level.
func (u *Unit) Function(n python.Node) *python.FunctionDef {
	var found *python.FunctionDef
	u.Around(n, func(up python.Node) bool {
		found, _ = up.(*python.FunctionDef)
		return found == nil
	})
	return found
}

// Made returns what binds a name, in this file or in the module of the app that it is imported from.
func (u *Unit) Made(e python.Expr) (*Unit, []python.Binding) {
	if name, ok := e.(*python.NameExpr); ok {
		_, symbol := u.Scopes.Holder(name)
		if symbol == nil {
			return nil, nil
		}
		if !slices.ContainsFunc(symbol.Bindings, func(b python.Binding) bool { return b.Kind == python.ByImport }) {
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

func (u *Unit) traceName(want value, e *python.NameExpr, left int) bool {
	in, list := u.Made(e)
	return slices.ContainsFunc(list, func(b python.Binding) bool {
		switch {
		case b.Kind == python.ByParam:
			param, _ := b.Node.(*python.Param)
			return want == SessionValue && param != nil && (in.annotated(param.Annotation) || param.Annotation == nil && sessionName(param.Name.Name))
		case b.Value != nil:
			return in.trace(want, b.Value, left)
		case b.Kind == python.ByWith || b.Kind == python.ByFor || b.Kind == python.ByAssignment:
			// A piece of what is unpacked or gone through: the parts of st.columns.
			return want == ContainerValue && in.trace(want, in.bound(b.Node), left)
		}
		return false
	})
}

// bound returns the expression that a target takes its value from, whole or a piece of it.
func (u *Unit) bound(target python.Node) python.Expr {
	var e python.Expr
	u.Around(target, func(up python.Node) bool {
		switch up := up.(type) {
		case *python.Assign:
			e = up.Value
		case *python.For:
			e = up.Iter
		case *python.WithItem:
			e = up.Context
		case *python.Tuple, *python.List, *python.Starred:
			return true
		}
		return false
	})
	return e
}

// annotated reports whether an annotation is Snowpark's Session.
func (u *Unit) annotated(annotation python.Expr) bool {
	if annotation == nil {
		return false
	}
	if quoted, ok := Text(annotation); ok {
		return quoted == "Session" || strings.HasSuffix(quoted, "snowpark.Session")
	}
	name, ok := u.Member(annotation, ContextPackage+".")
	return ok && (name == "Session" || strings.HasSuffix(name, ".Session"))
}

// sessionName reports whether something that nothing tells of is named as a session is.
func sessionName(name string) bool {
	name = strings.ToLower(strings.TrimLeft(name, "_"))
	return name == "session" || slices.Contains([]string{"snowpark_session", "snowflake_session", "sf_session", "sp_session", "active_session"}, name)
}

func (u *Unit) traceAttribute(want value, e *python.Attribute, left int) bool {
	if want == ContainerValue && u.Streamlit(e) == "" && u.Is(e, "streamlit.sidebar") {
		return true
	}
	if len(u.Names(e)) > 0 && !u.Is(e, "streamlit.session_state."+e.Attr.Name) {
		in, list := u.Made(e)
		return slices.ContainsFunc(list, func(b python.Binding) bool { return b.Value != nil && in.trace(want, b.Value, left) })
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

// keptValue is something that an attribute of an object is set to.
type keptValue struct {
	unit  *Unit
	value python.Expr
}

// kept returns all that the app's code sets an attribute of this name to, as self.session = f() does.
func (a *App) kept(attr string) []keptValue {
	if a.attrs == nil {
		a.attrs = map[string][]keptValue{}
		for _, u := range a.CodeFiles() {
			for _, assign := range existing.Of[*python.Assign](u.Unit) {
				for _, target := range assign.Targets {
					if attribute, ok := target.(*python.Attribute); ok {
						name := attribute.Attr.Name
						a.attrs[name] = append(a.attrs[name], keptValue{u, assign.Value})
					}
				}
			}
		}
	}
	return a.attrs[attr]
}
