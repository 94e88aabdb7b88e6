package rules

import (
	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// sl102 returns the rule about calls of get_active_session.
func sl102() Rule {
	return Rule{
		ID: "SL102", Runtimes: container(), Severity: facts.Error, Local: true, Automatic: true, Item: itemSession,
		Page: pageMigration, Check: sessionCalls,
		Example: Example{
			Before: `from snowflake.snowpark.context import get_active_session

session = get_active_session()
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

// sessionCalls returns the findings of SL102: every call that returns the active session of a
// warehouse, under any name.
func sessionCalls(a *facts.App, _ facts.Options) []facts.Finding {
	return facts.EachCode(a, func(u *facts.Unit, call *ast.Call) []facts.Finding {
		switch {
		case u.ReturnsSession(call):
			return []facts.Finding{u.Finding(call, "", message.New("finding.SL102.what"))}
		case u.CreatesDefaultSession(call):
			return []facts.Finding{u.Finding(call, "", message.New("finding.SL102.what_builder"))}
		}
		return nil
	})
}
