package rules

import (
	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// sl103 returns the rule about imports of _snowflake.
func sl103() Rule {
	return Rule{
		ID: "SL103", Runtimes: container(), Severity: facts.Error, Local: true, Automatic: true, Item: itemModule,
		Page: pageMigration, Check: moduleImports,
		Example: Example{
			Before: `import _snowflake
`,
			After: `import streamlit as st
`,
		},
	}
}

// moduleImports returns the findings of SL103: every statement that imports _snowflake or something
// from it.
func moduleImports(a *facts.App, _ facts.Options) []facts.Finding {
	return facts.EachCode(a, func(u *facts.Unit, s ast.Stmt) []facts.Finding {
		if !facts.ImportsSnowflakeModule(s) {
			return nil
		}
		f := u.Finding(s, "", message.New("finding.SL103.what"))
		f.Manual = u.KeepsSnowflakeModule()
		if u.HasContainerAlternative(s) {
			f.Severity, f.Message = facts.Warning, message.New("finding.SL103.what.caught")
		}
		return []facts.Finding{f}
	})
}
