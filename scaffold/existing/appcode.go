package existing

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold/python"
	"sleet/scaffold/python/ast"
)

// findCode finds out which of an app's Python files are app code: those that Streamlit runs, and those that they
// import, directly or indirectly.
func (a *App) findCode() {
	a.code = map[string]bool{}
	var may []*source
	for p, s := range a.sources {
		if slices.Contains(a.Mains, p) || s.mentions&mentionsStreamlit != 0 || path.Base(path.Dir(p)) == "pages" {
			may = append(may, s)
		}
	}
	each(may, func(s *source, _ *[]byte) {
		if s.mentions&mentionsStreamlit != 0 || slices.Contains(a.Mains, s.path) {
			s.accepted(true)
		}
	})
	var run []string
	for _, s := range may {
		page := a.IsPage(s.path)
		if (page || slices.Contains(a.Mains, s.path) || s.mentions&mentionsStreamlit != 0) && s.accepted(true) && (page || a.IsScript(s.path) || s.uses) {
			run = append(run, s.path)
		}
	}
	a.reach(run)
	a.folder.analyse(a.sources)
	a.interesting = interesting(a.sources)
	for _, p := range sortedKeys(a.interesting) {
		if !a.code[p] && a.has(p) && a.borrowsStreamlit(p) {
			a.reach([]string{p})
		}
	}
}

// reach marks files as app code, along with the files that run because of them.
func (a *App) reach(waiting []string) {
	for len(waiting) > 0 {
		p := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if !a.code[p] {
			a.code[p] = true
			waiting = append(waiting, a.loads(p)...)
		}
	}
}

// IsPage reports whether a file is a page because of its location: in the folder pages next to a main file
// (https://docs.streamlit.io/develop/concepts/multipage-apps/pages-directory).
func (a *App) IsPage(p string) bool {
	return path.Base(path.Dir(p)) == "pages" && path.Base(p) != "__init__.py" &&
		slices.ContainsFunc(a.Mains, func(main string) bool {
			return a.has(main) && path.Dir(main) == path.Dir(path.Dir(p))
		})
}

// IsScript reports whether Streamlit itself runs a file, on every run of the app.
func (a *App) IsScript(p string) bool { return slices.Contains(a.Mains, p) || a.IsPage(p) }

// usesStreamlit reports whether a file imports and uses Streamlit. Running an app in a test with streamlit.testing does
// not count.
func usesStreamlit(file *python.File) bool {
	scopes := file.Scopes()
	var used bool
	ast.WalkBody(file.Body, func(n ast.Node) bool {
		if used {
			return false
		}
		switch e := n.(type) {
		case *ast.NameExpr:
			used = e.Ctx == ast.Load && slices.ContainsFunc(scopes.ResolveAll(e), isStreamlit)
		case *ast.Attribute:
			// streamlit.testing resolves as a whole, not as a use of streamlit.
			if names := scopes.ResolveAll(e); slices.ContainsFunc(names, isTesting) {
				return false
			}
		}
		return true
	})
	return used
}

// borrowsStreamlit reports whether a file uses Streamlit through another module of the app: "from page import st".
func (a *App) borrowsStreamlit(p string) bool {
	if !slices.ContainsFunc(a.sources[p].imports, func(name string) bool { return !isStreamlit(name) && isStreamlit(a.ResolveName(p, name)) }) {
		return false
	}
	u := a.Unit(p)
	return slices.ContainsFunc(u.Nodes, func(n ast.Node) bool {
		name, ok := n.(*ast.NameExpr)
		return ok && name.Ctx == ast.Load && slices.ContainsFunc(u.Names(name), isStreamlit)
	})
}

func isStreamlit(name string) bool {
	return (name == "streamlit" || strings.HasPrefix(name, "streamlit.")) && !isTesting(name)
}

func isTesting(name string) bool {
	return name == "streamlit.testing" || strings.HasPrefix(name, "streamlit.testing.")
}
