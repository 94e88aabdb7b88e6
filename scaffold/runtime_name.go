package scaffold

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// RuntimeName returns the app's RUNTIME_NAME: the one in the answers, or the runtime's own.
func (a App) RuntimeName() string {
	return cmp.Or(a.App.RuntimeName, Facts(cmp.Or(a.App.Runtime, Container)).SQLName)
}

// RuntimeNamed returns the runtime that a RUNTIME_NAME belongs to, "" if it is unknown.
func RuntimeNamed(name string) Runtime {
	name = strings.ToUpper(strings.TrimSpace(name))
	for _, facts := range runtimeTable() {
		if slices.ContainsFunc(facts.NamePrefixes, func(p string) bool { return strings.HasPrefix(name, p) }) {
			return facts.Runtime
		}
	}
	return ""
}

// NewRuntimeName reports whether name can belong to the runtime and differs from the name that
// sleet knows. Such a version may support versions of Python that sleet does not know.
func (f RuntimeFacts) NewRuntimeName(name string) bool {
	of := RuntimeNamed(name)
	return name != "" && !strings.EqualFold(name, f.SQLName) && (of == "" || of == f.Runtime)
}

// NamesPython reports whether a RUNTIME_NAME decides the version of Python.
func (f RuntimeFacts) NamesPython() bool { return pythonNamed(f.SQLName) != "" }

// pythonSuffix matches the Python version that Snowflake puts at the end of a RUNTIME_NAME.
var pythonSuffix = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)_PY(\d+)_(\d+)$`) })

// pythonNamed returns the version of Python at the end of a RUNTIME_NAME, "" if there is none.
func pythonNamed(name string) string {
	if m := pythonSuffix().FindStringSubmatch(name); m != nil {
		return m[1] + "." + m[2]
	}
	return ""
}
