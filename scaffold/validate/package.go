package validate

import (
	"net/url"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/pep508"
)

// packageAnswer is one entry of python.packages, parsed.
type packageAnswer struct {
	path, raw string
	req       pep508.Requirement
	err       error
}

func packageAnswers(packages []string) []packageAnswer {
	answers := make([]packageAnswer, len(packages))
	for i, raw := range packages {
		answers[i] = packageAnswer{path: item("python.packages", i), raw: raw}
		answers[i].req, answers[i].err = pep508.ParseRequirement(raw)
	}
	return answers
}

// checkPackages returns a check that reports the packages for which wrong returns true. It only
// checks apps for which where returns true.
func checkPackages(where func(*inspection) bool, wrong func(*inspection, packageAnswer) bool) func(*inspection) {
	return func(in *inspection) {
		if !where(in) {
			return
		}
		for _, p := range in.packages {
			if p.err == nil && wrong(in, p) {
				in.found(p.path, "value", p.raw, "name", p.req.Name, "version", p.req.Specifier, "marker", p.req.Marker,
					"extras", strings.Join(p.req.Extras, ", "), "host", p.host())
			}
		}
	}
}

// host returns the host of a requirement with a URL.
func (p packageAnswer) host() string {
	if u, err := url.Parse(strings.TrimPrefix(p.req.URL, "git+")); err == nil {
		return u.Host
	}
	return ""
}

func checkPackageForm(in *inspection) {
	for _, p := range in.packages {
		if p.err != nil {
			in.found(p.path, "value", p.raw, "why", reason(p.err))
		}
	}
}

// checkPackageList reports answers about packages that have no effect because the folder has its
// own list.
func checkPackageList(in *inspection) {
	if in.app.PackageFile() != scaffold.PipFile {
		return
	}
	if len(in.answers.Python.Packages) > 0 {
		in.found("python.packages", "answer", "python.packages", "list", scaffold.PipFile)
	}
	if in.answers.Python.Streamlit != "" {
		in.found(streamlitPath, "answer", streamlitPath, "list", scaffold.PipFile)
	}
}

func checkPackageDuplicate(in *inspection) {
	for i, p := range in.packages {
		for _, earlier := range in.packages[:i] {
			if p.err != nil || earlier.err != nil || p.req.Normal != earlier.req.Normal {
				continue
			}
			if p.req.Marker != "" && earlier.req.Marker != "" && p.req.Marker != earlier.req.Marker {
				continue // each applies in a different environment
			}
			in.found(p.path, "value", p.raw, "other", earlier.raw, "other_path", earlier.path)
			break
		}
	}
}

// ownField reports whether a package is set by a separate answer.
func ownField(_ *inspection, p packageAnswer) bool {
	return p.req.Normal == "python" || p.req.Normal == "streamlit" || p.req.Normal == "streamlit-nightly"
}

func hasExtras(in *inspection, p packageAnswer) bool {
	return len(p.req.Extras) > 0 && !ownField(in, p)
}

// condaRange reports whether conda cannot express the version: it has only =X and =X.*.
func condaRange(in *inspection, p packageAnswer) bool {
	if len(p.req.Clauses) == 0 || ownField(in, p) {
		return false
	}
	c := p.req.Clauses[0]
	return len(p.req.Clauses) > 1 || c.Op != "==" || strings.Contains(c.Version, "+")
}

// unreachable reports whether the app is not allowed to fetch a requirement's URL.
func unreachable(in *inspection, p packageAnswer) bool {
	if p.req.URL == "" {
		return false
	}
	if in.app.Python.Source != scaffold.PyPIIntegration {
		return true
	}
	for _, h := range in.hosts {
		if h.err == nil && h.host.Covers(p.host()) {
			return false
		}
	}
	return true
}

// checkTwins returns a check that reports packages from a package index if wrong returns true for their
// row in the table of names.
func checkTwins(wrong func(pep508.NameMapping) bool) func(*inspection) {
	return func(in *inspection) {
		if !in.packageIndex() {
			return
		}
		for _, p := range in.packages {
			if t, ok := pep508.NameMappingOf(p.req.Name); p.err == nil && ok && !ownField(in, p) && wrong(t) {
				in.found(p.path, "value", p.raw, "name", p.req.Name, "why", t.Reason(), "other", t.PyPI)
			}
		}
	}
}

func packageRules() []Rule {
	return []Rule{
		{
			ID: "package-form", Severity: Error, Page: pageRequirement, check: checkPackageForm,
		},
		{
			ID: "package-list", Severity: Warning, Page: pageDependencies, check: checkPackageList,
		},
		{
			ID: "package-duplicate", Severity: Error, Page: "https://packaging.python.org/en/latest/specifications/name-normalization/",
			check: checkPackageDuplicate,
		},
		{
			ID: "package-own-field", Severity: Error, Page: pageDependencies, check: checkPackages((*inspection).anyRuntime, ownField),
		},
		{
			ID: "package-source", Severity: Error, Page: pageDependencies,
			check: checkPackages((*inspection).packageIndex, func(in *inspection, p packageAnswer) bool {
				return in.app.Python.Source == scaffold.Preinstalled && !ownField(in, p)
			}),
		},
		{
			ID: "package-url-warehouse", Severity: Error, Page: pageDependencies,
			check: checkPackages((*inspection).condaChannel, func(_ *inspection, p packageAnswer) bool { return p.req.URL != "" }),
		},
		{
			ID: "package-extras-warehouse", Severity: Error, Page: pageDependencies, check: checkPackages((*inspection).condaChannel, hasExtras),
		},
		{
			ID: "package-marker-warehouse", Severity: Error, Page: pageDependencies,
			check: checkPackages((*inspection).condaChannel, func(_ *inspection, p packageAnswer) bool { return p.req.Marker != "" }),
		},
		{
			ID: "package-range-warehouse", Severity: Warning, Page: pageDependencies, check: checkPackages((*inspection).condaChannel, condaRange),
		},
		{
			ID: "package-conda-only", Severity: Error, Page: pageDependencies,
			check: checkTwins(func(t pep508.NameMapping) bool { return t.PyPI == "" && !t.NameTaken }),
		},
		{
			ID: "package-other-name", Severity: Warning, Page: pageDependencies,
			check: checkTwins(func(t pep508.NameMapping) bool { return t.PyPI != "" && t.NameTaken }),
		},
		{
			ID: "package-url", Severity: Warning, Page: pageDependencies, check: checkPackages((*inspection).packageIndex, unreachable),
		},
	}
}
