package validate

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/scaffold/pep508"
	"sleet/ui/message"
)

func checkPython(in *inspection) {
	if v := in.answers.Python.Version; in.lacksPython(v) && !in.mayHavePython(v) {
		in.found("python.version", "value", v, "runtime", runtimeText(in.facts.Runtime), "choices", catalogue.OneOf(in.facts.Pythons))
	}
}

func checkPythonUnknown(in *inspection) {
	if v := in.answers.Python.Version; in.lacksPython(v) && in.mayHavePython(v) {
		in.found("python.version", "value", v, "name", in.answers.App.RuntimeName)
	}
}

// lacksPython reports whether version is not one of the runtime's known versions of Python.
func (in *inspection) lacksPython(version string) bool {
	return version != "" && in.known && !slices.Contains(in.facts.Pythons, version)
}

// minorPython matches a minor version of Python, such as 3.11.
var minorPython = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^3\.\d{1,2}$`) })

// mayHavePython reports whether the app names a version of its runtime that sleet does not know, which may
// support other versions of Python.
func (in *inspection) mayHavePython(version string) bool {
	return in.known && in.facts.NamesPython() && in.facts.NewRuntimeName(in.answers.App.RuntimeName) && minorPython().MatchString(version)
}

const streamlitPath = "python.streamlit"

// anyStreamlit reports whether the runtime accepts a range of versions of Streamlit.
func (in *inspection) anyStreamlit() bool { return in.known && len(in.facts.Streamlits) == 0 }

func checkStreamlitForm(in *inspection) {
	s := in.answers.Python.Streamlit
	if s == "" || !in.anyStreamlit() {
		return
	}
	if _, err := pep508.ParseSpecifier(s); err != nil {
		fix := message.New("problem.streamlit.range", "range", in.facts.DefaultStreamlit)
		if pep508.AtLeast(s, in.leastStreamlit()) {
			fix = message.New("problem.streamlit.exact", "version", strings.TrimSpace(s), "range", in.facts.DefaultStreamlit)
		}
		in.found(streamlitPath, "value", s, "why", reason(err), "fix", fix)
	}
}

// reason returns the innermost error, since the outer ones repeat what the message says.
func reason(err error) message.Message {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return message.Of(err)
		}
		err = inner
	}
}

func checkStreamlitChannel(in *inspection) {
	s := in.answers.Python.Streamlit
	if s == "" || !in.known || in.anyStreamlit() || slices.Contains(in.facts.Streamlits, s) {
		return
	}
	in.found(streamlitPath, "value", s, "nearest", nearestVersion(s, in.facts.Streamlits), "choices", message.Verbatim(strings.Join(in.facts.Streamlits, ", ")))
}

// nearestVersion returns the first version in list, which is sorted, that is not below the version
// in text. It returns the last one if there is none.
func nearestVersion(text string, list []string) string {
	last := list[len(list)-1]
	text = strings.TrimLeft(text, "<>=!~ ")
	text, _, _ = strings.Cut(text, ",")
	want, err := pep508.ParseVersion(strings.TrimSuffix(text, ".*"))
	if err != nil {
		return last
	}
	for _, candidate := range list {
		if v, err := pep508.ParseVersion(candidate); err == nil && v.Compare(want) >= 0 {
			return candidate
		}
	}
	return last
}

func checkStreamlitOld(in *inspection) {
	if clauses := in.streamlitClauses(); len(clauses) > 0 && !AdmitsFrom(clauses, in.leastStreamlit()) {
		in.found(streamlitPath, "value", in.answers.Python.Streamlit, "least", in.leastStreamlit())
	}
}

func checkStreamlitLoose(in *inspection) {
	clauses := in.streamlitClauses()
	if len(clauses) > 0 && AdmitsFrom(clauses, in.leastStreamlit()) && admitsBelow(clauses, in.leastStreamlit()) {
		in.found(streamlitPath, "value", in.answers.Python.Streamlit, "least", in.leastStreamlit())
	}
}

// leastStreamlit returns the oldest version of Streamlit that the app can use.
func (in *inspection) leastStreamlit() string {
	if in.app.CallersRights() {
		return scaffold.MinCallersStreamlit
	}
	return in.facts.MinStreamlit
}

// streamlitClauses returns the clauses of the range in the answers, nil if there is none or it does
// not parse.
func (in *inspection) streamlitClauses() []pep508.Clause {
	s := in.answers.Python.Streamlit
	if s == "" || !in.anyStreamlit() || s == in.facts.DefaultStreamlit && !in.app.CallersRights() {
		return nil
	}
	clauses, err := pep508.ParseSpecifier(s)
	if err != nil {
		return nil
	}
	return clauses
}

// AdmitsFrom reports whether the clauses admit any version from least on. It only tries versions at
// and just above the bounds in the clauses, which is sufficient.
func AdmitsFrom(clauses []pep508.Clause, least string) bool {
	return slices.ContainsFunc(candidates(clauses, least), func(v string) bool {
		return pep508.AtLeast(v, least) && pep508.Admits(clauses, v)
	})
}

// admitsBelow reports whether the clauses admit any version below least.
func admitsBelow(clauses []pep508.Clause, least string) bool {
	return slices.ContainsFunc(append(candidates(clauses, "0"), below(least)), func(v string) bool {
		return !pep508.AtLeast(v, least) && pep508.Admits(clauses, v)
	})
}

// candidates returns each bound, the next version after it and the next minor version.
func candidates(clauses []pep508.Clause, least string) []string {
	all := make([]string, 0, 3+3*len(clauses))
	all = append(all, least, least+".1", nextMinor(least))
	for _, c := range clauses {
		v := strings.TrimSuffix(c.Version, ".*")
		all = append(all, v, v+".1", nextMinor(v))
	}
	return all
}

func nextMinor(version string) string {
	v, err := pep508.ParseVersion(version)
	if err != nil {
		return version
	}
	parts := strings.Split(v.Base(), ".")
	if len(parts) < 2 {
		parts = append(parts, "0")
	}
	minor, _ := strconv.Atoi(parts[1])
	return fmt.Sprintf("%s.%d", parts[0], minor+1)
}

// below returns a late version of the previous minor version: 1.49.9 for 1.50.
func below(version string) string {
	major, minor, _ := strings.Cut(version, ".")
	n, _ := strconv.Atoi(minor)
	return fmt.Sprintf("%s.%d.9", major, max(0, n-1))
}

// checkStreamlitPython reports a Streamlit that does not support the app's Python.
func checkStreamlitPython(in *inspection) {
	s, python := in.answers.Python.Streamlit, in.app.Python.Version
	if in.known && slices.Contains(in.facts.Streamlits, s) && slices.Contains(in.facts.Pythons, python) && !scaffold.RunsOn(s, python) {
		in.found(streamlitPath, "value", s, "python", python, "least", scaffold.MinPython(s), "newest", in.facts.Streamlit(python))
	}
}

// checkStreamlitSource reports a version of Streamlit in an app that cannot install it from a
// package index.
func checkStreamlitSource(in *inspection) {
	s := in.answers.Python.Streamlit
	if s != "" && s != in.facts.DefaultStreamlit && in.packageIndex() && in.app.Python.Source == scaffold.Preinstalled {
		in.found(streamlitPath, "value", s)
	}
}

func pythonRules() []Rule {
	return []Rule{
		{
			ID: "python-version", Severity: Error, Page: pageDependencies, check: checkPython,
		},
		{
			ID: "python-version-unknown", Severity: Warning, Page: pageDependencies, check: checkPythonUnknown,
		},
		{
			ID: "streamlit-form", Severity: Error, Page: pageVersions, check: checkStreamlitForm,
		},
		{
			ID: "streamlit-channel", Severity: Error, Page: pageDependencies, check: checkStreamlitChannel,
		},
		{
			ID: "streamlit-old", Severity: Error, Page: pageDependencies, check: checkStreamlitOld,
		},
		{
			ID: "streamlit-loose", Severity: Warning, Page: pageDependencies, check: checkStreamlitLoose,
		},
		{
			ID: "streamlit-python", Severity: Error, Page: "https://docs.streamlit.io/develop/quick-reference/release-notes/2025",
			check: checkStreamlitPython,
		},
		{
			ID: "streamlit-source", Severity: Error, Page: pageDependencies, check: checkStreamlitSource,
		},
	}
}
