package check

import (
	"path"
	"strings"

	"sleet/scaffold/python"
)

// maxFollow bounds how many modules of the app a name is followed through.
const maxFollow = 8

// follow finds what a full dotted name stands for when it is a name of one of the app's own modules
// that only passes it on: utils.get_active_session after "from utils import get_active_session",
// where utils.py imports it from Snowpark.
func (a *App) follow(from, name string, depth int) string {
	p, rest := a.moduleOf(from, name)
	if p == "" || rest == "" || depth >= maxFollow {
		return name
	}
	first, more, _ := strings.Cut(rest, ".")
	u := a.unit(p)
	symbol := u.scopes.Module.Names[first]
	if symbol == nil {
		return name
	}
	for _, b := range symbol.Bindings {
		target := b.Target
		if target == "" && b.Value != nil {
			target = u.scopes.Resolve(b.Value)
		}
		if target == "" {
			continue
		}
		if more != "" {
			target += "." + more
		}
		if p == from && target == name {
			return name
		}
		return a.follow(p, target, depth+1)
	}
	return name
}

// moduleOf gives the app's file that a full dotted name starts with, the longest such, and what
// follows in the name.
func (a *App) moduleOf(from, name string) (p, rest string) {
	dirs, name := a.searched(from, name)
	parts := strings.Split(name, ".")
	for n := len(parts); n > 0; n-- {
		for _, dir := range dirs {
			module := path.Join(dir, path.Join(parts[:n]...))
			for _, p := range []string{module + ".py", module + "/__init__.py"} {
				if a.Python[p] != nil {
					return p, strings.Join(parts[n:], ".")
				}
			}
		}
	}
	return "", ""
}

// bindings gives what binds a name of the app's own modules, with the file that does.
func (a *App) bindings(from, name string) (*unit, []python.Binding) {
	p, rest := a.moduleOf(from, name)
	if p == "" || rest == "" || strings.Contains(rest, ".") {
		return nil, nil
	}
	u := a.unit(p)
	if symbol := u.scopes.Module.Names[rest]; symbol != nil {
		return u, symbol.Bindings
	}
	return nil, nil
}
