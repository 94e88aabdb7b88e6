package rules

import (
	"fmt"
	"slices"
	"strings"

	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
	"sleet/ui/message"
)

// sl112 is the rule about repeated work without caching.
func sl112() Rule {
	return Rule{
		ID: "SL112", Runtimes: container(), Severity: facts.Advice, Item: itemCaching,
		Page: pageCaching, Check: repeatedWork,
		Example: Example{
			Before: `import streamlit as st


@st.cache_resource
def get_session():
    return st.connection("snowflake").session()


orders = get_session().table("orders").to_pandas()
`,
			After: `import streamlit as st


@st.cache_resource
def get_session():
    return st.connection("snowflake").session()


@st.cache_data(ttl="10m")
def load_orders():
    return get_session().table("orders").to_pandas()


orders = load_orders()
`,
		},
	}
}

// repeatedWork finds SL112: results fetched from Snowflake or files parsed at every run, one finding for each
// function or script.
func repeatedWork(a *facts.App, _ facts.Options) []facts.Finding {
	type place struct {
		path string
		def  *ast.FunctionDef
	}
	groups := map[place]int{}
	var calls [][]string
	var names []string
	list := facts.EachCode(a, func(u *facts.Unit, call *ast.Call) []facts.Finding {
		what := u.Fetches(call)
		if what == "" {
			what = u.Parses(call)
		}
		if what == "" || polls(u, call) || !reruns(u, call, map[*ast.FunctionDef]bool{}) {
			return nil
		}
		f := u.At(call, what, message.Message{})
		f.Rule = "SL112"
		if len(a.Heard([]facts.Finding{f})) == 0 {
			return nil // a comment silences a call, not its function
		}
		at := place{u.Path, u.Function(call)}
		if i, seen := groups[at]; seen {
			calls[i] = append(calls[i], fmt.Sprintf("%s (%d)", what, f.Line))
			return nil
		}
		groups[at] = len(calls)
		calls = append(calls, []string{what})
		name := ""
		if at.def != nil {
			name = at.def.Name.Name
		}
		names = append(names, name)
		return []facts.Finding{f}
	})
	for i := range list {
		list[i].Message = repeated(names[i], calls[i])
	}
	return list
}

// repeated says what a function, or a script without a name, does again: the call of the finding, then the
// others with their lines.
func repeated(function string, calls []string) message.Message {
	switch {
	case len(calls) == 1:
		return message.New("finding.SL112.what", "call", calls[0])
	case function == "":
		return message.New("finding.SL112.what.script", "call", calls[0], "calls", some(calls[1:]))
	default:
		return message.New("finding.SL112.what.function", "function", function, "call", calls[0], "calls", some(calls[1:]))
	}
}

// reruns reports whether a node runs at every rerun of a page: not where its result is kept, where a
// person must do something for it, or where only such places lead to it. seen are the functions
// that are asked about already.
func reruns(u *facts.Unit, n ast.Node, seen map[*ast.FunctionDef]bool) bool {
	if u.Cached(n) || waits(u, n) {
		return false
	}
	def := u.Function(n)
	if def == nil {
		return !u.OnceOnly(n) || u.App.Runs(u.Path)
	}
	if seen[def] {
		return false
	}
	seen[def] = true
	uses := u.App.Uses()[def]
	// What nobody calls may be called in a way that is not seen.
	return len(uses) == 0 || slices.ContainsFunc(uses, func(use facts.Usage) bool { return reruns(use.Unit, use.Node, seen) })
}

// waits reports whether a node runs only after a person did something, in the branch of a button or of a
// form, or in what a widget calls when it changes; or only while the session's state lacks what it
// makes. What depends on the state in another way, the page that is shown for instance, runs again
// with it.
func waits(u *facts.Unit, n ast.Node) bool {
	if u.Guarded(n, "button(", "submit", "clicked", "pressed", "chat_input(") {
		return true
	}
	found := false
	inner := n
	u.Around(n, func(up ast.Node) bool {
		switch up := up.(type) {
		case *ast.Keyword:
			found = up.Name != nil && slices.Contains([]string{"on_click", "on_change", "on_submit", "on_select"}, up.Name.Name)
		case *ast.If:
			found = u.Within(up.Body, inner) && (pressed(u, up.Test) || lacks(u, up.Test))
		}
		inner = up
		_, def := up.(*ast.FunctionDef)
		return !found && !def
	})
	return found
}

// lacks reports whether a test asks if the session's state lacks something.
func lacks(u *facts.Unit, test ast.Expr) bool {
	source := u.Source(test)
	return strings.Contains(source, "session_state") &&
		(strings.Contains(source, "not in ") || strings.Contains(source, "is None") || strings.HasPrefix(source, "not "))
}

// pressed reports whether a test asks a name that a button gave, on its own or among others.
func pressed(u *facts.Unit, test ast.Expr) bool {
	switch test := test.(type) {
	case *ast.BoolOp:
		return slices.ContainsFunc(test.Values, func(e ast.Expr) bool { return pressed(u, e) })
	case *ast.NamedExpr:
		return pressed(u, test.Value)
	case *ast.NameExpr:
		in, list := u.Made(test)
		return slices.ContainsFunc(list, func(b scope.Binding) bool {
			call, ok := b.Value.(*ast.Call)
			return ok && presses(in, call)
		})
	case *ast.Call:
		return presses(u, test)
	}
	return false
}

// presses reports whether a call draws what a person presses: it is true in one run only.
func presses(_ *facts.Unit, call *ast.Call) bool {
	method, ok := call.Func.(*ast.Attribute)
	return ok && slices.Contains([]string{"button", "form_submit_button", "download_button", "chat_input"}, method.Attr.Name)
}

// polls reports whether a node stands in a while: what is asked again and again is asked because it
// changes.
func polls(u *facts.Unit, n ast.Node) bool {
	found := false
	u.Around(n, func(up ast.Node) bool {
		_, found = up.(*ast.While)
		_, def := up.(*ast.FunctionDef)
		return !found && !def
	})
	return found
}
