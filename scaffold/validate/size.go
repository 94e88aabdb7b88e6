package validate

import (
	"sleet/scaffold/answers"
)

// sizeRules returns the rules that reject lists longer than any app needs. They run before all
// others.
func sizeRules() []Rule {
	return []Rule{{
		ID: "too-many", Severity: Error, Page: pageConfiguration, check: tooManyEntries,
	}}
}

// tooManyEntries checks the reader's limits again for answers that do not come from a file.
func tooManyEntries(in *inspection) {
	for _, list := range []struct {
		path          string
		entries, most int
	}{
		{"secrets", len(in.answers.Secrets), answers.MaxSecrets},
		{"network.hosts", len(in.answers.Network.Hosts), answers.MaxTexts},
		{"network.rules", len(in.answers.Network.Rules), answers.MaxTexts},
		{"python.packages", len(in.answers.Python.Packages), answers.MaxTexts},
		{"roles.viewers", len(in.answers.Roles.Viewers), answers.MaxTexts},
	} {
		if list.entries > list.most {
			in.found(list.path, "entries", list.entries, "most", list.most)
		}
	}
}
