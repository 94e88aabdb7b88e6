package rules

import (
	"path"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/ui/message"
)

// sl201 returns the rule about package files that the runtime does not read.
func sl201() Rule {
	return Rule{
		ID: "SL201", Runtimes: everywhere(), Severity: facts.Warning, Automatic: true, Item: itemPackages,
		Page: pagePackages, Check: wrongManifest,
		Example: Example{
			Before: `## environment.yml
name: sales
channels:
  - snowflake
dependencies:
  - streamlit
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

// wrongManifest returns the findings of SL201: package lists that nothing reads.
func wrongManifest(a *facts.App, o facts.Options) []facts.Finding {
	if !o.Facts().PackageIndex() {
		return manifestsOfWarehouse(a)
	}
	var list []facts.Finding
	for _, p := range a.FindFiles(scaffold.CondaFile) {
		if a.BelongsToOtherEntity(p) {
			continue
		}
		what := message.New("finding.SL201.what.conda")
		if other := a.PipManifestBeside(path.Dir(p)); other != "" {
			what = message.New("finding.SL201.what.conda_too", "file", path.Base(other))
		}
		f := a.FileFinding(p, "", what)
		f.Fix = message.New("finding.SL201.fix.conda")
		f.Manual = a.Files[p] == nil // an unreadable file cannot be migrated
		list = append(list, f)
	}
	for _, p := range a.FindFiles(scaffold.PyprojectFile) {
		if beside := path.Join(path.Dir(p), scaffold.PipFile); a.ListsPackages(p) && a.HasFile(beside) {
			f := a.FileFinding(p, "", message.New("finding.SL201.what.project"))
			f.Fix, f.Manual = message.New("finding.SL201.fix.project"), true
			list = append(list, f)
		}
	}
	return append(list, unreadProjects(a)...)
}

// manifestsOfWarehouse returns the findings for lists that a warehouse app does not read.
func manifestsOfWarehouse(a *facts.App) []facts.Finding {
	var list []facts.Finding
	for _, name := range []string{scaffold.PyprojectFile, scaffold.PipFile} {
		for _, p := range a.FindFiles(name) {
			if name == scaffold.PyprojectFile && !a.ListsPackages(p) {
				continue
			}
			what := message.New("finding.SL201.what.pip", "file", name)
			if a.HasFile(a.RootPath(scaffold.CondaFile)) {
				what = message.New("finding.SL201.what.pip_too", "file", name)
			}
			f := a.FileFinding(p, "", what)
			f.Fix, f.Manual = message.New("finding.SL201.fix.pip", "file", name), true
			list = append(list, f)
		}
	}
	return list
}
