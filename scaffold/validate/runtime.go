package validate

import (
	"sleet/scaffold"
)

func checkRuntimeOther(in *inspection) {
	name := in.answers.App.RuntimeName
	if of := scaffold.RuntimeNamed(name); of != "" && in.known && of != in.facts.Runtime {
		in.found("app.runtime_name", "value", name, "other", string(of), "runtime", runtimeText(in.facts.Runtime))
	}
}

func checkRuntimeUnknown(in *inspection) {
	if name := in.answers.App.RuntimeName; in.known && in.facts.NewRuntimeName(name) {
		in.found("app.runtime_name", "value", name, "runtime", runtimeText(in.facts.Runtime), "known", in.facts.SQLName)
	}
}

// checkRights reports caller's rights in a runtime that does not support them.
func checkRights(in *inspection) {
	if in.answers.App.Rights == scaffold.CallerRights && in.known && !in.app.CallersRights() {
		in.found("app.rights")
	}
}

func runtimeRules() []Rule {
	return []Rule{
		{
			ID: "rights-runtime", Severity: Error, Page: pageRights, check: checkRights,
		},
		{
			ID: "runtime-name-other", Severity: Error, Page: pageRuntimes, check: checkRuntimeOther,
		},
		{
			ID: "runtime-name-unknown", Severity: Warning, Page: pageRuntimes, check: checkRuntimeUnknown,
		},
	}
}
