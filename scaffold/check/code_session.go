package check

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/python"
	"sleet/ui/message"
)

// The module that gives the session of a warehouse app, and the function that does.
const (
	contextPackage = "snowflake.snowpark"
	contextModule  = contextPackage + ".context"
	activeSession  = contextModule + ".get_active_session"
)

// sl101 is the rule about import of get_active_session.
func sl101() Rule {
	return Rule{
		ID: "SL101", Runtimes: container(), Severity: Error, Automatic: true, Item: itemSession,
		Page: pageMigration, check: sessionImports,
		Example: Example{
			Before: `from snowflake.snowpark.context import get_active_session
`,
			After: `import streamlit as st
`,
		},
	}
}

// sessionImports finds SL101: every statement that imports get_active_session, by itself, with its
// module, or from a module of the app that only passes it on.
func sessionImports(a *App, _ Options) []Finding {
	return eachCode(a, func(u *unit, s python.Stmt) []Finding {
		if !u.importsSession(s) {
			return nil
		}
		return []Finding{u.at(s, "", message.New("finding.SL101.what"))}
	})
}

func (u *unit) importsSession(s python.Stmt) bool {
	switch s := s.(type) {
	case *python.Import:
		for _, alias := range s.Names {
			if alias.Name == contextModule {
				return true
			}
		}
	case *python.ImportFrom:
		for _, alias := range s.Names {
			if u.bringsSession(s, alias.Name) {
				return true
			}
		}
	}
	return false
}

// bringsSession reports whether a name of a from-import is get_active_session or its module.
func (u *unit) bringsSession(s *python.ImportFrom, name string) bool {
	if s.Level == 0 && name == "*" {
		return s.Module == contextModule
	}
	full := strings.Repeat(".", s.Level) + s.Module + "." + name
	if s.Module == "" {
		full = strings.Repeat(".", s.Level) + name
	}
	full = u.app.Follow(u.Path, full)
	return full == activeSession || full == contextModule
}

// sl102 is the rule about call of get_active_session.
func sl102() Rule {
	return Rule{
		ID: "SL102", Runtimes: container(), Severity: Error, Automatic: true, Item: itemSession,
		Page: pageMigration, check: sessionCalls,
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

// sessionCalls finds SL102: every call that takes the active session of a warehouse, under any name
// that it has here.
func sessionCalls(a *App, _ Options) []Finding {
	return eachCode(a, func(u *unit, call *python.Call) []Finding {
		switch {
		case u.takesSession(call):
			return []Finding{u.at(call, "", message.New("finding.SL102.what"))}
		case u.takesDefault(call):
			return []Finding{u.at(call, "", message.New("finding.SL102.what_builder"))}
		}
		return nil
	})
}

// takesSession reports whether a call takes the active session of a warehouse.
func (u *unit) takesSession(call *python.Call) bool {
	return slices.ContainsFunc(u.Names(call.Func), scaffold.TakesActiveSession)
}

// takesDefault reports whether a call is Session.builder.getOrCreate or create without options. In the
// handler of a try it is the way to a session on a developer's machine.
func (u *unit) takesDefault(call *python.Call) bool {
	if len(call.Args)+len(call.Keywords) > 0 || !slices.ContainsFunc(u.Names(call.Func), scaffold.TakesDefaultSession) {
		return false
	}
	handled := false
	u.Around(call, func(up python.Node) bool {
		_, handler := up.(*python.Handler)
		handled = handled || handler
		return !handled
	})
	return !handled
}
