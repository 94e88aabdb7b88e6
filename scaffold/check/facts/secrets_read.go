package facts

import (
	"maps"
	"slices"
	"strings"

	"sleet/scaffold/python/ast"
)

// KeyReads describes the secrets that an app's Python reads.
type KeyReads struct {
	// Needed are the places in app code that fail if nothing provides the key.
	Needed []KeyRead
	// keys are all keys that any file reads in any way.
	keys map[string]bool
	// Dynamic reports whether the code computes a key, so that it may read any.
	Dynamic bool
}

// KeyRead is a place that reads a key.
type KeyRead struct {
	Unit *Unit
	Node ast.Node
	Key  string
}

// SecretReads returns all reads of secrets: through st.secrets, environment variables and
// _snowflake. Unless everywhere is set, it only looks at the app's code.
func (a *App) SecretReads(everywhere bool) KeyReads {
	reads := KeyReads{keys: map[string]bool{}}
	paths := a.Code()
	if everywhere {
		paths = slices.Sorted(maps.Keys(a.Python))
	}
	for _, p := range paths {
		u := a.unit(p)
		from := len(reads.Needed)
		probed := map[string]bool{}
		for _, n := range u.Nodes {
			u.readsSecret(n, &reads, probed)
			u.readsEnvironment(n, &reads)
		}
		own := slices.DeleteFunc(slices.Clone(reads.Needed[from:]), func(r KeyRead) bool { return probed[r.Key] || u.fallback(r.Node) || a.IsCode(p) && u.Unreached(r.Node) })
		reads.Needed = reads.Needed[:from]
		if a.IsCode(p) {
			reads.Needed = append(reads.Needed, own...)
		}
	}
	return reads
}

// fallback reports whether a node is in a handler of a try that reads a secret by another way, so
// that it runs only where that way fails, such as on a developer's machine.
func (u *Unit) fallback(n ast.Node) bool {
	for ; n != nil; n = u.File.Parent(n) {
		h, ok := n.(*ast.Handler)
		if !ok {
			continue
		}
		found := false
		if try, ok := u.File.Parent(h).(*ast.Try); ok {
			ast.WalkBody(try.Body, func(n ast.Node) bool {
				if call, ok := n.(*ast.Call); ok {
					name := u.Scopes.Resolve(call.Func)
					found = found || strings.HasPrefix(name, "_snowflake.get_") || strings.HasPrefix(name, "snowflake_secrets.get_")
				}
				return !found
			})
		}
		if found {
			return true
		}
	}
	return false
}

// readsSecret records how a node is used if it is st.secrets.
func (u *Unit) readsSecret(n ast.Node, reads *KeyReads, probed map[string]bool) {
	var e ast.Expr
	switch n := n.(type) {
	case *ast.NameExpr:
		e = n
	case *ast.Attribute:
		if n.Attr.Name != "secrets" {
			return
		}
		e = n
	default:
		return
	}
	if !u.Is(e, "streamlit.secrets") {
		return
	}
	read := func(at ast.Node, key string) {
		reads.keys[key] = true
		reads.Needed = append(reads.Needed, KeyRead{u, at, key})
	}
	switch up := u.File.Parent(n).(type) {
	case *ast.Attribute:
		u.readsAttribute(up, reads, read)
	case *ast.Subscript:
		if key, known := Text(up.Index); known {
			read(up, key)
		} else {
			reads.Dynamic = true
		}
	case *ast.Compare:
		if key, known := Text(up.Left); known {
			reads.keys[key], probed[key] = true, true
		} else {
			reads.Dynamic = true
		}
	case *ast.ImportFrom, *ast.Alias:
	default:
		reads.Dynamic = true
	}
}

// readsAttribute records a key or a method after st.secrets and a dot.
func (u *Unit) readsAttribute(up *ast.Attribute, reads *KeyReads, read func(ast.Node, string)) {
	switch name := up.Attr.Name; {
	case name == "get" || name == "has_key":
		call, is := u.File.Parent(up).(*ast.Call)
		if !is {
			reads.Dynamic = true
			return
		}
		key, known := Text(Argument(call, "key", 0))
		switch {
		case !known:
			reads.Dynamic = true
		case name == "get" && Argument(call, "default", 1) == nil && !u.kept(call):
			read(call, key)
		default:
			reads.keys[key] = true
		}
	case slices.Contains([]string{"keys", "values", "items", "to_dict"}, name):
		reads.Dynamic = true
	case name == "load_if_toml_exists" || strings.HasPrefix(name, "_"):
	default:
		read(up, name)
	}
}

// kept reports whether the result of a call is assigned or tested, so that None is acceptable.
func (u *Unit) kept(call *ast.Call) bool {
	switch up := u.File.Parent(call).(type) {
	case *ast.Assign, *ast.AnnAssign, *ast.NamedExpr, *ast.BoolOp, *ast.Compare:
		return true
	case *ast.If:
		return up.Test == ast.Expr(call)
	case *ast.IfExp:
		return up.Test == ast.Expr(call)
	}
	return false
}

// readsEnvironment records the environment variables and the secrets of a handler that a node
// reads.
func (u *Unit) readsEnvironment(n ast.Node, reads *KeyReads) {
	var key ast.Expr
	switch n := n.(type) {
	case *ast.Subscript:
		if !u.Is(n.Value, "os.environ") {
			return
		}
		key = n.Index
	case *ast.Call:
		switch {
		case u.Is(n.Func, "os.getenv", "os.environ.get", "os.environ.pop"):
			key = Argument(n, "key", 0)
		case u.readsModule(n.Func):
			key = Positional(n, 0)
			if len(n.Keywords) > 0 && key == nil {
				key = n.Keywords[0].Value
			}
		default:
			return
		}
	default:
		return
	}
	if name, known := Text(key); known {
		reads.keys[name] = true
	} else {
		reads.Dynamic = true
	}
}

// readsModule reports whether a function reads a secret in a warehouse or a handler.
// https://docs.snowflake.com/en/developer-guide/external-network-access/secret-api-reference
func (u *Unit) readsModule(function ast.Expr) bool {
	for _, module := range []string{"_snowflake.", "snowflake.snowpark.secrets."} {
		if name, ok := u.Member(function, module); ok && strings.HasPrefix(name, "get_") {
			return true
		}
	}
	return false
}

// Reads reports whether any code reads a secret under its key, or a part of it by the name of its
// environment variable. uv reads those of package indexes.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func (s KeyReads) Reads(key string) bool {
	return s.keys[key] || s.keys[key+"_USERNAME"] || s.keys[key+"_PASSWORD"] || strings.HasPrefix(key, "UV_INDEX_")
}
