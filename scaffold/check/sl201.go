package check

import (
	"path"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// The files that list packages.
const (
	condaManifest = existing.CondaManifest
	pipManifest   = existing.PipManifest
	projectTOML   = existing.ProjectTOML
)

// sl201 is the rule about package file that the runtime does not read.
func sl201() Rule {
	return Rule{
		ID: "SL201", Runtimes: everywhere(), Severity: Warning, Automatic: true, Item: itemPackages,
		Page: pagePackages, check: wrongManifest,
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

// wrongManifest finds the files that list packages for nobody (SL201).
func wrongManifest(a *App, o Options) []Finding {
	if o.Runtime == scaffold.Warehouse {
		return a.manifestsOfWarehouse()
	}
	var list []Finding
	for _, p := range a.InFolders(condaManifest) {
		what := message.New("finding.SL201.what.conda")
		if other := a.PipManifestBeside(path.Dir(p)); other != "" {
			what = message.New("finding.SL201.what.conda_too", "file", path.Base(other))
		}
		f := a.inFile(p, "", what)
		f.FixSaid = message.New("finding.SL201.fix.conda")
		f.manual = a.Files[p] == nil // nobody moves what cannot be read
		list = append(list, f)
	}
	for _, p := range a.InFolders(projectTOML) {
		if beside := path.Join(path.Dir(p), pipManifest); a.ListsPackages(p) && a.Holds(beside) {
			f := a.inFile(p, "", message.New("finding.SL201.what.project"))
			f.FixSaid, f.manual = message.New("finding.SL201.fix.project"), true
			list = append(list, f)
		}
	}
	return append(list, a.unreadProjects()...)
}

// manifestsOfWarehouse finds the lists that a warehouse app does not read.
func (a *App) manifestsOfWarehouse() []Finding {
	var list []Finding
	for _, name := range []string{projectTOML, pipManifest} {
		for _, p := range a.InFolders(name) {
			if name == projectTOML && !a.ListsPackages(p) {
				continue
			}
			what := message.New("finding.SL201.what.pip", "file", name)
			if a.Holds(a.InRoot(condaManifest)) {
				what = message.New("finding.SL201.what.pip_too", "file", name)
			}
			f := a.inFile(p, "", what)
			f.FixSaid, f.manual = message.New("finding.SL201.fix.pip", "file", name), true
			list = append(list, f)
		}
	}
	return list
}
