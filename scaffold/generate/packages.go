package generate

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/pep508"
)

// requirements returns the list that both package files are written from: the packages that the
// generated code imports, then those in the answers. A package is listed once for each marker.
// Entries that do not parse, which Problems reports, are skipped.
func requirements(a scaffold.App) []pep508.Requirement {
	list := ownRequirements(a)
	for _, text := range a.Python.Packages {
		r, err := pep508.ParseRequirement(text)
		if err != nil || r.Normal == "python" {
			continue
		}
		same := func(have pep508.Requirement) bool { return have.Normal == r.Normal && have.Marker == r.Marker }
		if i := slices.IndexFunc(list, same); i >= 0 {
			list[i] = joinRequirements(list[i], r)
			continue
		}
		list = append(list, r)
	}
	return list
}

// ownRequirements returns the packages that the generated code imports.
func ownRequirements(a scaffold.App) []pep508.Requirement {
	streamlit := pep508.Requirement{Name: scaffold.StreamlitPackage, Normal: scaffold.StreamlitPackage}
	if scaffold.UsesPackageIndex(a) {
		// The extra installs Snowpark and the connector.
		// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
		streamlit.Extras = []string{"snowflake"}
	}
	streamlit.Clauses = streamlitClauses(a)
	streamlit.Specifier = pep508.JoinClauses(streamlit.Clauses)
	list := []pep508.Requirement{streamlit}
	if !scaffold.UsesPackageIndex(a) {
		list = append(list, pep508.Requirement{Name: scaffold.SnowparkPackage, Normal: scaffold.SnowparkPackage})
	}
	if usesRequests(a) {
		list = append(list, pep508.Requirement{Name: "requests", Normal: "requests"})
	}
	return list
}

// streamlitClauses returns the clauses for the version or range of Streamlit. Without a package
// index the default has no range: one that excludes the preinstalled version would keep the app
// from starting.
func streamlitClauses(a scaffold.App) []pep508.Clause {
	facts := scaffold.Facts(a.App.Runtime)
	if scaffold.UsesPackageIndex(a) && a.Python.Source == scaffold.Preinstalled && a.Python.Streamlit == facts.DefaultStreamlit {
		return nil
	}
	text := a.Python.Streamlit
	if slices.Contains(facts.Streamlits, text) {
		text = "==" + text
	}
	clauses, err := pep508.ParseSpecifier(text)
	if err != nil {
		return nil // Problems reports it
	}
	return clauses
}

// usesRequests reports whether the generated code makes HTTP requests itself. In a warehouse,
// _snowflake makes those to Cortex.
func usesRequests(a scaffold.App) bool {
	return len(a.Network.Hosts) > 0 || a.App.Cortex != "" && scaffold.UsesPackageIndex(a)
}

// joinRequirements joins two requirements for the same package into one that satisfies both, with
// the marker of the second.
func joinRequirements(a, b pep508.Requirement) pep508.Requirement {
	for _, extra := range b.Extras {
		if !slices.Contains(a.Extras, extra) {
			a.Extras = append(slices.Clip(a.Extras), extra)
		}
	}
	for _, clause := range b.Clauses {
		if !slices.Contains(a.Clauses, clause) {
			a.Clauses = append(slices.Clip(a.Clauses), clause)
		}
	}
	a.Specifier = pep508.JoinClauses(a.Clauses)
	if b.URL != "" {
		a.URL, a.Clauses, a.Specifier = b.URL, nil, ""
	}
	a.Marker = b.Marker
	return a
}

// pypiText returns a requirement for pyproject.toml. A name that only conda has becomes the PyPI
// name.
func pypiText(r pep508.Requirement) string {
	if t, ok := pep508.NameMappingOf(r.Name); ok && t.PyPI != "" && !t.NameTaken {
		if on, err := pep508.ParseRequirement(t.PyPI); err == nil {
			r = joinRequirements(on, r)
		}
	}
	return r.String()
}

// condaText returns a requirement for environment.yml: the conda name, and the version if one of
// the two forms that Snowflake accepts can express it: =X and =X.*.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func condaText(r pep508.Requirement) string {
	name := pep508.CondaName(r.Name)
	if len(r.Clauses) != 1 {
		return name
	}
	if c := r.Clauses[0]; c.Op == "==" && !strings.Contains(c.Version, "+") {
		return name + "=" + c.Version
	}
	return name
}
