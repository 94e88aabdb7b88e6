package facts

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/python"
	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// importDirectory is the option that names the folder of IMPORTS in a warehouse.
// https://docs.snowflake.com/en/developer-guide/udf/python/udf-python-creating
const importDirectory = "snowflake_import_directory"

var (
	// warehousePath matches the folders in which a warehouse stores and runs an app. A container
	// uses another one.
	// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
	warehousePath = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?:^|/)appRoot(?:/|$)|^/home/udf(?:/|$)|(?:^|/)python_udf(?:/|$)`)
	})
	// probedVariable matches the names of variables that apps use to detect Snowflake.
	probedVariable = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)snowflake|snowpark|snowsight|^_SF_|(?:^|_)SIS(?:_|$)`)
	})
	// knownVariable matches the variables that a container sets, and those that configure a client
	// on a developer's machine.
	// https://docs.snowflake.com/en/developer-guide/snowpark-container-services/additional-considerations-services-jobs
	// https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
	knownVariable = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^SNOW(?:FLAKE|SQL|PARK)_(?:HOST|PORT|PROTOCOL|ACCOUNT|REGION|DATABASE|DB|SCHEMA|SERVICE_NAME|CONTAINER_NAME|` +
			`USER|USERNAME|USER_NAME|LOGIN|EMAIL|PASSWORD|PASS|PWD|PAT|ROLE|WAREHOUSE|WH|AUTHENTICATOR|TOKEN.*|OAUTH.*|.*KEY.*|.*PASSPHRASE|` +
			`URL|BASE_URL|.*CONNECTION.*|HOME|.*STAGE|.*TABLE)$`)
	})
)

// isWarehousePath reports whether a text is such a folder, or a file in one.
func isWarehousePath(text string) bool {
	return (strings.Contains(text, "appRoot") || strings.Contains(text, "udf")) && warehousePath().MatchString(text) &&
		!strings.ContainsAny(text, " \n")
}

// RuntimeProbes returns a finding for a folder, a variable, an option or a module that only a
// warehouse has.
func (u *Unit) RuntimeProbes(n ast.Node) []Finding {
	switch n := n.(type) {
	case *ast.Constant:
		if _, alone := u.File.Parent(n).(*ast.ExprStmt); n.Sort == ast.Str && !alone && isWarehousePath(n.Value) {
			return []Finding{u.Finding(n, n.Value, message.New("finding.SL107.what.path", "path", n.Value))}
		}
	case *ast.JoinedStr:
		return u.probesJoined(n, n.Values...)
	case *ast.BinOp:
		return u.probesJoined(n, n.Left, n.Right)
	case *ast.Compare:
		return u.probesCompare(n)
	case *ast.Call:
		return u.probesCall(n)
	case *ast.Subscript:
		if u.expected(n) {
			return u.probesVariable(n, n.Index)
		}
		return u.probesOption(n, n.Value, n.Index)
	case *ast.Attribute:
		if n.Attr.Name == "_xoptions" && u.tested(n) && u.Is(n, "sys._xoptions") {
			return []Finding{u.probesImports(n)}
		}
	}
	return nil
}

// probesJoined returns a finding for a warehouse folder that is joined from several parts.
func (u *Unit) probesJoined(n ast.Expr, pieces ...ast.Expr) []Finding {
	of := func(e ast.Expr) string {
		text, _ := u.Scopes.StringOf(e)
		return text
	}
	folder := of(n)
	if _, isCall := n.(*ast.Call); isCall {
		names := make([]string, 0, len(pieces))
		for _, piece := range pieces {
			names = append(names, of(piece))
		}
		if slices.Contains(names, "") {
			return nil
		}
		folder = path.Join(names...)
	}
	if !isWarehousePath(folder) || slices.ContainsFunc(pieces, func(e ast.Expr) bool { return isWarehousePath(of(e)) }) {
		return nil
	}
	return []Finding{u.Finding(n, folder, message.New("finding.SL107.what.path", "path", folder))}
}

// expected reports whether os.environ[…] tests for a variable: it is in a try that stores the
// result.
func (u *Unit) expected(n *ast.Subscript) bool {
	if _, ok := u.variable(n); !ok {
		return false
	}
	tries := u.File.EnclosingTries(n)
	if len(tries) == 0 || tries[0].Part != python.TryBody || u.ResultOf(tries[0].Try) < BoolResult {
		return false
	}
	return slices.ContainsFunc(tries[0].Try.Handlers, func(h *ast.Handler) bool {
		return h.Type == nil || slices.ContainsFunc(u.Scopes.CaughtExceptions(h), func(name string) bool {
			return slices.Contains([]string{"builtins.KeyError", "builtins.LookupError", "builtins.Exception", "builtins.BaseException"}, name)
		})
	})
}

// probesImports returns the finding for a test for the folder of IMPORTS.
func (u *Unit) probesImports(n ast.Node) Finding {
	f := u.Finding(n, importDirectory, message.New("finding.SL107.what.imports"))
	f.Fix = message.New("finding.SL107.fix.imports")
	return f
}

// probesOption returns a finding for a test in sys for the folder of IMPORTS or the module of a
// warehouse.
func (u *Unit) probesOption(n ast.Node, of, key ast.Expr) []Finding {
	name, _ := u.Scopes.StringOf(key)
	switch {
	case name == importDirectory && u.Is(of, "sys._xoptions"):
		return []Finding{u.probesImports(n)}
	case name == SnowflakeModule && u.Is(of, "sys.modules"):
		return []Finding{u.Finding(n, name, message.New("finding.SL107.what.module"))}
	}
	return nil
}

// probesCompare returns a finding for "x" in sys._xoptions, in sys.modules or in os.environ, and
// for the user of a warehouse.
func (u *Unit) probesCompare(n *ast.Compare) []Finding {
	if len(n.Rights) != 1 {
		return nil
	}
	if strings.HasSuffix(n.Ops[0], "in") {
		of := n.Rights[0]
		if call, ok := of.(*ast.Call); ok && len(call.Args) == 0 { // os.environ.keys()
			if method, ok := call.Func.(*ast.Attribute); ok && method.Attr.Name == "keys" {
				of = method.Value
			}
		}
		if u.Is(of, "os.environ") {
			return u.probesVariable(n, n.Left)
		}
		return u.probesOption(n, of, n.Left)
	}
	for _, sides := range [][2]ast.Expr{{n.Left, n.Rights[0]}, {n.Rights[0], n.Left}} {
		if value, ok := Text(sides[0]); ok && value == "udf" && u.asksUser(sides[1]) {
			return []Finding{u.Finding(n, value, message.New("finding.SL107.what.user"))}
		}
	}
	return nil
}

// asksUser reports whether an expression is the name of the user that runs the app, or the name of
// their home.
func (u *Unit) asksUser(e ast.Expr) bool {
	if attribute, ok := e.(*ast.Attribute); ok {
		call, _ := attribute.Value.(*ast.Call)
		return call != nil && (attribute.Attr.Name == "name" && u.Is(call.Func, "pathlib.Path.home") ||
			attribute.Attr.Name == "pw_name" && u.Is(call.Func, "pwd.getpwuid"))
	}
	if call, ok := e.(*ast.Call); ok && u.Is(call.Func, "getpass.getuser", "os.getlogin") {
		return true
	}
	key, ok := u.variable(e)
	name, _ := u.Scopes.StringOf(key)
	return ok && slices.Contains([]string{"USER", "USERNAME", "LOGNAME"}, name)
}

// asksHome reports whether an expression is the home folder of the user that runs the app, as text.
func (u *Unit) asksHome(e ast.Expr) bool {
	if call, ok := e.(*ast.Call); ok && u.Is(call.Func, "os.path.expanduser") {
		value, _ := u.Scopes.StringOf(Positional(call, 0))
		return value == "~"
	}
	key, ok := u.variable(e)
	name, _ := u.Scopes.StringOf(key)
	return ok && name == "HOME"
}

// probesCall returns a finding for a test by a call: for an option, a module or a variable.
func (u *Unit) probesCall(call *ast.Call) []Finding {
	if u.Is(call.Func, "importlib.util.find_spec", "importlib.find_loader", "pkgutil.find_loader", "importlib.import_module", "builtins.__import__") {
		if name, _ := u.Scopes.StringOf(Positional(call, 0)); name == SnowflakeModule {
			return []Finding{u.Finding(call, name, message.New("finding.SL107.what.module"))}
		}
		return nil
	}
	if u.Is(call.Func, "os.path.join", "pathlib.Path", "pathlib.PurePosixPath") && len(call.Args) > 1 {
		return u.probesJoined(call, call.Args...)
	}
	if method, ok := call.Func.(*ast.Attribute); ok {
		switch value, _ := u.Scopes.StringOf(Positional(call, 0)); method.Attr.Name {
		case "get":
			if list := u.probesOption(call, method.Value, Positional(call, 0)); list != nil {
				return list
			}
		case "startswith", "endswith":
			if strings.Trim(value, "/") == "udf" && (u.asksUser(method.Value) || u.asksHome(method.Value)) {
				return []Finding{u.Finding(call, value, message.New("finding.SL107.what.user"))}
			}
		}
	}
	if key, ok := u.variable(call); ok && u.tested(call) {
		return u.probesVariable(call, key)
	}
	return nil
}

// variable returns the name of the environment variable that an expression reads.
func (u *Unit) variable(e ast.Expr) (key ast.Expr, ok bool) {
	switch e := e.(type) {
	case *ast.Call:
		if u.Is(e.Func, "os.getenv", "os.environ.get") {
			key = Argument(e, "key", 0)
		}
	case *ast.Subscript:
		if u.Is(e.Value, "os.environ") {
			key = e.Index
		}
	}
	return key, key != nil
}

// probesVariable returns a finding for a variable that no container sets and whose name shows what
// it tests for.
func (u *Unit) probesVariable(n ast.Node, key ast.Expr) []Finding {
	name, _ := u.Scopes.StringOf(key)
	if !probedVariable().MatchString(name) || knownVariable().MatchString(name) {
		return nil
	}
	return []Finding{u.Finding(n, name, message.New("finding.SL107.what.variable", "variable", name))}
}

// tested reports whether an expression is used as a condition: directly, in not, and, or or
// bool(…), or compared with None, "", "1", "true" and the like.
func (u *Unit) tested(e ast.Expr) bool {
	switch up := u.File.Parent(e).(type) {
	case *ast.If:
		return up.Test == e
	case *ast.While:
		return up.Test == e
	case *ast.IfExp:
		return up.Test == e
	case *ast.UnaryOp:
		return up.Op == "not"
	case *ast.Call:
		return u.Is(up.Func, "builtins.bool")
	case *ast.Attribute: // os.getenv("X", "").lower() == "true"
		call, ok := u.File.Parent(up).(*ast.Call)
		return ok && slices.Contains([]string{"lower", "upper", "strip"}, up.Attr.Name) && u.tested(call)
	case *ast.BoolOp:
		// In "a or b", the last operand is the value if the others are empty.
		return up.Op == "and" || u.tested(up)
	case *ast.Compare:
		if len(up.Rights) != 1 {
			return false
		}
		other := up.Rights[0]
		if other == e {
			other = up.Left
		}
		return truth(other)
	}
	return false
}

// truth reports whether a value means yes or no.
func truth(e ast.Expr) bool {
	c, ok := e.(*ast.Constant)
	if !ok {
		return false
	}
	return c.Sort == ast.None || c.Sort == ast.True || c.Sort == ast.False ||
		c.Sort == ast.Str && slices.Contains([]string{"", "0", "1", "true", "false", "yes", "no"}, strings.ToLower(c.Value))
}
