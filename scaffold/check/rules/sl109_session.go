package rules

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// sessionSwitch is a call that changes the session for everyone: session.use_role(…),
// session.sql("USE …").
type sessionSwitch struct {
	// name is the called method or the words of the statement. of is what it changes, such as "USE
	// ROLE".
	name, of string
	// value is the new value, "" if it is computed.
	value string
	what  message.Message
}

// sessionParameter matches the parameter that ALTER SESSION sets.
var sessionParameter = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\bSESSION\s+SET\s+([A-Z_]+)`) })

// switches returns the findings for changes of the session that all viewers share. A setting with
// the same value everywhere is only advice.
func switches(a *facts.App) []facts.Finding {
	var all []sessionSwitch
	list := facts.EachCode(a, func(u *facts.Unit, call *ast.Call) []facts.Finding {
		made, ok := switchIn(u, call)
		if !ok {
			return nil
		}
		all = append(all, made)
		return []facts.Finding{u.Finding(call, made.name, made.what)}
	})
	for i, made := range all {
		if made.value != "" && !slices.ContainsFunc(all, func(other sessionSwitch) bool { return other.of == made.of && other.value != made.value }) {
			list[i].Severity = facts.Advice
			list[i].Message, list[i].Fix = message.New("finding.SL109.what.fixed", "statement", made.of), message.New("finding.SL109.fix.fixed")
		}
	}
	return list
}

// switchIn returns the change of the session that a call makes.
func switchIn(u *facts.Unit, call *ast.Call) (sessionSwitch, bool) {
	method, ok := call.Func.(*ast.Attribute)
	if ok && slices.Contains([]string{"use_role", "use_warehouse", "use_database", "use_schema", "use_secondary_roles"}, method.Attr.Name) &&
		u.MayBe(facts.SessionValue, method.Value) {
		name := method.Attr.Name
		value, _ := u.Scopes.StringOf(facts.Positional(call, 0))
		return sessionSwitch{
			name: name, of: strings.ToUpper(strings.ReplaceAll(name, "_", " ")), value: strings.ToUpper(value),
			what: message.New("finding.SL109.what.method", "method", name),
		}, true
	}
	statement, ok := u.ExecutedSQL(call)
	if !ok {
		return sessionSwitch{}, false
	}
	m := facts.SessionVerb().FindStringSubmatch(statement)
	if m == nil {
		return sessionSwitch{}, false
	}
	what := "ALTER SESSION"
	if m[1] != "" {
		what = strings.Join(strings.Fields(strings.ToUpper(m[1]+" "+m[2])), " ")
	}
	of := what
	if parameter := sessionParameter().FindStringSubmatch(statement); m[1] == "" && parameter != nil {
		of += " SET " + strings.ToUpper(parameter[1])
	}
	made := sessionSwitch{name: what, of: of, what: message.New("finding.SL109.what.statement", "statement", what)}
	// A question mark is an unknown part.
	if !strings.ContainsAny(statement, "?{%") {
		made.value = strings.ToUpper(strings.TrimRight(strings.TrimSpace(strings.TrimPrefix(statement, m[0])), "; "))
	}
	return made, true
}

// closes returns the findings for session.close() and with session: they end the session that all
// viewers share.
func closes(u *facts.Unit, n ast.Node) []facts.Finding {
	var list []facts.Finding
	closed := func(at ast.Node, session ast.Expr, what string) {
		if !u.MayBe(facts.SessionValue, session) || u.OwnsSession(session) {
			return
		}
		found := u.Finding(at, "close", message.New("finding.SL109.what.closed", "code", what))
		found.Fix = message.New("finding.SL109.fix.closed")
		list = append(list, found)
	}
	switch n := n.(type) {
	case *ast.Call:
		if method, ok := n.Func.(*ast.Attribute); ok && method.Attr.Name == "close" {
			closed(n, method.Value, u.Source(n))
		}
	case *ast.With:
		for _, item := range n.Items {
			closed(item, item.Context, "with "+u.Source(item.Context))
		}
	}
	return list
}
