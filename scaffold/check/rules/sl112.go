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

// sl112 returns the rule about repeated work without caching.
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

// repeatedWork returns the findings of SL112: results fetched from Snowflake or files parsed on
// every run, one finding for each function or script.
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
		f := u.Finding(call, what, message.Message{})
		f.Rule = "SL112"
		if len(a.Unsuppressed([]facts.Finding{f})) == 0 {
			return nil // a comment suppresses a call, not its function
		}
		at := place{u.Path, u.Function(call)}
		if i, seen := groups[at]; seen {
			calls[i] = append(calls[i], fmt.Sprintf("%s (%d)", asCode(what), f.Line))
			return nil
		}
		groups[at] = len(calls)
		calls = append(calls, []string{asCode(what)})
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

// repeated returns the message about what a function, or a script if function is empty, repeats:
// the call of the finding, then the other calls with their lines.
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

// asCode returns the name of a method or of a function of a module as Python calls it, such as
// .collect() or pandas.read_csv().
func asCode(name string) string {
	if !strings.Contains(name, ".") {
		name = "." + name
	}
	return name + "()"
}

// reruns reports whether a node runs on every rerun of a page: its result is not cached, it does
// not wait for an action of the user, and it is not only called from such places. seen are the
// functions already visited.
func reruns(u *facts.Unit, n ast.Node, seen map[*ast.FunctionDef]bool) bool {
	if u.Cached(n) || waits(u, n) {
		return false
	}
	def := u.Function(n)
	if def == nil {
		return !u.RunsOnce(n) || u.App.IsScript(u.Path)
	}
	if seen[def] {
		return false
	}
	seen[def] = true
	uses := u.App.Uses()[def]
	// A function without known uses may be called in a way that we do not see.
	return len(uses) == 0 || slices.ContainsFunc(uses, func(use facts.Usage) bool { return reruns(use.Unit, use.Node, seen) })
}

// waits reports whether a node runs only after an action of the user, in the branch of a button or
// form or in a callback, or only while the session state lacks its result. Code that depends on the
// session state in another way, such as on the current page, runs again on each rerun.
func waits(u *facts.Unit, n ast.Node) bool {
	if u.Guarded(n, "button(", "submit", "clicked", "pressed", "chat_input(") {
		return true
	}
	found := false
	inner := n
	u.EachAncestor(n, func(up ast.Node) bool {
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

// lacks reports whether a test checks if the session state lacks something.
func lacks(u *facts.Unit, test ast.Expr) bool {
	source := u.Source(test)
	return strings.Contains(source, "session_state") &&
		(strings.Contains(source, "not in ") || strings.Contains(source, "is None") || strings.HasPrefix(source, "not "))
}

// pressed reports whether a test checks the result of a button, alone or among others.
func pressed(u *facts.Unit, test ast.Expr) bool {
	switch test := test.(type) {
	case *ast.BoolOp:
		return slices.ContainsFunc(test.Values, func(e ast.Expr) bool { return pressed(u, e) })
	case *ast.NamedExpr:
		return pressed(u, test.Value)
	case *ast.NameExpr:
		in, list := u.BindingsOf(test)
		return slices.ContainsFunc(list, func(b scope.Binding) bool {
			call, ok := b.Value.(*ast.Call)
			return ok && presses(in, call)
		})
	case *ast.Call:
		return presses(u, test)
	}
	return false
}

// presses reports whether a call draws a button or similar, which is true in a single run.
func presses(_ *facts.Unit, call *ast.Call) bool {
	method, ok := call.Func.(*ast.Attribute)
	return ok && slices.Contains([]string{"button", "form_submit_button", "download_button", "chat_input"}, method.Attr.Name)
}

// polls reports whether a node is in a while loop, where it is repeated because its result changes.
func polls(u *facts.Unit, n ast.Node) bool {
	found := false
	u.EachAncestor(n, func(up ast.Node) bool {
		_, found = up.(*ast.While)
		_, def := up.(*ast.FunctionDef)
		return !found && !def
	})
	return found
}
