package rules

import (
	"slices"
	"strings"

	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
	"sleet/ui/message"
)

// viewerNames returns the Snowpark equivalents of these SQL functions.
func viewerNames() []string {
	return []string{
		"current_user", "current_role", "current_role_type", "current_available_roles", "current_secondary_roles",
		"invoker_role", "is_role_in_session",
	}
}

// sl113 returns the rule about SQL that depends on the viewer.
func sl113() Rule {
	return Rule{
		ID: "SL113", Runtimes: container(), Severity: facts.Warning, Local: true, Item: itemSharedState,
		Page: pageRights, Check: viewerFunctions,
		Example: Example{
			Before: `import streamlit as st

tasks = st.connection("snowflake").query(
    "SELECT * FROM tasks WHERE assignee = CURRENT_USER()",
)
`,
			After: `import streamlit as st

tasks = st.connection("snowflake").query(
    "SELECT * FROM tasks WHERE assignee = %s",
    params=(st.user.user_name,),
)
`,
		},
	}
}

// viewerFunctions returns the findings of SL113: functions that depend on the viewer, in the app's
// SQL and Snowpark expressions.
func viewerFunctions(a *facts.App, _ facts.Options) []facts.Finding {
	return facts.EachCode(a, func(u *facts.Unit, n ast.Node) []facts.Finding {
		switch n := n.(type) {
		case *ast.Constant:
			if _, part := u.File.Parent(n).(*ast.JoinedStr); n.Sort == ast.Str && !part {
				return viewerIn(u, n, n.Value)
			}
		case *ast.JoinedStr:
			if s, ok := u.SQLText(n, 1); ok {
				return viewerIn(u, n, s)
			}
		case *ast.Call:
			name, ok := u.Member(n.Func, facts.ContextPackage+".functions.")
			if ok && slices.Contains(viewerNames(), name) {
				return []facts.Finding{u.Finding(n, strings.ToUpper(name), message.New("finding.SL113.what", "function", strings.ToUpper(name)))}
			}
		}
		return nil
	})
}

// viewerIn returns a finding for each such function in a string that is SQL.
func viewerIn(u *facts.Unit, n ast.Expr, value string) []facts.Finding {
	inValue := facts.ViewerFunctions(value)
	if len(inValue) == 0 || !isSQL(u, n, value) {
		return nil
	}
	span := n.Range()
	inSource := facts.ViewerFunctions(string(u.File.Text[span.Start:span.End]))
	hidden := facts.CommentsAndStrings(value)
	var list []facts.Finding
	for i, m := range inValue {
		if facts.InAnyRange(hidden, m[0]) || isAlias(value[:m[0]], value[m[0]:m[1]]) {
			continue
		}
		at := span
		if len(inSource) == len(inValue) {
			at = token.Span{Start: span.Start + inSource[i][0], End: span.Start + inSource[i][1]}
		}
		name := strings.ToUpper(value[max(m[2], m[4], m[6]):max(m[3], m[5], m[7])])
		list = append(list, u.Finding(at, name, message.New("finding.SL113.what", "function", name)))
	}
	return list
}

// isAlias reports whether CURRENT_USER without parentheses is just the name of a column: "… AS
// current_user".
func isAlias(before, found string) bool {
	before = strings.TrimRight(before, " \t\r\n")
	last := before[strings.LastIndexAny(before, " \t\r\n,()")+1:]
	return !strings.Contains(found, "(") && strings.EqualFold(last, "AS")
}

// isSQL reports whether a string is SQL: it starts like a statement, or is passed to something that
// takes SQL. A string that is displayed or used as a comment is not.
func isSQL(u *facts.Unit, n ast.Expr, value string) bool {
	switch up := u.File.Parent(n).(type) {
	case *ast.ExprStmt:
		return false
	case *ast.Call:
		if u.Streamlit(up.Func) != "" {
			return false
		}
		if takesSQL(u, up) {
			return true
		}
	case *ast.Keyword:
		if call, ok := u.File.Parent(up).(*ast.Call); ok && takesSQL(u, call) {
			return true
		}
	}
	return facts.SQLVerb().MatchString(value)
}

func takesSQL(u *facts.Unit, call *ast.Call) bool {
	if _, ok := u.Member(call.Func, facts.ContextPackage+".functions.sql_expr"); ok {
		return true
	}
	if u.Is(call.Func, "pandas.read_sql", "pandas.read_sql_query") {
		return true
	}
	method, ok := call.Func.(*ast.Attribute)
	if !ok {
		return false
	}
	if slices.Contains([]string{"filter", "where", "select_expr", "selectExpr"}, method.Attr.Name) {
		return u.MayBe(facts.FrameValue, method.Value)
	}
	_, runs := u.ExecutedSQL(call)
	return runs
}
