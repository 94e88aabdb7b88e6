package existing

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"sleet/scaffold/python"
)

// appCode tells which of an app's Python files are app code: those that Streamlit runs, and those
// that one of these imports, directly or not.
func appCode(a *App) map[string]bool {
	code := map[string]bool{}
	waiting := a.runBy()
	for len(waiting) > 0 {
		p := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if !code[p] {
			code[p] = true
			waiting = append(waiting, a.loads(p)...)
		}
	}
	return code
}

// runBy gives the files that Streamlit itself runs, or that are written for it: the main files, their
// pages, and every file that imports Streamlit and uses it.
func (a *App) runBy() []string {
	var run []string
	for p, file := range a.Python {
		switch {
		case slices.Contains(a.Mains, p), a.IsPage(p), usesStreamlit(file), a.borrowsStreamlit(p):
			run = append(run, p)
		}
	}
	slices.Sort(run)
	return run
}

// IsPage reports whether a file is a page by its place: in the folder pages beside a main file
// (https://docs.streamlit.io/develop/concepts/multipage-apps/pages-directory).
func (a *App) IsPage(p string) bool {
	return path.Base(path.Dir(p)) == "pages" && path.Base(p) != "__init__.py" &&
		slices.ContainsFunc(a.Mains, func(main string) bool {
			return a.Python[main] != nil && path.Dir(main) == path.Dir(path.Dir(p))
		})
}

// Runs reports whether Streamlit runs a file by itself, anew for each run.
func (a *App) Runs(p string) bool { return slices.Contains(a.Mains, p) || a.IsPage(p) }

// usesStreamlit says whether a file imports Streamlit and uses it. To drive an app from a test, as
// streamlit.testing does, is no use.
func usesStreamlit(file *python.File) bool {
	if !bytes.Contains(file.Text, []byte("streamlit")) {
		return false
	}
	scopes := file.Scopes()
	var used bool
	python.WalkBody(file.Body, func(n python.Node) bool {
		if used {
			return false
		}
		switch e := n.(type) {
		case *python.NameExpr:
			used = e.Ctx == python.Load && slices.ContainsFunc(scopes.ResolveAll(e), isStreamlit)
		case *python.Attribute:
			// streamlit.testing is seen whole, not as a use of streamlit.
			if names := scopes.ResolveAll(e); slices.ContainsFunc(names, isTesting) {
				return false
			}
		}
		return true
	})
	return used
}

// borrowsStreamlit says whether a file uses Streamlit that it has from another module of the app:
// "from page import st".
func (a *App) borrowsStreamlit(p string) bool {
	u := a.Unit(p)
	borrows := slices.ContainsFunc(u.Nodes, func(n python.Node) bool {
		return slices.ContainsFunc(ImportedNames(n), func(name string) bool {
			return !isStreamlit(name) && isStreamlit(a.Follow(p, name))
		})
	})
	return borrows && slices.ContainsFunc(u.Nodes, func(n python.Node) bool {
		name, ok := n.(*python.NameExpr)
		return ok && name.Ctx == python.Load && slices.ContainsFunc(u.Names(name), isStreamlit)
	})
}

func isStreamlit(name string) bool {
	return (name == "streamlit" || strings.HasPrefix(name, "streamlit.")) && !isTesting(name)
}

func isTesting(name string) bool {
	return name == "streamlit.testing" || strings.HasPrefix(name, "streamlit.testing.")
}
