package rules

import (
	"slices"
	"strconv"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/pep508"
	"sleet/scaffold/validate"
	"sleet/ui/message"
)

const (
	streamlitPackage = "streamlit"
)

// sl202 returns the rule about packages that the runtime cannot install as written.
func sl202() Rule {
	return Rule{
		ID: "SL202", Runtimes: everywhere(), Severity: facts.Warning, Automatic: true, Item: itemPackages,
		Page: pagePackages, Check: wrongPackage,
		Example: Example{
			Before: `## pyproject.toml
[project]
name = "sales"
version = "0.1.0"
requires-python = "==3.11.*"
dependencies = ["streamlit==1.40.0"]
`,
			After: `## pyproject.toml
[project]
name = "sales"
version = "0.1.0"
requires-python = "==3.11.*"
dependencies = ["streamlit>=1.50"]
`,
		},
	}
}

// wrongPackage returns the findings of SL202: packages that a runtime cannot install as written.
func wrongPackage(a *facts.App, o facts.Options) []facts.Finding {
	var list []facts.Finding
	if !o.Facts().PackageIndex() {
		for _, p := range a.FindFiles(scaffold.CondaFile) {
			list = append(list, channelPackages(a, p)...)
		}
		return list
	}
	for _, p := range a.FindFiles(scaffold.CondaFile) {
		if !a.BelongsToOtherEntity(p) {
			list = append(list, condaPackages(a, p)...)
		}
	}
	for _, p := range a.FindFiles(scaffold.PyprojectFile) {
		list = append(list, projectPackages(a, p)...)
	}
	for _, p := range a.FindFiles(scaffold.PipFile) {
		list = append(list, pipPackages(a, p)...)
	}
	return list
}

// condaPackages checks environment.yml for a container.
func condaPackages(a *facts.App, p string) []facts.Finding {
	var list []facts.Finding
	dependencies, _ := existing.YAML(a.Files[p]).Get("dependencies")
	for _, item := range dependencies.Value.Items() {
		if pip, ok := item.Get("pip"); ok {
			for _, inner := range pip.Value.Items() {
				start, end := inner.Span()
				list = append(list, requirement(a, p, start, end, inner.Scalar())...)
			}
			continue
		}
		text := item.Scalar()
		if text == "" {
			continue
		}
		start, end := item.Span()
		if f, found := condaFault(text); found {
			placed := a.TextFinding(p, start, end, f.Symbol, f.Message)
			placed.Fix, placed.Manual = f.Fix, f.Manual
			list = append(list, placed)
		}
	}
	return list
}

// condaFault returns what is wrong with a conda dependency in a container.
func condaFault(text string) (facts.Finding, bool) {
	spec, err := pep508.ParseConda(text)
	if err != nil {
		return facts.Finding{
			Symbol: text, Message: message.New("finding.SL202.what.unreadable_conda", "why", innermostMessage(err)), Fix: message.New("finding.SL202.fix.unreadable_conda"), Manual: true,
		}, true
	}
	specifier, sayable := spec.Specifier()
	clauses, _ := pep508.ParseSpecifier(specifier)
	normal := pep508.NormalPackage(spec.Name)
	if normal == facts.PythonPackage {
		return pythonFault(text, clauses)
	}
	name, why := pep508.PyPIName(spec.Name)
	bare, _, _ := strings.Cut(name, "[")
	switch floor, has := scaffold.MinimumVersionOf(normal); {
	case normal == "pip":
		return facts.Finding{}, false
	case name == "":
		return facts.Finding{
			Symbol: spec.Name, Message: message.New("finding.SL202.what.none", "package", spec.Name, "why", why), Fix: message.New("finding.SL202.fix.none"),
		}, true
	case pep508.NormalPackage(bare) != normal:
		what := message.New("finding.SL202.what.named", "package", spec.Name, "name", name)
		if !why.IsZero() {
			what = message.New("finding.SL202.what.named_why", "package", spec.Name, "name", name, "why", why)
		}
		return facts.Finding{Symbol: spec.Name, Message: what, Fix: message.New("finding.SL202.fix.named", "name", name)}, true
	case has && len(clauses) > 0 && !validate.AdmitsFrom(clauses, floor.Version):
		return floorFault(spec.Name, text, floor), true
	case !sayable:
		return facts.Finding{
			Symbol: spec.Name, Message: message.New("finding.SL202.what.versions", "requirement", text),
			Fix: message.New("finding.SL202.fix.versions"), Manual: true,
		}, true
	}
	return facts.Finding{}, false
}

// pythonFault returns the finding for versions that exclude the Python of a container.
func pythonFault(text string, clauses []pep508.Clause) (facts.Finding, bool) {
	pythons := scaffold.Facts(scaffold.Container).Pythons
	if len(clauses) == 0 || slices.ContainsFunc(pythons, func(v string) bool { return facts.AdmitsPatch(clauses, v) }) {
		return facts.Finding{}, false
	}
	return facts.Finding{
		Symbol: facts.PythonPackage, Message: message.New("finding.SL202.what.python", "requirement", text, "versions", strings.Join(pythons, ", ")),
		Fix: message.New("finding.SL202.fix.python", "version", pythons[len(pythons)-1]),
	}, true
}

func floorFault(name, text string, floor scaffold.MinimumVersion) facts.Finding {
	return facts.Finding{
		Symbol:  name,
		Message: message.New("finding.SL202.what.floor", "requirement", text, "version", floor.Version, "why", message.New(floor.Why)),
		Fix:     message.New("finding.SL202.fix.floor", "version", floor.Version),
	}
}

// projectPackages checks pyproject.toml for a container.
func projectPackages(a *facts.App, p string) []facts.Finding {
	var list []facts.Finding
	for _, k := range existing.TOMLKeys(a.Files[p]) {
		switch k.Dotted() {
		case "project.requires-python":
			text, _ := k.Value.(string)
			clauses, err := pep508.ParseSpecifier(text)
			if err != nil {
				continue // uv reports it
			}
			if f, found := pythonFault("requires-python = "+text, clauses); found {
				start, end := valueSpan(a.Files[p], k.End, text)
				placed := a.TextFinding(p, start, end, f.Symbol, f.Message)
				placed.Fix = f.Fix
				list = append(list, placed)
			}
		case facts.ProjectDependencies:
			items, _ := k.Value.([]any)
			at := k.End
			for _, item := range items {
				text, _ := item.(string)
				start, end := valueSpan(a.Files[p], at, text)
				at = end
				list = append(list, requirement(a, p, start, end, text)...)
			}
		}
	}
	return list
}

// valueSpan returns the range of a value after an offset, or the rest of the line if it is written
// with escapes.
func valueSpan(text []byte, from int, value string) (start, end int) {
	if i := strings.Index(string(text[from:]), value); i >= 0 {
		return from + i, from + i + len(value)
	}
	end = from
	for end < len(text) && text[end] != '\n' {
		end++
	}
	return from, end
}

// pipPackages checks requirements.txt for a container.
func pipPackages(a *facts.App, p string) []facts.Finding {
	var list []facts.Finding
	at := 0
	for line := range strings.Lines(string(a.Files[p])) {
		start := at
		at += len(line)
		text, _, _ := strings.Cut(strings.TrimPrefix(line, facts.ByteOrderMark), " #")
		text = strings.TrimSuffix(strings.TrimSpace(text), "\\")
		text, _, _ = strings.Cut(text, " --")
		text = strings.TrimSpace(text)
		if text == "" || !isName(text[0]) || strings.Contains(text, "://") || strings.ContainsAny(text, "/\\$") {
			continue // a comment, an option, a URL, a path or a variable
		}
		start += strings.Index(line, text)
		list = append(list, requirement(a, p, start, start+len(text), text)...)
	}
	return list
}

func isName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// firstName returns the name at the start of text, or all of text if there is none.
func firstName(text string) string {
	i := 0
	for i < len(text) && (isName(text[i]) || strings.IndexByte("-_.", text[i]) >= 0) {
		i++
	}
	if i == 0 {
		return text
	}
	return text[:i]
}

// requirement checks one requirement in pip's syntax for a container.
func requirement(a *facts.App, p string, start, end int, text string) []facts.Finding {
	r, err := pep508.ParseRequirement(text)
	if err != nil {
		f := a.TextFinding(p, start, end, firstName(text), message.New("finding.SL202.what.unreadable", "requirement", strconv.Quote(text), "why", innermostMessage(err)))
		f.Fix, f.Manual = message.New("finding.SL202.fix.unreadable"), true
		return []facts.Finding{f}
	}
	name, why := pep508.PyPIName(r.Name)
	floor, has := scaffold.MinimumVersionOf(r.Normal)
	switch {
	case pep508.IsOnlyConda(r.Name):
		f := a.TextFinding(p, start, end, r.Name, message.New("finding.SL202.what.none", "package", r.Name, "why", why))
		f.Fix, f.Manual = message.New("finding.SL202.fix.none"), true
		if name != "" {
			f.Message, f.Fix = message.New("finding.SL202.what.conda_name", "package", r.Name, "name", name), message.New("finding.SL202.fix.conda_name", "name", name)
		}
		return []facts.Finding{f}
	case has && r.Marker == "" && len(r.Clauses) > 0 && !validate.AdmitsFrom(r.Clauses, floor.Version):
		fault := floorFault(r.Name, text, floor)
		f := a.TextFinding(p, start, end, fault.Symbol, fault.Message)
		f.Fix = fault.Fix
		return []facts.Finding{f}
	}
	return nil
}
