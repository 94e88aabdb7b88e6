package facts

import (
	"strings"
	"sync"

	"sleet/scaffold/existing"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// App is an app with what the rules have learned about it.
type App struct {
	*existing.App

	silent map[string]map[int]silence // what comments suppress, by file and line

	units   map[string]*Unit
	attrs   map[string][]keptValue
	used    map[*ast.FunctionDef][]Usage
	written map[string]bool
	tables  map[Collection][]change
	paths   map[string]bool // what the code writes, nil until needed
	// Only reports whether EachCode and EachNode look at a file for a local rule; nil means all
	// code.
	Only func(p string) bool
	// asked reports whether an answer depended on the whole app and not just on one file and its
	// imports. wide are the files where that happened to a local rule.
	asked bool
	wide  map[string]bool
	// budget is the number of steps left for following values in the current question.
	budget int
	Mu     sync.Mutex // guards what the rules cache
}

// appKey is the key under which an app caches its App.
type appKey struct{}

// AppOf returns the App for an app, always the same one.
func AppOf(app *existing.App) *App {
	return app.Cached(appKey{}, func() any { return NewApp(app) }).(*App)
}

// NewApp returns an App without any cached facts.
func NewApp(app *existing.App) *App {
	return &App{App: app, units: map[string]*Unit{}, silent: map[string]map[int]silence{}, wide: map[string]bool{}}
}

// CrossFileDependents returns the files where a local rule's result may depend on any other file of the app.
func (a *App) CrossFileDependents() []string { return sortedNames(a.wide) }

// Unit is one Python file of an app.
type Unit struct {
	*existing.Unit

	App     *App
	session *bool         // whether the file uses a session, nil until needed
	outside *outsideSpans // what does not run in Snowflake, nil until needed
}

// unit returns the app's Python file with a path, or nil.
func (a *App) unit(p string) *Unit {
	if u := a.units[p]; u != nil {
		return u
	}
	known := a.Unit(p)
	if known == nil {
		return nil
	}
	u := &Unit{Unit: known, App: a}
	a.units[p] = u
	return u
}

// CodeFiles returns the app's code files in order.
func (a *App) CodeFiles() []*Unit {
	known := a.CodeUnits()
	units := make([]*Unit, 0, len(known))
	for _, u := range known {
		units = append(units, a.unit(u.Path))
	}
	return units
}

// EachCode calls look for every node of a type in app code that runs in Snowflake, in source order
// file by file, and returns all findings.
func EachCode[N ast.Node](a *App, look func(u *Unit, n N) []Finding) []Finding {
	return EachNode(a, func(u *Unit, n N) []Finding {
		if u.Unreached(n) {
			return nil
		}
		a.budget = maxSteps
		return look(u, n)
	})
}

// EachNode is like EachCode but includes code that does not run in Snowflake.
func EachNode[N ast.Node](a *App, look func(u *Unit, n N) []Finding) []Finding {
	var list []Finding
	for _, u := range a.CodeFiles() {
		if a.Only != nil && !a.Only(u.Path) {
			continue
		}
		a.asked = false
		for _, n := range existing.NodesOf[N](u.Unit) {
			a.budget = maxSteps
			list = append(list, look(u, n)...)
		}
		if a.asked && a.Only != nil {
			a.wide[u.Path] = true
		}
	}
	return list
}

// Finding returns a finding at a node.
func (u *Unit) Finding(n ast.Ranged, symbol string, what message.Message) Finding {
	return u.App.inCode(u.Path, n.Range(), symbol, what)
}

// Streamlit returns the name of an expression after "streamlit.". For the sidebar it returns the
// name on the page: sidebar.image is image.
func (u *Unit) Streamlit(e ast.Expr) string {
	rest, _ := u.Member(e, "streamlit.")
	return strings.TrimPrefix(rest, "sidebar.")
}

// Keyword returns the keyword argument of a call with the given name, nil if there is none.
func Keyword(call *ast.Call, name string) *ast.Keyword {
	for _, k := range call.Keywords {
		if k.Name != nil && k.Name.Name == name {
			return k
		}
	}
	return nil
}

// Positional returns a positional argument of a call, nil if there is none or a starred argument
// comes before it.
func Positional(call *ast.Call, index int) ast.Expr {
	for i, arg := range call.Args {
		if _, starred := arg.(*ast.Starred); starred {
			return nil
		}
		if i == index {
			return arg
		}
	}
	return nil
}

// Argument returns an argument of a call by name or position, nil if there is none.
func Argument(call *ast.Call, name string, index int) ast.Expr {
	if k := Keyword(call, name); k != nil {
		return k.Value
	}
	return Positional(call, index)
}

// Text returns the value of a string literal.
func Text(e ast.Expr) (string, bool) {
	c, ok := e.(*ast.Constant)
	if !ok || c.Sort != ast.Str {
		return "", false
	}
	return c.Value, true
}
