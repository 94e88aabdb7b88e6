package check

import (
	"sleet/scaffold/python"
	"sleet/ui/message"
)

// sl103 is the rule about import of _snowflake.
func sl103() Rule {
	return Rule{
		ID: "SL103", Runtimes: container(), Severity: Error, Automatic: true, Item: itemModule,
		Page: pageMigration, check: moduleImports,
		Example: Example{
			Before: `import _snowflake
`,
			After: `import streamlit as st
`,
		},
	}
}

// moduleImports finds SL103: every statement that imports _snowflake or something of it.
func moduleImports(a *App, _ Options) []Finding {
	return eachCode(a, func(u *unit, s python.Stmt) []Finding {
		if !importsModule(s) {
			return nil
		}
		f := u.at(s, "", message.New("finding.SL103.what"))
		f.manual = u.needsModule()
		if u.doesWithout(s) {
			f.Severity, f.Said = Warning, message.New("finding.SL103.what.caught")
		}
		return []Finding{f}
	})
}
