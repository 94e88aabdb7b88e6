package existing

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold/python/ast"
)

// loads returns the app's files that run because a file does: those that it imports, including enclosing packages, and
// the pages that it passes to Streamlit.
func (a *App) loads(p string) []string {
	var files []string
	s := a.sources[p]
	for _, name := range s.imports {
		files = append(files, a.modulesOf(p, name)...)
	}
	if s.mentions&mentionsLoading == 0 {
		return files
	}
	u := a.Unit(p)
	for _, call := range NodesOf[*ast.Call](u) {
		files = append(files, u.loadedBy(call)...)
	}
	return files
}

// loadedBy returns the files that a call imports or uses as a page, if the name is a literal.
func (u *Unit) loadedBy(call *ast.Call) []string {
	if len(call.Args) == 0 {
		return nil
	}
	name, ok := u.Scopes.StringOf(call.Args[0])
	if !ok {
		return nil
	}
	switch u.Scopes.Resolve(call.Func) {
	case "importlib.import_module", "builtins.__import__":
		return u.App.modulesOf(u.Path, name)
	case "streamlit.Page":
		return u.App.pageAt(name)
	default:
		return nil
	}
}

// pageAt returns the file of st.Page("views/one.py"). The path is relative to the main file's folder.
func (a *App) pageAt(name string) []string {
	dirs := a.mainDirs()
	if len(dirs) == 0 {
		dirs = []string{a.Root}
	}
	for _, dir := range dirs {
		if p := path.Join(dir, path.Clean(strings.ReplaceAll(name, `\`, "/"))); a.has(p) {
			return []string{p}
		}
	}
	return nil
}

// modulesOf returns the app's files that run when a full dotted name is imported: the packages, outermost first, and
// the module. The rest of the name may be a name in the last one.
func (a *App) modulesOf(from, name string) []string {
	dirs, name := a.searched(from, name)
	parts := strings.Split(name, ".")
	var portions []string // of packages without __init__.py, which may be in several folders
	for _, dir := range dirs {
		files, whole := a.modulesIn(dir, parts)
		if whole {
			return files
		}
		portions = append(portions, files...)
	}
	return portions
}

// modulesIn is modulesOf below one folder. whole reports whether Python stops searching, because it found a module or a
// package with __init__.py.
func (a *App) modulesIn(dir string, parts []string) (files []string, whole bool) {
	if parts[0] == "" { // from . import: the package itself
		return a.present(path.Join(dir, "__init__.py")), true
	}
	for i, part := range parts {
		dir = path.Join(dir, part)
		if found := a.present(dir + "/__init__.py"); len(found) > 0 {
			files = append(files, found...)
			whole = whole || i == 0
		} else if found := a.present(dir + ".py"); len(found) > 0 {
			return append(files, found...), whole || i == 0
		}
	}
	return files, whole
}

func (a *App) present(p string) []string {
	if !a.has(p) {
		return nil
	}
	return []string{p}
}

// searched returns the folders to search for a full dotted name, and the name without the dots of a relative one.
// Streamlit adds the main file's folder to the path. A file that changes the path itself may find modules next to it
// and in any folder above. Apps that share a source have their common modules above the root.
func (a *App) searched(from, name string) (dirs []string, rest string) {
	rest = strings.TrimLeft(name, ".")
	if dots := len(name) - len(rest); dots > 0 {
		dir := path.Dir(from)
		for range dots - 1 {
			dir = path.Dir(dir)
		}
		return []string{dir}, rest
	}
	dirs = a.mainDirs()
	if len(dirs) == 0 || a.sources[from].mentions&mentionsPath != 0 {
		for dir := path.Dir(from); ; dir = path.Dir(dir) {
			dirs = append(dirs, dir)
			if dir == "." || dir == a.Root {
				break
			}
		}
	}
	if first, _, _ := strings.Cut(rest, "."); first == "streamlit" || first == "snowflake" {
		return append(dirs, a.Root), rest // the package: a file with that name elsewhere is not on Python's path
	}
	return append(dirs, a.roots()...), rest
}

// roots returns the app's root and the folders above it, where several apps keep shared modules.
func (a *App) roots() []string {
	for dirs, dir := []string(nil), a.Root; ; dir = path.Dir(dir) {
		dirs = append(dirs, dir)
		if dir == "." {
			return dirs
		}
	}
}

// mainDirs returns the folders of the main files that exist.
func (a *App) mainDirs() []string {
	var dirs []string
	for _, main := range a.Mains {
		if dir := path.Dir(main); a.has(main) && !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}
