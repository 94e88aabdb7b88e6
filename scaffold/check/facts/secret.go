package facts

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/python/ast"
)

// SecretAccess is how code reads the value of a secret.
type SecretAccess string

// The ways to read a secret.
const (
	// BySecrets is st.secrets.
	BySecrets SecretAccess = "st.secrets"
	// ByEnvironment is an environment variable.
	ByEnvironment SecretAccess = "environment"
	// ByModule is the module _snowflake of a warehouse app.
	ByModule SecretAccess = "_snowflake"
	// ByHandler is snowflake.snowpark.secrets, which only handlers have.
	ByHandler SecretAccess = "snowflake.snowpark.secrets"
)

// SecretRead is a place in an app's code that reads a secret.
type SecretRead struct {
	// Key is the name that the code uses for the secret, or the name of an environment variable.
	Key string
	Way SecretAccess
	// Source is the source text of the call or the subscript.
	Source string
	// Types are the types of secrets that the call can read, as SQL names them; empty for any.
	Types []string
	Path  string
	Line  int
	// Optional reports whether the code works without a value.
	Optional bool
}

// secretCalls maps the functions of _snowflake to the types of secrets that they read, as SQL names
// them.
// https://docs.snowflake.com/en/developer-guide/external-network-access/secret-api-reference
var secretCalls = sync.OnceValue(func() map[string][]string {
	calls := map[string][]string{"get_secret_type": nil, "get_wif_token": {"WORKLOAD_IDENTITY_FEDERATION"}}
	for _, f := range scaffold.SecretTypeTable() {
		calls[f.Reader] = []string{f.Type.SQLName()}
	}
	return calls
})

// injectedTypes returns the types of secrets that a container provides in st.secrets and as
// environment variables.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
var injectedTypes = sync.OnceValue(func() []string {
	var types []string
	for _, t := range scaffold.SecretTypes() {
		if Injected(t) {
			types = append(types, t.SQLName())
		}
	}
	return types
})

// Injected reports whether a container provides secrets of a type in st.secrets.
func Injected(t scaffold.SecretType) bool {
	return slices.Contains(scaffold.Facts(scaffold.Container).Access[t], scaffold.AccessSecrets)
}

// SecretReads returns the places in an app's code that read a secret, in source order. dynamic
// reports whether the code also computes a key, so that it may read any key of st.secrets.
func SecretReads(app *existing.App) (reads []SecretRead, dynamic bool) {
	a := AppOf(app)
	a.Mu.Lock()
	defer a.Mu.Unlock()
	for _, u := range a.CodeFiles() {
		scan := secretScan{u: u}
		for _, n := range u.Nodes {
			if u.Unreached(n) || u.ImportsOptionally(n) {
				continue
			}
			a.budget = maxSteps
			scan.node(n)
		}
		reads = append(reads, scan.reads...)
		dynamic = dynamic || scan.dynamic
	}
	return reads, dynamic
}

// secretScan collects the reads in one file.
type secretScan struct {
	u       *Unit
	reads   []SecretRead
	dynamic bool
}

func (s *secretScan) add(n ast.Node, key string, way SecretAccess, types []string, optional bool) {
	place := s.u.File.Position(n.Range().Start)
	s.reads = append(s.reads, SecretRead{
		Key: key, Way: way, Source: s.u.Source(n), Types: types, Path: s.u.Path, Line: place.Line, Optional: optional,
	})
}

func (s *secretScan) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.NameExpr:
		s.Secrets(n)
	case *ast.Attribute:
		if n.Attr.Name == "secrets" {
			s.Secrets(n)
		}
	case *ast.Subscript:
		if s.u.Is(n.Value, "os.environ") {
			if name, known := Text(n.Index); known {
				s.add(n, name, ByEnvironment, injectedTypes(), false)
			}
		}
	case *ast.Call:
		s.call(n)
	}
}

// call records os.getenv and the functions of _snowflake.
func (s *secretScan) call(n *ast.Call) {
	if s.u.Is(n.Func, "os.getenv", "os.environ.get") {
		if name, known := Text(Argument(n, "key", 0)); known {
			s.add(n, name, ByEnvironment, injectedTypes(), Argument(n, "default", 1) != nil)
		}
		return
	}
	for module, way := range map[string]SecretAccess{"_snowflake.": ByModule, "snowflake.snowpark.secrets.": ByHandler} {
		name, ok := s.u.Member(n.Func, module)
		types, known := secretCalls()[name]
		if !ok || !known {
			continue
		}
		key := Positional(n, 0)
		if key == nil && len(n.Keywords) > 0 {
			key = n.Keywords[0].Value
		}
		if value, known := Text(key); known {
			s.add(n, value, way, types, false)
		} else if value, known := s.u.Scopes.StringOf(key); key != nil && known {
			s.add(n, value, way, types, false)
		} else {
			s.dynamic = true
		}
	}
}

// Secrets records how an expression is used if it is st.secrets.
func (s *secretScan) Secrets(n ast.Expr) {
	if !s.u.Is(n, "streamlit.secrets") {
		return
	}
	switch up := s.u.File.Parent(n).(type) {
	case *ast.Subscript:
		if key, known := s.u.Scopes.StringOf(up.Index); known {
			s.add(up, key, BySecrets, s.parts(up), false)
		} else {
			s.dynamic = true
		}
	case *ast.Attribute:
		s.attribute(up)
	case *ast.Compare:
		if key, known := Text(up.Left); known {
			s.add(up, key, BySecrets, injectedTypes(), true)
		} else {
			s.dynamic = true
		}
	case *ast.ImportFrom, *ast.Alias:
	default:
		s.dynamic = true
	}
}

// attribute records st.secrets.key and the methods of st.secrets.
func (s *secretScan) attribute(up *ast.Attribute) {
	name := up.Attr.Name
	switch {
	case name == "get" || name == "has_key":
		call, is := s.u.File.Parent(up).(*ast.Call)
		if !is {
			s.dynamic = true
			return
		}
		if key, known := Text(Argument(call, "key", 0)); known {
			optional := name == "has_key" || Argument(call, "default", 1) != nil || s.u.kept(call)
			s.add(call, key, BySecrets, s.parts(call), optional)
		} else {
			s.dynamic = true
		}
	case slices.Contains([]string{"keys", "values", "items", "to_dict"}, name):
		s.dynamic = true
	case name == "load_if_toml_exists" || strings.HasPrefix(name, "_"):
	default:
		s.add(up, name, BySecrets, s.parts(up), false)
	}
}

// parts returns the possible types of a secret, given how a part of it is used: a user name or a
// password.
func (s *secretScan) parts(value ast.Expr) []string {
	part := ""
	switch up := s.u.File.Parent(value).(type) {
	case *ast.Subscript:
		if up.Value == value {
			part, _ = Text(up.Index)
		}
	case *ast.Attribute:
		part = up.Attr.Name
	}
	for _, f := range scaffold.SecretTypeTable() {
		if Injected(f.Type) && slices.ContainsFunc(f.Parts, func(p scaffold.SecretPart) bool { return p.Name == part }) {
			return []string{f.Type.SQLName()}
		}
	}
	return injectedTypes()
}

// FunctionCall is a call of a SQL function without arguments in an app's code.
type FunctionCall struct {
	// Name is the function's name as written in the code, qualified or not.
	Name string
	Path string
	Line int
}

// functionWithout matches a call of a SQL function without arguments.
var functionWithout = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`((?:(?:[A-Za-z_][\w$]*|"(?:[^"]|"")+")\.){0,2}(?:[A-Za-z_][\w$]*|"(?:[^"]|"")+"))\(\s*\)`)
})

// FunctionCalls returns the functions without arguments that the SQL in an app's code calls,
// including those that hold a secret.
func FunctionCalls(app *existing.App) []FunctionCall {
	a := AppOf(app)
	a.Mu.Lock()
	defer a.Mu.Unlock()
	var list []FunctionCall
	for _, u := range a.CodeFiles() {
		for _, constant := range existing.NodesOf[*ast.Constant](u.Unit) {
			if constant.Sort != ast.Str || u.Unreached(constant) {
				continue
			}
			a.budget = maxSteps
			if !SQLVerb().MatchString(constant.Value) {
				continue
			}
			for _, m := range functionWithout().FindAllStringSubmatchIndex(constant.Value, -1) {
				if InAnyRange(CommentsAndStrings(constant.Value), m[2]) {
					continue
				}
				list = append(list, FunctionCall{
					Name: constant.Value[m[2]:m[3]], Path: u.Path, Line: u.File.Position(constant.Start).Line,
				})
			}
		}
	}
	return list
}
