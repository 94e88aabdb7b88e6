package check

import (
	"sleet/scaffold/python"
	"sleet/ui/message"
)

// sl104 is the rule about call of a _snowflake function.
func sl104() Rule {
	return Rule{
		ID: "SL104", Runtimes: container(), Severity: Error, Automatic: true, Item: itemModule,
		Page: pageSecrets, check: moduleCalls,
		Example: Example{
			Before: `import _snowflake

api_key = _snowflake.get_generic_secret_string("api_key")
`,
			After: `import streamlit as st

api_key = st.secrets["api_key"]

## app.sql
ALTER STREAMLIT sales SET
  EXTERNAL_ACCESS_INTEGRATIONS = (sales_access)
  SECRETS = ('api_key' = sales_api_key);
`,
		},
	}
}

// moduleCalls finds SL104: every call of a function of _snowflake.
func moduleCalls(a *App, _ Options) []Finding {
	return eachCode(a, func(u *unit, call *python.Call) []Finding {
		function, ok := u.Member(call.Func, privateModule+".")
		if !ok {
			return nil
		}
		f := u.at(call, function, message.New("finding.SL104.what", "function", function))
		f.FixSaid, f.manual = moduleFix(function, call)
		if u.doesWithout(call) {
			f.Severity = Warning
		}
		return []Finding{f}
	})
}
