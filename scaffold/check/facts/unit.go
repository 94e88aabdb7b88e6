package facts

import (
	"strings"
	"sync"

	"sleet/scaffold/existing"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// App is an app with what the rules have found out about it.
type App struct {
	*existing.App

	silent map[string]map[int]silence // what comments silence, by file and line

	units   map[string]*Unit
	attrs   map[string][]keptValue
	used    map[*ast.FunctionDef][]Usage
	written map[string]bool
	tables  map[Table][]change
	paths   map[string]bool // what the code writes, nil where nobody has asked
	// Only are the files that EachCode and EachNode look at for a local rule, nil for all of the code.
	Only func(p string) bool
	// asked reports that an answer came from all of the app, not from one file and what it imports; wide are the files at
	// which a local rule had such an answer.
	asked bool
	wide  map[string]bool
	// budget is how many steps are left to follow values for the question at hand.
	budget int
	Mu     sync.Mutex // guards what the rules keep
}

// judgedKey is what an app is kept under.
type judgedKey struct{}

// Judged returns an app as the rules see it, the same one each time.
func Judged(app *existing.App) *App {
	return app.Keep(judgedKey{}, func() any { return NewApp(app) }).(*App)
}

// NewApp returns an app of which no rule has asked anything.
func NewApp(app *existing.App) *App {
	return &App{App: app, units: map[string]*Unit{}, silent: map[string]map[int]silence{}, wide: map[string]bool{}}
}

// Wide are the files at which a local rule had an answer that any other file of the app may change.
func (a *App) Wide() []string { return sortedNames(a.wide) }

// Unit is one Python file of an app with what the rules ask of it.
type Unit struct {
	*existing.Unit

	App     *App
	session *bool         // whether the file uses one, nil where nobody has asked
	outside *outsideSpans // what does not run in Snowflake, nil where nobody has asked
}

// unit returns a Python file of the app, nil for a file that is not one.
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

// CodeFiles returns the files of the app that are app code, in order.
func (a *App) CodeFiles() []*Unit {
	known := a.CodeUnits()
	units := make([]*Unit, 0, len(known))
	for _, u := range known {
		units = append(units, a.unit(u.Path))
	}
	return units
}

// EachCode calls look for every node of a type in the app's code that runs in Snowflake, file by file in the
// order of the source, and gathers what it finds.
func EachCode[N ast.Node](a *App, look func(u *Unit, n N) []Finding) []Finding {
	return EachNode(a, func(u *Unit, n N) []Finding {
		if u.Unreached(n) {
			return nil
		}
		a.budget = maxSteps
		return look(u, n)
	})
}

// EachNode is eachCode for code that does not run in Snowflake as well.
func EachNode[N ast.Node](a *App, look func(u *Unit, n N) []Finding) []Finding {
	var list []Finding
	for _, u := range a.CodeFiles() {
		if a.Only != nil && !a.Only(u.Path) {
			continue
		}
		a.asked = false
		for _, n := range existing.Of[N](u.Unit) {
			a.budget = maxSteps
			list = append(list, look(u, n)...)
		}
		if a.asked && a.Only != nil {
			a.wide[u.Path] = true
		}
	}
	return list
}

// At makes a finding of a place in the file.
func (u *Unit) At(n ast.Ranged, symbol string, what message.Message) Finding {
	return u.App.inCode(u.Path, n.Range(), symbol, what)
}

// Streamlit returns the name of an expression after "streamlit.", where that of the sidebar is that of
// the page: sidebar.image is image.
func (u *Unit) Streamlit(e ast.Expr) string {
	rest, _ := u.Member(e, "streamlit.")
	return strings.TrimPrefix(rest, "sidebar.")
}

// Keyword returns an argument of a call by its name.
func Keyword(call *ast.Call, name string) *ast.Keyword {
	for _, k := range call.Keywords {
		if k.Name != nil && k.Name.Name == name {
			return k
		}
	}
	return nil
}

// Positional returns an argument of a call by its place, nil where a starred one before it hides which
// that is.
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

// Argument returns an argument of a call by its name or its place.
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
