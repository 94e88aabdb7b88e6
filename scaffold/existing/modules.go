package existing

import (
	"path"
	"strings"

	"sleet/scaffold/python/scope"
)

// maxFollow limits the number of the app's modules through which a name is followed.
const maxFollow = 8

// ModuleName is a name of one of the app's own modules.
type ModuleName struct{ Path, Name string }

// FollowImports follows a full dotted name, as a file resolves it, through the app's own modules. It returns the final
// name and the modules' names on the way. If the name does not lead out of the app, the last one is the app's own
// definition.
func (a *App) FollowImports(from, name string) (string, []ModuleName) {
	return a.followImports(from, name)
}

// ResolveName returns what a full dotted name refers to if one of the app's own modules only passes it on: for
// utils.get_active_session, the name that utils.py imports from Snowpark.
func (a *App) ResolveName(from, name string) string {
	name, _ = a.followImports(from, name)
	return name
}

func (a *App) followImports(from, name string) (string, []ModuleName) {
	var passed []ModuleName
	for range maxFollow {
		p, rest := a.ModuleOf(from, name)
		if p == "" || rest == "" {
			break
		}
		first, more, _ := strings.Cut(rest, ".")
		u := a.Unit(p)
		symbol := u.Scopes.Module.Names[first]
		if symbol == nil {
			break
		}
		passed = append(passed, ModuleName{p, first})
		target := u.passesOn(symbol)
		if target == "" {
			break
		}
		if more != "" {
			target += "." + more
		}
		if p == from && target == name {
			break
		}
		from, name = p, target
	}
	return name, passed
}

// passesOn returns the full dotted name that a module binds a name to, "" for its own definitions.
func (u *Unit) passesOn(symbol *scope.Symbol) string {
	for _, b := range symbol.Bindings {
		if b.Target != "" {
			return b.Target
		}
		if b.Value != nil {
			if target := u.Scopes.Resolve(b.Value); target != "" {
				return target
			}
		}
	}
	return ""
}

// ModuleOf returns the app's file for the longest prefix of a full dotted name, and the rest of the name.
func (a *App) ModuleOf(from, name string) (p, rest string) {
	key := moduleKey{path.Dir(from), a.sources[from].mentions&mentionsPath != 0, name}
	a.mu.Lock()
	found, known := a.found[key]
	a.mu.Unlock()
	if known {
		return found.Path, found.Name
	}
	found.Path, found.Name = a.moduleOf(from, name)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.found == nil {
		a.found = map[moduleKey]ModuleName{}
	}
	a.found[key] = found
	return found.Path, found.Name
}

// moduleKey is what the result of ModuleOf depends on: the folder of the file that uses the name, whether that file
// changes sys.path, and the name.
type moduleKey struct {
	dir   string
	paths bool
	name  string
}

// moduleOf is ModuleOf without a cache.
func (a *App) moduleOf(from, name string) (p, rest string) {
	dirs, name := a.searched(from, name)
	parts := strings.Split(name, ".")
	for n := len(parts); n > 0; n-- {
		for _, dir := range dirs {
			module := path.Join(dir, path.Join(parts[:n]...))
			for _, p := range []string{module + ".py", module + "/__init__.py"} {
				if a.has(p) {
					return p, strings.Join(parts[n:], ".")
				}
			}
		}
	}
	return "", ""
}

// Bindings returns the bindings of a name in the app's own modules, with the file that contains them.
func (a *App) Bindings(from, name string) (*Unit, []scope.Binding) {
	p, rest := a.ModuleOf(from, name)
	if p == "" || rest == "" || strings.Contains(rest, ".") {
		return nil, nil
	}
	u := a.Unit(p)
	if symbol := u.Scopes.Module.Names[rest]; symbol != nil {
		return u, symbol.Bindings
	}
	return nil, nil
}
