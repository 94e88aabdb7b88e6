package scaffold

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// RuntimeName returns the app's RUNTIME_NAME: the one that the answers name, or that of its runtime.
func (a App) RuntimeName() string {
	return cmp.Or(a.App.RuntimeName, Facts(cmp.Or(a.App.Runtime, Container)).SQLName)
}

// RuntimeNamed returns the runtime that a RUNTIME_NAME belongs to, "" for a name that fits none.
func RuntimeNamed(name string) Runtime {
	name = strings.ToUpper(strings.TrimSpace(name))
	for _, facts := range runtimeTable() {
		if slices.ContainsFunc(facts.NamePrefixes, func(p string) bool { return strings.HasPrefix(name, p) }) {
			return facts.Runtime
		}
	}
	return ""
}

// NewRuntimeName reports whether a RUNTIME_NAME may be one of a runtime without being the name that
// sleet knows: the runtime may then have versions of Python that sleet does not know either.
func (f RuntimeFacts) NewRuntimeName(name string) bool {
	of := RuntimeNamed(name)
	return name != "" && !strings.EqualFold(name, f.SQLName) && (of == "" || of == f.Runtime)
}

// pythonSuffix is how Snowflake writes a version of Python at the end of a RUNTIME_NAME.
var pythonSuffix = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)_PY(\d+)_(\d+)$`) })

// pythonNamed returns the version of Python at the end of a RUNTIME_NAME, "" without one.
func pythonNamed(name string) string {
	if m := pythonSuffix().FindStringSubmatch(name); m != nil {
		return m[1] + "." + m[2]
	}
	return ""
}
