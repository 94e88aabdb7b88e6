package rules

import (
	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// sl104 returns the rule about calls of _snowflake functions.
func sl104() Rule {
	return Rule{
		ID: "SL104", Runtimes: container(), Severity: facts.Error, Local: true, Automatic: true, Item: itemModule,
		Page: pageSecrets, Check: moduleCalls,
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

// moduleCalls returns the findings of SL104: every call of a function of _snowflake.
func moduleCalls(a *facts.App, _ facts.Options) []facts.Finding {
	return facts.EachCode(a, func(u *facts.Unit, call *ast.Call) []facts.Finding {
		function, ok := u.Member(call.Func, facts.SnowflakeModule+".")
		if !ok {
			return nil
		}
		f := u.Finding(call, function, message.New("finding.SL104.what", "function", function))
		f.Fix, f.Manual = facts.ModuleFix(function, call)
		if u.HasContainerAlternative(call) {
			f.Severity = facts.Warning
		}
		return []facts.Finding{f}
	})
}
