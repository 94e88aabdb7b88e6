package rules

import (
	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// sl108 returns the rule about a new session on each run.
func sl108() Rule {
	return Rule{
		ID: "SL108", Runtimes: container(), Severity: facts.Warning, Local: true, Automatic: true, Item: itemSession,
		Page: pageConnection, Check: freshSessions,
		Example: Example{
			Before: `import streamlit as st

session = st.connection("snowflake").session()
`,
			After: `import streamlit as st


def is_alive(session):
    if session.connection.is_valid():
        return True
    st.connection("snowflake").reset()
    return False


@st.cache_resource(validate=is_alive)
def get_session():
    return st.connection("snowflake").session()


session = get_session()
`,
		},
	}
}

// freshSessions returns the findings of SL108: calls of .session() on a Snowflake connection whose
// result is not cached.
func freshSessions(a *facts.App, _ facts.Options) []facts.Finding {
	return facts.EachCode(a, func(u *facts.Unit, call *ast.Call) []facts.Finding {
		method, ok := call.Func.(*ast.Attribute)
		if !ok || method.Attr.Name != "session" || len(call.Args) > 0 || !u.MayBe(facts.ConnectionValue, method.Value) {
			return nil
		}
		if u.Cached(call) || u.Guarded(call, "session_state") {
			return nil
		}
		f := u.Finding(call, "", message.New("finding.SL108.what"))
		f.Manual = len(call.Keywords) > 0 || facts.SnowflakeConnection(u.Scopes, method.Value) == nil
		return []facts.Finding{f}
	})
}
