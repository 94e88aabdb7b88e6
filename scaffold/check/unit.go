package check

import (
	"strings"
	"sync"

	"sleet/scaffold/existing"
	"sleet/scaffold/python"
	"sleet/ui/message"
)

// App is an app with what the rules have found out about it.
type App struct {
	*existing.App

	silent map[string]map[int]silence // what comments silence, by file and line

	units   map[string]*unit
	attrs   map[string][]keptValue
	used    map[*python.FunctionDef][]usage
	written map[string]bool
	tables  map[table][]change
	paths   map[string]bool // what the code writes, nil where nobody has asked
	// budget is how many steps are left to follow values for the question at hand.
	budget int
	mu     sync.Mutex // guards what the rules keep
}

// judgedKey is what an app is kept under.
type judgedKey struct{}

// judged returns an app as the rules see it, the same one each time.
func judged(app *existing.App) *App {
	return app.Keep(judgedKey{}, func() any { return newApp(app) }).(*App)
}

// newApp returns an app of which no rule has asked anything.
func newApp(app *existing.App) *App {
	return &App{App: app, units: map[string]*unit{}, silent: map[string]map[int]silence{}}
}

// unit is one Python file of an app with what the rules ask of it.
type unit struct {
	*existing.Unit

	app     *App
	session *bool         // whether the file uses one, nil where nobody has asked
	outside []python.Span // what does not run in Snowflake, nil where nobody has asked
}

// unit returns a Python file of the app, nil for a file that is not one.
func (a *App) unit(p string) *unit {
	if u := a.units[p]; u != nil {
		return u
	}
	known := a.Unit(p)
	if known == nil {
		return nil
	}
	u := &unit{Unit: known, app: a}
	a.units[p] = u
	return u
}

// codeFiles returns the files of the app that are app code, in order.
func (a *App) codeFiles() []*unit {
	known := a.CodeUnits()
	units := make([]*unit, 0, len(known))
	for _, u := range known {
		units = append(units, a.unit(u.Path))
	}
	return units
}

// eachCode calls look for every node of a type in the app's code that runs in Snowflake, file by file in the
// order of the source, and gathers what it finds.
func eachCode[N python.Node](a *App, look func(u *unit, n N) []Finding) []Finding {
	return eachNode(a, func(u *unit, n N) []Finding {
		if u.unreached(n) {
			return nil
		}
		a.budget = maxSteps
		return look(u, n)
	})
}

// eachNode is eachCode for code that does not run in Snowflake as well.
func eachNode[N python.Node](a *App, look func(u *unit, n N) []Finding) []Finding {
	var list []Finding
	for _, u := range a.codeFiles() {
		for _, n := range u.Nodes {
			if n, ok := n.(N); ok {
				a.budget = maxSteps
				list = append(list, look(u, n)...)
			}
		}
	}
	return list
}

// at makes a finding of a node.
func (u *unit) at(n python.Node, symbol string, what message.Message) Finding {
	return u.app.inCode(u.Path, n.Range(), symbol, what)
}

// streamlit returns the name of an expression after "streamlit.", where that of the sidebar is that of
// the page: sidebar.image is image.
func (u *unit) streamlit(e python.Expr) string {
	rest, _ := u.Member(e, "streamlit.")
	return strings.TrimPrefix(rest, "sidebar.")
}

// keyword returns an argument of a call by its name.
func keyword(call *python.Call, name string) *python.Keyword {
	for _, k := range call.Keywords {
		if k.Name != nil && k.Name.Name == name {
			return k
		}
	}
	return nil
}

// positional returns an argument of a call by its place, nil where a starred one before it hides which
// that is.
func positional(call *python.Call, index int) python.Expr {
	for i, arg := range call.Args {
		if _, starred := arg.(*python.Starred); starred {
			return nil
		}
		if i == index {
			return arg
		}
	}
	return nil
}

// argument returns an argument of a call by its name or its place.
func argument(call *python.Call, name string, index int) python.Expr {
	if k := keyword(call, name); k != nil {
		return k.Value
	}
	return positional(call, index)
}

// text returns the value of a string literal.
func text(e python.Expr) (string, bool) {
	c, ok := e.(*python.Constant)
	if !ok || c.Sort != python.Str {
		return "", false
	}
	return c.Value, true
}
