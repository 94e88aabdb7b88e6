package facts

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/existing"
	"sleet/scaffold/python"
	"sleet/scaffold/python/ast"
)

// writingName matches the names of functions that create a file: to_csv, savefig, dump,
// urlretrieve.
var writingName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:to_[a-z]+|save\w*|write\w*|dump|copy\w*|move|rename|replace|get|touch|urlretrieve|download\w*|makedirs|mkdir|mkstemp|extract\w*|export\w*|connect|ZipFile|ExcelWriter|FileHandler|RotatingFileHandler)$`)
})

// WritesPath reports whether the app itself creates the file at a path, or a parent folder of it.
func (a *App) WritesPath(p string) bool {
	if a.paths == nil {
		a.paths = map[string]bool{}
		for _, u := range a.CodeFiles() {
			for _, call := range existing.NodesOf[*ast.Call](u.Unit) {
				for _, written := range u.writtenBy(call) {
					a.paths[path.Clean(written)] = true
				}
			}
		}
	}
	for p = path.Clean(p); p != "." && p != "/"; p = path.Dir(p) {
		if a.paths[p] {
			return true
		}
	}
	return false
}

// writtenBy returns the paths of files and folders that a call creates.
func (u *Unit) writtenBy(call *ast.Call) []string {
	var exprs []ast.Expr
	method, isMethod := call.Func.(*ast.Attribute)
	name := ""
	switch f := call.Func.(type) {
	case *ast.NameExpr:
		name = f.ID
	case *ast.Attribute:
		name = f.Attr.Name
	}
	switch mode, _ := Text(Argument(call, "mode", 1)); {
	case name == "open" && strings.ContainsAny(mode, "wax"):
		exprs = append(exprs, Argument(call, "file", 0))
	case writingName().MatchString(name):
		exprs = append(exprs, call.Args...)
		for _, k := range call.Keywords {
			exprs = append(exprs, k.Value)
		}
	default:
		return nil
	}
	if isMethod { // Path("x").write_text(…), Path("x").open("w")
		if made, ok := method.Value.(*ast.Call); ok && u.Is(made.Func, "pathlib.Path") {
			exprs = append(exprs, made.Args...)
		}
	}
	var list []string
	for _, e := range exprs {
		if s, ok := u.Scopes.StringOf(e); ok && s != "" && len(s) < 300 {
			list = append(list, s)
		}
	}
	return list
}

// HandlesMissingFile reports whether the code handles a missing file: it tests for it first, or catches
// the error and continues.
func (u *Unit) HandlesMissingFile(call *ast.Call) bool {
	if u.Guarded(call, "exists(", "is_file(", "isfile(") {
		return true
	}
	return slices.ContainsFunc(u.File.EnclosingTries(call), func(place python.TryPlace) bool {
		return place.Part == python.TryBody && slices.ContainsFunc(place.Try.Handlers, func(h *ast.Handler) bool {
			return !u.ReportsError(h) && slices.ContainsFunc(u.Scopes.CaughtExceptions(h), func(name string) bool {
				return slices.Contains([]string{"builtins.FileNotFoundError", "builtins.OSError", "builtins.IOError", "builtins.EnvironmentError", "builtins.Exception", "builtins.BaseException"}, name)
			})
		})
	})
}
