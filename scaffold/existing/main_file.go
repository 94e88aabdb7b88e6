package existing

import (
	"maps"
	"path"
	"slices"

	"sleet/scaffold/python"
	"sleet/scaffold/python/ast"
)

// findMain chooses the main file of an app if no file names one: the only script in its root that uses Streamlit, does
// something when it runs, and that no other file of the app imports or uses as a page. If several files qualify, they
// become the candidates.
func (a *App) findMain() {
	if a.named || a.Main != "" && a.HasFile(a.Main) {
		return
	}
	loaded := map[string]bool{}
	a.folder.analyse(a.sources)
	for p, s := range a.sources {
		// A file that is not parsed imports no script that uses Streamlit, but may load one with a call.
		if !s.isParsed() && s.mentions&mentionsLoading == 0 || !s.accepted(true) {
			continue
		}
		for _, other := range a.loads(p) {
			loaded[other] = loaded[other] || other != p
		}
	}
	var scripts []string
	found := interesting(a.sources)
	for p, s := range a.sources {
		if path.Dir(p) == a.Root && s.error() == nil && !loaded[p] && a.Uploads(p) && (s.uses || found[p] && a.borrowsStreamlit(p)) && s.acts {
			scripts = append(scripts, p)
		}
	}
	slices.Sort(scripts)
	if len(scripts) != 1 || a.Answers != nil {
		a.Candidates = scripts
		return
	}
	a.Main, a.Mains = scripts[0], scripts
}

// WithMain returns the app with another main file, which the caller names.
func (a *App) WithMain(main string) *App {
	return a.Cached(withMain(main), func() any { return a.withMain(main) }).(*App)
}

// withMain is the key under which an app with another main file is cached.
type withMain string

func (a *App) withMain(main string) *App {
	other := &App{
		Root: a.Root, Main: main, Runtime: a.Runtime, Answers: a.Answers, Paths: a.Paths, Files: maps.Clone(a.Files), Python: maps.Clone(a.Python),
		Mains: []string{main}, named: true, mapped: a.mapped, Projects: a.Projects, sources: a.sources, folder: a.folder,
	}
	other.findCode()
	other.settled()
	return other
}

// acts reports whether a file does something when Streamlit runs it. A file with only definitions and imports shows an
// empty page.
func acts(file *python.File) bool { return slices.ContainsFunc(file.Body, statementActs) }

func statementActs(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.Import, *ast.ImportFrom, *ast.FunctionDef, *ast.ClassDef, *ast.Assign, *ast.AnnAssign, *ast.Pass:
		return false
	case *ast.ExprStmt:
		_, constant := s.Value.(*ast.Constant)
		return !constant
	case *ast.If: // if TYPE_CHECKING: import …
		return !typeChecking(s.Test) && slices.ContainsFunc(s.Body, statementActs) || slices.ContainsFunc(s.Else, statementActs)
	case *ast.Try: // try: import … except ImportError: …
		handled := slices.ContainsFunc(s.Handlers, func(h *ast.Handler) bool { return slices.ContainsFunc(h.Body, statementActs) })
		return handled || slices.ContainsFunc(slices.Concat(s.Body, s.Else, s.Finally), statementActs)
	default:
		return true
	}
}

func typeChecking(test ast.Expr) bool {
	switch test := test.(type) {
	case *ast.NameExpr:
		return test.ID == "TYPE_CHECKING"
	case *ast.Attribute:
		return test.Attr.Name == "TYPE_CHECKING"
	}
	return false
}
