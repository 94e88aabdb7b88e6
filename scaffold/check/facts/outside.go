package facts

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/existing"
	"sleet/scaffold/python"
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/scaffold/python/token"
)

// where is the environment in which an expression is true.
type where uint8

// The environments.
const (
	anywhere where = iota // unknown, or both
	inside                // only in Snowflake
	outside               // only outside of Snowflake, or never
)

func (w where) not() where {
	switch w {
	case inside:
		return outside
	case outside:
		return inside
	default:
		return anywhere
	}
}

// localVariable matches the names of environment variables that are set on a developer's machine.
var localVariable = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|_)(?:LOCAL|LOCALLY|LOCALHOST|DEV|DEVELOPMENT)(?:_|$)`)
})

// localSwitch matches the names of constants that developers set by hand on their machine.
var localSwitch = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^_*(?:IS_|RUN_|USE_|RUNNING_)?LOCAL(?:LY|_MODE|_DEV|_DEVELOPMENT|_RUN)?$`)
})

// localValue matches the value of an environment variable on a developer's machine.
var localValue = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:local|localhost|locally|dev|develop|development|laptop|test|testing)$`)
})

// containerVariable reports whether a container sets a variable that nobody sets on their own
// machine.
// https://docs.snowflake.com/en/developer-guide/snowpark-container-services/additional-considerations-services-jobs
func containerVariable(name string) bool {
	return name == "SNOWFLAKE_HOST" || name == "SNOWFLAKE_SERVICE_NAME"
}

// containerSets reports whether a comparison is "SNOWFLAKE_HOST" in os.environ or similar.
func (u *Unit) containerSets(e *ast.Compare) bool {
	name, ok := Text(e.Left)
	return ok && containerVariable(name) && strings.HasSuffix(e.Ops[0], "in") && u.Is(e.Rights[0], "os.environ")
}

// HandlerSpans returns the parts of a file that Snowpark sends to Snowflake: functions and classes
// registered as UDFs and stored procedures. They run in a separate Python that has
// get_active_session and _snowflake.
// https://docs.snowflake.com/en/developer-guide/snowpark/python/creating-udfs
func HandlerSpans(nodes []ast.Node, scopes *scope.Table) []token.Span {
	var spans []token.Span
	for _, n := range nodes {
		switch n := n.(type) {
		case *ast.FunctionDef:
			if slices.ContainsFunc(scopes.Decorators(n), registers) {
				spans = append(spans, n.Range())
			}
		case *ast.ClassDef:
			if slices.ContainsFunc(scopes.Decorators(n), registers) {
				spans = append(spans, n.Range())
			}
		}
	}
	return spans
}

// UsedByHandlers reports whether code that Snowpark sends to Snowflake uses what a statement imports.
func (u *Unit) UsedByHandlers(s ast.Stmt) bool {
	spans := HandlerSpans(u.Nodes, u.Scopes)
	if len(spans) == 0 {
		return false
	}
	return slices.ContainsFunc(existing.NodesOf[*ast.NameExpr](u.Unit), func(name *ast.NameExpr) bool {
		sent := func(s token.Span) bool { return s.Start <= name.Start && name.End <= s.End }
		_, symbol := u.Scopes.Lookup(name)
		return symbol != nil && slices.ContainsFunc(spans, sent) && slices.ContainsFunc(symbol.Bindings, func(b scope.Binding) bool {
			return b.Kind == scope.ByImport && u.File.Parent(b.Node) == ast.Node(s)
		})
	})
}

// registers reports whether a decorator registers a handler.
func registers(decorator string) bool {
	name, is := strings.CutPrefix(decorator, ContextPackage+".functions.")
	return is && slices.Contains([]string{"udf", "udaf", "udtf", "sproc", "pandas_udf", "pandas_udtf"}, name)
}

// Unreached reports whether a node is in code that the app does not run in Snowflake: a branch for
// a developer's machine, code under TYPE_CHECKING or under if __name__ == "__main__" in a module, a
// handler for something that only fails outside, or a UDF or stored procedure.
func (u *Unit) Unreached(n ast.Node) bool {
	if u.outside == nil {
		u.outside = u.App.Cached(outsideKey(u.Path), u.findOutside).(*outsideSpans)
	}
	u.App.asked = u.App.asked || u.outside.asked
	if len(u.outside.spans) == 0 {
		return false
	}
	at := n.Range()
	return slices.ContainsFunc(u.outside.spans, func(s token.Span) bool { return s.Start <= at.Start && at.End <= s.End })
}

// outsideSpans are the parts of a file that do not run in Snowflake. asked reports whether they
// depend on the whole app.
type outsideSpans struct {
	spans []token.Span
	asked bool
}

// outsideKey is the key under which an app caches the spans of a file.
type outsideKey string

func (u *Unit) findOutside() any {
	before := u.App.asked
	u.App.asked = false
	found := &outsideSpans{spans: u.spansOutside()}
	found.asked, u.App.asked = u.App.asked, before
	return found
}

// spansOutside returns the parts of a file that do not run in Snowflake.
func (u *Unit) spansOutside() []token.Span {
	spans := append([]token.Span{}, HandlerSpans(u.Nodes, u.Scopes)...)
	branch := func(body []ast.Stmt) {
		if len(body) > 0 && !u.connectionIn(body) {
			spans = append(spans, token.Span{Start: body[0].Range().Start, End: body[len(body)-1].Range().End})
		}
	}
	branch(u.afterReturn(u.File.Body))
	for _, n := range u.Nodes {
		for _, body := range bodies(n) {
			branch(u.afterReturn(body))
		}
		switch n := n.(type) {
		case *ast.If:
			u.App.budget = maxSteps
			switch u.where(n.Test, maxTrace) {
			case inside:
				branch(n.Else)
			case outside:
				branch(n.Body)
			case anywhere:
			}
		case *ast.IfExp:
			u.App.budget = maxSteps
			switch u.where(n.Test, maxTrace) {
			case inside:
				spans = append(spans, n.Else.Range())
			case outside:
				spans = append(spans, n.Body.Range())
			case anywhere:
			}
		case *ast.Handler:
			if try, ok := u.File.Parent(n).(*ast.Try); ok && u.failsOutside(try, n) {
				branch(n.Body)
			}
		}
	}
	return spans
}

// bodies returns the bodies of a compound statement.
func bodies(n ast.Node) [][]ast.Stmt {
	switch n := n.(type) {
	case *ast.FunctionDef:
		return [][]ast.Stmt{n.Body}
	case *ast.If:
		return [][]ast.Stmt{n.Body, n.Else}
	case *ast.For:
		return [][]ast.Stmt{n.Body, n.Else}
	case *ast.While:
		return [][]ast.Stmt{n.Body, n.Else}
	case *ast.With:
		return [][]ast.Stmt{n.Body}
	case *ast.Try:
		return [][]ast.Stmt{n.Body, n.Else, n.Finally}
	case *ast.Handler:
		return [][]ast.Stmt{n.Body}
	}
	return nil
}

// afterReturn returns the statements of a body that only run outside of Snowflake because the code
// returns before: after if in_snowflake(): return …, and after a try that returns the session.
func (u *Unit) afterReturn(body []ast.Stmt) []ast.Stmt {
	for i, s := range body {
		leaves := false
		switch s := s.(type) {
		case *ast.If:
			if u.ends(s.Body) && len(s.Else) == 0 {
				u.App.budget = maxSteps
				leaves = u.where(s.Test, maxTrace) == inside
			}
		case *ast.Try:
			leaves = u.ends(s.Body) && len(s.Handlers) > 0 && !slices.ContainsFunc(s.Handlers, func(h *ast.Handler) bool { return !u.failsOutside(s, h) })
		}
		if leaves {
			return body[i+1:]
		}
	}
	return nil
}

// ends reports whether a body never completes normally.
func (u *Unit) ends(body []ast.Stmt) bool {
	if len(body) == 0 {
		return false
	}
	switch last := body[len(body)-1].(type) {
	case *ast.Return, *ast.Raise:
		return true
	case *ast.ExprStmt:
		call, ok := last.Value.(*ast.Call)
		return ok && (u.Streamlit(call.Func) == "stop" || u.Is(call.Func, "sys.exit"))
	}
	return false
}

// failsOutside reports whether a handler runs only outside of Snowflake, where the session or
// module that the try requires is missing. In a container, st.connection provides the session.
func (u *Unit) failsOutside(try *ast.Try, h *ast.Handler) bool {
	asked := u.ProbeOf(try)
	if asked.connects && !asked.Session && !asked.Imports {
		return u.connectsIn(h.Body)
	}
	if !asked.Imports && !asked.Session {
		return false
	}
	return !asked.Works || u.CatchesMissingAPI(h) || u.connectsIn(h.Body)
}

// connectionIn reports whether a body calls st.connection for Snowflake, which works in a container
// too: a branch for everything but a warehouse.
func (u *Unit) connectionIn(body []ast.Stmt) bool {
	found := false
	ast.WalkBody(body, func(n ast.Node) bool {
		call, ok := n.(*ast.Call)
		found = found || ok && u.connects(call)
		return !found
	})
	return found
}

// connectsIn reports whether a body opens a connection with its own options, as on a developer's
// machine.
func (u *Unit) connectsIn(body []ast.Stmt) bool {
	found := false
	ast.WalkBody(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.Call); ok {
			method, _ := call.Func.(*ast.Attribute)
			found = found || u.Is(call.Func, "snowflake.connector.connect") ||
				method != nil && slices.Contains([]string{"create", "getOrCreate"}, method.Attr.Name) && u.builds(method.Value)
		}
		return !found
	})
	return found
}

// where returns the environment in which a test is true.
func (u *Unit) where(e ast.Expr, left int) where {
	if left <= 0 || u.App.spent() {
		return anywhere
	}
	switch e := e.(type) {
	case *ast.Constant:
		if e.Sort == ast.False || e.Sort == ast.Int && e.Value == "0" {
			return outside
		}
	case *ast.UnaryOp:
		if e.Op == "not" {
			return u.where(e.Value, left-1).not()
		}
	case *ast.BoolOp:
		return u.whereAll(e, left-1)
	case *ast.NameExpr:
		return u.whereName(e, left-1)
	case *ast.Attribute:
		if u.Is(e, "typing.TYPE_CHECKING") {
			return outside
		}
		return u.whereName(e, left-1)
	case *ast.Compare:
		return u.whereCompare(e, left-1)
	case *ast.Call:
		return u.whereCall(e, left-1)
	case *ast.NamedExpr:
		return u.where(e.Value, left-1)
	}
	return anywhere
}

// whereAll returns where a chain of and or or is true: a single operand can decide.
func (u *Unit) whereAll(e *ast.BoolOp, left int) where {
	decides := outside
	if e.Op == "or" {
		decides = inside
	}
	for _, value := range e.Values {
		if u.where(value, left) == decides {
			return decides
		}
	}
	return anywhere
}

// whereName returns where a name is true, based on all its bindings.
func (u *Unit) whereName(e ast.Expr, left int) where {
	if u.Is(e, "typing.TYPE_CHECKING") {
		return outside
	}
	if u.importedOrNone(e) {
		return inside
	}
	in, list := u.BindingsOf(e)
	if localSwitch().MatchString(lastName(e)) && allFlags(list) {
		return outside
	}
	return in.whereAny(func(yield func(ast.Expr) bool) {
		for _, b := range list {
			if !yield(b.Value) {
				return
			}
		}
	}, left)
}

// lastName returns a name, or the last name in a chain: LOCAL for config.LOCAL.
func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.NameExpr:
		return e.ID
	case *ast.Attribute:
		return e.Attr.Name
	}
	return ""
}

// allFlags reports whether a name is only bound to the literals True and False.
func allFlags(list []scope.Binding) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(b scope.Binding) bool {
		c, ok := b.Value.(*ast.Constant)
		return !ok || c.Sort != ast.True && c.Sort != ast.False
	})
}

// importedOrNone reports whether a name is imported from something that only a warehouse has, and
// None if the import fails.
func (u *Unit) importedOrNone(e ast.Expr) bool {
	name, ok := e.(*ast.NameExpr)
	if !ok {
		return false
	}
	_, symbol := u.Scopes.Lookup(name)
	if symbol == nil {
		return false
	}
	imported, none := false, false
	for _, b := range symbol.Bindings {
		c, _ := b.Value.(*ast.Constant)
		switch {
		case b.Kind == scope.ByImport && (b.Target == SnowflakeModule || b.Target == activeSession):
			imported = true
		case c != nil && c.Sort == ast.True && u.afterOwnImports(c):
			imported = true
		case c != nil && c.Sort == ast.None:
			none = true
		default:
			return false
		}
	}
	return imported && none
}

// afterOwnImports reports whether a flag is set in a try that only imports modules of the app,
// which never fails. A migration leaves such a guard around _snowflake.
func (u *Unit) afterOwnImports(flag *ast.Constant) bool {
	tries := u.File.EnclosingTries(flag)
	if len(tries) == 0 || tries[0].Part != python.TryBody {
		return false
	}
	own := false
	for _, s := range tries[0].Try.Body {
		switch s := s.(type) {
		case *ast.Import:
			for _, alias := range s.Names {
				p, _ := u.App.ModuleOf(u.Path, alias.Name)
				if p == "" {
					return false
				}
				own = true
			}
		case *ast.Assign:
			if !u.isFlag(s.Value) {
				return false
			}
		default:
			return false
		}
	}
	return own
}

// whereAny returns where one of several expressions is true: the flags of a runtime test, or the
// results of a function.
func (u *Unit) whereAny(values iter.Seq[ast.Expr], left int) where {
	found := anywhere
	for value := range values {
		if value == nil {
			return anywhere
		}
		is := u.where(value, left)
		if c, ok := value.(*ast.Constant); ok {
			is = u.whereFlag(c)
		} else if is == anywhere {
			is = u.whereSession(value)
		}
		switch {
		case is == anywhere && !u.isFlag(value), is != anywhere && found != anywhere && is != found:
			return anywhere
		case is != anywhere:
			found = is
		}
	}
	return found
}

// isFlag reports whether a value is True, False or None, as names have before a runtime test.
func (u *Unit) isFlag(e ast.Expr) bool {
	c, ok := e.(*ast.Constant)
	return ok && (c.Sort == ast.True || c.Sort == ast.False || c.Sort == ast.None)
}

// whereFlag returns where a flag is true that a try sets in its body or in a handler.
func (u *Unit) whereFlag(c *ast.Constant) where {
	if c.Sort != ast.True && c.Sort != ast.False {
		return anywhere
	}
	is := anywhere
	for _, place := range u.File.EnclosingTries(c) {
		asked := u.ProbeOf(place.Try)
		if !asked.Imports && !asked.Session {
			continue
		}
		is = inside
		if place.Part == python.TryHandler {
			is = outside
		}
		break
	}
	if c.Sort == ast.False {
		return is.not()
	}
	return is
}

// whereSession returns where the active session exists, if it is taken in a try.
func (u *Unit) whereSession(e ast.Expr) where {
	call, ok := e.(*ast.Call)
	if !ok || !u.Is(call.Func, activeSession) {
		return anywhere
	}
	if slices.ContainsFunc(u.File.EnclosingTries(call), func(place python.TryPlace) bool { return place.Part == python.TryBody }) {
		return inside
	}
	return anywhere
}

// whereCompare returns where a comparison is true: with None, with the name of the main module, or
// with something that only a warehouse has.
func (u *Unit) whereCompare(e *ast.Compare, left int) where {
	if len(e.Rights) != 1 {
		return anywhere
	}
	op, right := e.Ops[0], e.Rights[0]
	is := anywhere
	c, _ := right.(*ast.Constant)
	switch {
	case u.mainTest(e):
		if u.App.Imported(u.Path) && !u.App.IsScript(u.Path) {
			return outside
		}
		return anywhere
	case c != nil && c.Sort == ast.None:
		is = u.where(e.Left, left).not()
	case c != nil && (c.Sort == ast.True || c.Sort == ast.False):
		is = u.where(e.Left, left)
		if c.Sort == ast.False {
			is = is.not()
		}
	case u.otherSystem(e.Left, right), u.otherMachine(e):
		is = outside
	case len(u.probesCompare(e)) > 0 && strings.HasSuffix(op, "in"), u.containerSets(e):
		is = inside
	case u.probesIn(e):
		is = inside
	}
	if op == "!=" || op == "is not" || op == "not in" {
		is = is.not()
	}
	return is
}

// mainTest reports whether a comparison is __name__ == "__main__".
func (u *Unit) mainTest(e *ast.Compare) bool {
	name, ok := e.Left.(*ast.NameExpr)
	value, _ := Text(e.Rights[0])
	return ok && name.ID == "__name__" && value == "__main__" && e.Ops[0] == "=="
}

// otherSystem reports whether two expressions compare the operating system with one that Snowflake
// does not use.
func (u *Unit) otherSystem(l, r ast.Expr) bool {
	value, ok := Text(r)
	if !ok || !slices.Contains([]string{"win32", "darwin", "nt", "Windows", "Darwin"}, value) {
		return false
	}
	if call, ok := l.(*ast.Call); ok {
		return u.Is(call.Func, "platform.system")
	}
	return u.Is(l, "sys.platform", "os.name")
}

// otherMachine reports whether a comparison detects a developer's machine: by a variable, a
// command-line argument, which Streamlit in Snowflake does not have, or the host name.
func (u *Unit) otherMachine(e *ast.Compare) bool {
	op, right := e.Ops[0], e.Rights[0]
	if strings.HasSuffix(op, "in") && u.Is(right, "sys.argv") {
		value, ok := Text(e.Left)
		return ok && strings.HasPrefix(value, "-")
	}
	values := []ast.Expr{right}
	if strings.HasSuffix(op, "in") {
		switch list := right.(type) {
		case *ast.Tuple:
			values = list.Elts
		case *ast.List:
			values = list.Elts
		case *ast.Set:
			values = list.Elts
		default:
			return false
		}
	} else if op != "==" && op != "!=" {
		return false
	}
	asked, of := u.valueOf(e.Left)
	return len(values) > 0 && !slices.ContainsFunc(values, func(v ast.Expr) bool {
		value, ok := Text(v)
		return !ok || value == "" || !asked.machineOnly(of, value)
	})
}

// valueOf returns the expression behind a name with a single binding, without methods that change
// case or trim.
func (u *Unit) valueOf(e ast.Expr) (*Unit, ast.Expr) {
	for range maxTrace {
		switch at := e.(type) {
		case *ast.NameExpr, *ast.Attribute:
			in, list := u.BindingsOf(e)
			if len(list) != 1 || list[0].Value == nil {
				return u, e
			}
			u, e = in, list[0].Value
		case *ast.Call:
			method, ok := at.Func.(*ast.Attribute)
			if !ok || len(at.Args) > 0 || !slices.Contains([]string{"lower", "upper", "strip"}, method.Attr.Name) {
				return u, e
			}
			e = method.Value
		default:
			return u, e
		}
	}
	return u, e
}

// machineOnly reports whether an expression has a value only on a developer's machine.
func (u *Unit) machineOnly(e ast.Expr, value string) bool {
	switch e := e.(type) {
	case *ast.Call:
		if u.Is(e.Func, "socket.gethostname", "platform.node") {
			return true
		}
		key, ok := u.variable(e)
		if !ok || key == nil {
			return false
		}
		fallback := Argument(e, "default", 1)
		known, isText := Text(fallback)
		return localValue().MatchString(value) && (fallback == nil || isText && !strings.EqualFold(known, value))
	case *ast.Subscript:
		if u.Is(e.Value, "sys.argv") {
			return strings.HasPrefix(value, "-") || localValue().MatchString(value)
		}
	}
	return false
}

// probesIn reports whether an expression contains a folder, a variable or a module that only a
// warehouse has.
func (u *Unit) probesIn(e ast.Expr) bool {
	found := false
	ast.Walk(e, func(n ast.Node) bool {
		if n != ast.Node(e) {
			found = found || len(u.RuntimeProbes(n)) > 0
		}
		return !found
	})
	return found
}

// whereCall returns where a call is true: of a function of the app that tests for the runtime, of
// one that reads a variable, or of one that looks for a folder.
func (u *Unit) whereCall(call *ast.Call, left int) where {
	if u.Is(call.Func, "builtins.bool") && len(call.Args) == 1 {
		return u.where(call.Args[0], left)
	}
	if key, ok := u.variable(call); ok {
		name, _ := u.Scopes.StringOf(key)
		switch {
		case containerVariable(name):
			return inside
		case Argument(call, "default", 1) != nil:
			return anywhere
		case len(u.probesVariable(call, key)) > 0:
			return inside
		case localVariable().MatchString(name):
			return outside
		}
		return anywhere
	}
	if len(u.RuntimeProbes(call)) > 0 || u.probesIn(call) {
		return inside
	}
	in, list := u.BindingsOf(call.Func)
	for _, b := range list {
		if def, ok := b.Node.(*ast.FunctionDef); ok && len(list) == 1 {
			return in.whereAny(slices.Values(results(def)), left)
		}
	}
	return anywhere
}
