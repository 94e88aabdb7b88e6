package validate

import "sleet/scaffold"

// inspection is one run of the rules over an App: the data that they read, prepared once, and the
// problems found.
type inspection struct {
	// answers are the answers as in sleet.toml; app has the defaults filled in.
	answers, app scaffold.App
	// facts describe the app's runtime; known is false if the runtime is unknown.
	facts scaffold.RuntimeFacts
	known bool

	names    []nameAnswer
	hosts    []hostAnswer
	packages []packageAnswer
	options  []optionAnswer
	values   []valueAnswer

	rule     *Rule
	problems []Problem
}

// packageIndex reports whether the app's runtime takes packages from a Python package index.
func (in *inspection) packageIndex() bool { return in.known && in.facts.PackageIndex() }

// condaChannel reports whether the app's runtime takes packages from Snowflake's conda channel.
func (in *inspection) condaChannel() bool { return in.known && !in.facts.PackageIndex() }

// anyRuntime is true for every app.
func (*inspection) anyRuntime() bool { return true }
