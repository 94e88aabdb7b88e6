package rewrite

import (
	"slices"
	"strings"

	"sleet/scaffold/check/facts"
	"sleet/scaffold/migrate/change"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
	"sleet/ui/message"
)

// RulePage is the rule about arguments of st.set_page_config.
const RulePage = "SL105"

// pageParameters returns the positional parameters of st.set_page_config.
// https://docs.streamlit.io/develop/api-reference/configuration/st.set_page_config
func pageParameters() []string {
	return []string{"page_title", "page_icon", "layout", "initial_sidebar_state", "menu_items"}
}

// isIgnored reports whether a parameter of st.set_page_config has no effect in Snowflake.
// https://docs.snowflake.com/en/developer-guide/streamlit/limitations
func isIgnored(parameter string) bool {
	return parameter == "page_title" || parameter == "page_icon" || parameter == "menu_items"
}

// editPageConfig removes the arguments of st.set_page_config that have no effect: from calls through the file's own
// imports, and from calls that the check found through other modules.
func (m *module) editPageConfig(found []facts.Finding) {
	done := map[*ast.Call]bool{nil: true}
	for _, r := range m.references(func(name string) bool { return name == "streamlit.set_page_config" }) {
		if !done[r.call] {
			done[r.call] = true
			m.editPageCall(r.call)
		}
	}
	found = slices.DeleteFunc(slices.Clone(found), func(f facts.Finding) bool { return f.Rule != RulePage })
	if len(found) == 0 {
		return
	}
	for _, n := range m.nodes {
		call, ok := n.(*ast.Call)
		if ok && !done[call] && slices.ContainsFunc(found, func(f facts.Finding) bool {
			start, end := f.Span()
			callee := call.Func.Range()
			return callee.End <= start && end <= call.End && lastPart(m.source(call.Func)) == "set_page_config"
		}) {
			m.editPageCall(call)
		}
	}
}

// argument is one argument of a call.
type argument struct {
	node  ast.Node
	name  string // "" for a positional argument, or for **
	value ast.Expr
	// spread reports whether it is * or ** with an expression.
	spread bool
}

// argumentsOf returns the arguments of a call in source order.
func argumentsOf(call *ast.Call) []argument {
	var args []argument
	for _, n := range ast.Children(call)[1:] {
		switch n := n.(type) {
		case *ast.Keyword:
			a := argument{node: n, value: n.Value, spread: n.Name == nil}
			if n.Name != nil {
				a.name = n.Name.Name
			}
			args = append(args, a)
		case *ast.Starred:
			args = append(args, argument{node: n, value: n.Value, spread: true})
		case ast.Expr:
			args = append(args, argument{node: n, value: n})
		}
	}
	return args
}

// editPageCall removes them from one call. Positional arguments after a removed one become keyword arguments.
func (m *module) editPageCall(call *ast.Call) {
	args := argumentsOf(call)
	drop := make([]bool, len(args))
	var symbols []string
	var named []int // arguments that become keyword arguments
	for i, a := range args {
		parameter := a.name
		switch {
		case a.spread && a.name == "" && i < len(call.Args):
			return // *arguments: the positions are unknown
		case a.spread:
			continue
		case parameter == "" && i < len(pageParameters()):
			parameter = pageParameters()[i]
		}
		if !isIgnored(parameter) || hasEffect(a.value) {
			if a.name == "" {
				named = append(named, i)
			}
			continue
		}
		drop[i] = true
		symbols = append(symbols, parameter)
		if name, ok := a.value.(*ast.NameExpr); ok {
			m.given = append(m.given, name)
		}
		m.fix(cause{rule: RulePage, line: m.Line(a.node.Range().Start)})
	}
	if len(symbols) == 0 {
		return
	}
	c := cause{
		rule: RulePage, symbol: strings.Join(symbols, ", "), why: message.New("change.page-config"), kind: change.KindPageConfig,
		line: m.Line(call.Start),
	}
	if stmt, alone := m.file.Parent(call).(*ast.ExprStmt); alone && !slices.Contains(drop, false) {
		m.leave(stmt, c) // without arguments the call has no effect
		return
	}
	for _, i := range named {
		if i < len(pageParameters()) && slices.Contains(drop[:i], true) {
			start := m.itemOf(call, args[i].node).Start
			m.put(token.Span{Start: start, End: start}, pageParameters()[i]+"=", c)
		}
	}
	m.dropArguments(call, drop, c)
}

// itemOf returns the span of an argument of a call, including parentheses around it.
func (m *module) itemOf(call *ast.Call, n ast.Node) token.Span {
	l, _, _ := m.arguments(call)
	for _, item := range l.items {
		if within(n.Range(), item) {
			return item
		}
	}
	return n.Range()
}

// dropArguments removes arguments of a call.
func (m *module) dropArguments(call *ast.Call, drop []bool, c cause) {
	l, open, shut := m.arguments(call)
	if len(l.items) != len(drop) {
		return
	}
	if !slices.Contains(drop, false) {
		m.put(token.Span{Start: open + 1, End: shut}, "", c)
		return
	}
	for _, span := range m.without(l, func(i int) bool { return drop[i] }) {
		m.put(span, "", c)
	}
}

// hasEffect reports whether evaluating an expression has side effects, so that it cannot be removed.
func hasEffect(e ast.Expr) bool {
	effect := false
	ast.Walk(e, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.NamedExpr, *ast.Await, *ast.Yield:
			effect = true
		case *ast.Lambda:
			return false
		}
		return !effect
	})
	return effect
}

// unusedValues returns the assignments of literals to names that only removed arguments read, with the cause of their
// removal.
func (m *module) unusedValues() map[ast.Stmt]cause {
	gone := map[ast.Stmt]cause{}
	for _, name := range m.given {
		_, symbol := m.scopes.Lookup(name)
		if symbol == nil || len(symbol.Bindings) != 1 || m.exported[symbol.Name] ||
			slices.ContainsFunc(m.uses[symbol], func(n *ast.NameExpr) bool { return !m.isLost(n) }) {
			continue
		}
		stmt, _ := m.file.Parent(symbol.Bindings[0].Node).(ast.Stmt)
		if stmt == nil {
			continue
		}
		if made := targetOf(stmt); made != nil && len(made.targets) == 1 && isLiteral(made.value) {
			gone[stmt] = cause{rule: RulePage, why: message.New("change.unused"), kind: change.KindPageConfig, line: m.Line(stmt.Range().Start)}
		}
	}
	return gone
}

// isLiteral reports whether an expression is a constant, or a collection of constants.
func isLiteral(e ast.Expr) bool {
	literal := true
	ast.Walk(e, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Constant, *ast.List, *ast.Tuple, *ast.Set, *ast.Dict:
		default:
			literal = false
		}
		return literal
	})
	return literal
}
