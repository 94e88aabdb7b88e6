package facts

import (
	"slices"
	"strings"

	"sleet/scaffold/existing"
	"sleet/scaffold/pep508"
	"sleet/scaffold/python/ast"
)

// addedIn returns the version of Streamlit that introduced a name that apps test with hasattr, ""
// for other names.
// https://docs.streamlit.io/develop/quick-reference/release-notes
func addedIn(name string) string {
	const first = "1.23"
	return map[string]string{
		"audio_input": "1.40", "cache_data": "1.18", "cache_resource": "1.18", "chat_input": "1.24", "chat_message": "1.24",
		"column_config": first, "connection": "1.28", "context": "1.37", "data_editor": first, "dialog": "1.37", "fragment": "1.37",
		"html": "1.33", "link_button": "1.27", "logo": "1.35", "navigation": "1.36", "page_link": "1.31", "Page": "1.36", "pills": "1.40",
		"popover": "1.32", "query_params": "1.30", "rerun": "1.27", "segmented_control": "1.40", "status": "1.26", "switch_page": "1.30",
		"toast": "1.26", "user": "1.45", "write_stream": "1.31",
	}[name]
}

// featureTest is the result of a test for a Streamlit feature in a version.
type featureTest uint8

// The results.
const (
	featureUnknown featureTest = iota
	featureThere
	featureMissing
)

func (f featureTest) not() featureTest {
	switch f {
	case featureThere:
		return featureMissing
	case featureMissing:
		return featureThere
	default:
		return featureUnknown
	}
}

// HasFeature returns the result of a test such as hasattr(st, "rerun") or its negation in a version
// of Streamlit. known is false for any other expression.
func HasFeature(app *existing.App, p string, e ast.Expr, version string) (has, known bool) {
	a := AppOf(app)
	a.Mu.Lock()
	defer a.Mu.Unlock()
	u := a.unit(p)
	if u == nil {
		return false, false
	}
	is := u.feature(e, version)
	return is == featureThere, is != featureUnknown
}

// feature returns the result of a test in a version: hasattr(st, "rerun") or a combination with
// "not", "and" or "or".
func (u *Unit) feature(e ast.Expr, version string) featureTest {
	switch e := e.(type) {
	case *ast.UnaryOp:
		if e.Op == "not" {
			return u.feature(e.Value, version).not()
		}
	case *ast.BoolOp:
		decides := featureMissing
		if e.Op == "or" {
			decides = featureThere
		}
		if slices.ContainsFunc(e.Values, func(v ast.Expr) bool { return u.feature(v, version) == decides }) {
			return decides
		}
		if !slices.ContainsFunc(e.Values, func(v ast.Expr) bool { return u.feature(v, version) == featureUnknown }) {
			return decides.not()
		}
	case *ast.NameExpr:
		_, list := u.BindingsOf(e)
		if len(list) == 1 && list[0].Value != nil {
			if call, ok := list[0].Value.(*ast.Call); ok {
				return u.feature(call, version)
			}
		}
	case *ast.Call:
		if !u.Is(e.Func, "builtins.hasattr") || len(e.Args) != 2 || !u.Is(e.Args[0], "streamlit") {
			return featureUnknown
		}
		name, _ := Text(e.Args[1])
		if _, gone := RemovedIn(name, version); gone {
			return featureMissing
		}
		if added := addedIn(name); added != "" && pep508.AtLeast(version, added) {
			return featureThere
		}
	}
	return featureUnknown
}

// HandlesMissingFeature reports whether code handles a feature that the version lacks: it tests for the feature
// first, or catches the AttributeError.
func (u *Unit) HandlesMissingFeature(n ast.Node, version string) bool {
	handled := false
	inner := n
	u.EachAncestor(n, func(up ast.Node) bool {
		var test ast.Expr
		then, other := false, false
		switch up := up.(type) {
		case *ast.If:
			test, then, other = up.Test, u.Within(up.Body, inner), u.Within(up.Else, inner)
		case *ast.IfExp:
			test, then, other = up.Test, up.Body == inner, up.Else == inner
		case *ast.BoolOp:
			if i := slices.IndexFunc(up.Values, func(v ast.Expr) bool { return ast.Node(v) == inner }); i > 0 {
				test, then, other = up.Values[i-1], up.Op == "and", up.Op == "or"
			}
		case *ast.Try:
			handled = handled || u.catchesMissing(up) && u.Within(up.Body, inner)
		case *ast.Handler:
			try, ok := u.File.Parent(up).(*ast.Try)
			handled = handled || ok && slices.Contains(u.Scopes.CaughtExceptions(up), "builtins.AttributeError") && u.hasFeature(try, version)
		}
		if then || other {
			is := u.feature(test, version)
			handled = handled || then && is == featureMissing || other && is == featureThere
		}
		inner = up
		return !handled
	})
	return handled
}

// catchesMissing reports whether a try statement catches the error for a missing name.
func (u *Unit) catchesMissing(try *ast.Try) bool {
	return slices.ContainsFunc(try.Handlers, func(h *ast.Handler) bool {
		return slices.Contains(u.Scopes.CaughtExceptions(h), "builtins.AttributeError")
	})
}

// hasFeature reports whether a version has the Streamlit features that the body of a try uses.
func (u *Unit) hasFeature(try *ast.Try, version string) bool {
	used := false
	ast.WalkBody(try.Body, func(n ast.Node) bool {
		e, ok := n.(*ast.Attribute)
		if !ok {
			return true
		}
		name, _, _ := strings.Cut(u.Streamlit(e), ".")
		if added := addedIn(name); added != "" {
			used = pep508.AtLeast(version, added)
		}
		return true
	})
	return used
}
