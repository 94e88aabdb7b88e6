package check

import (
	"path"
	"slices"

	"sleet/scaffold"
)

// The files that list packages.
const (
	condaManifest = "environment.yml"
	pipManifest   = "requirements.txt"
)

// folders are those that a runtime looks for the app's files in: from that of the main file up to the
// root.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/file-organization
func (a *App) folders() []string {
	var list []string
	for dir := a.MainDir(); ; dir = path.Dir(dir) {
		list = append(list, dir)
		if dir == a.Root || dir == "." || dir == "/" {
			break
		}
	}
	if !slices.Contains(list, a.Root) {
		list = append(list, a.Root)
	}
	return list
}

// inFolders gives the paths of a file by its name in the folders that a runtime looks in.
func (a *App) inFolders(name string) []string {
	var list []string
	for _, dir := range a.folders() {
		if p := path.Join(dir, name); a.Holds(p) {
			list = append(list, p)
		}
	}
	return list
}

// wrongManifest finds the files that list packages for nobody (SL201).
func wrongManifest(a *App, o Options) []Finding {
	if o.Runtime == scaffold.Warehouse {
		return a.manifestsOfWarehouse()
	}
	var list []Finding
	for _, p := range a.inFolders(condaManifest) {
		what := say("SL201.what.conda")
		if other := a.pipManifestBeside(path.Dir(p)); other != "" {
			what = say("SL201.what.conda_too", "file", path.Base(other))
		}
		f := a.inFile(p, "", what)
		f.FixSaid = say("SL201.fix.conda")
		f.manual = a.Files[p] == nil // nobody moves what cannot be read
		list = append(list, f)
	}
	for _, p := range a.inFolders(projectTOML) {
		if beside := path.Join(path.Dir(p), pipManifest); a.listsPackages(p) && a.Holds(beside) {
			f := a.inFile(p, "", say("SL201.what.project"))
			f.FixSaid, f.manual = say("SL201.fix.project"), true
			list = append(list, f)
		}
	}
	return list
}

// manifestsOfWarehouse finds the lists that a warehouse app does not read.
func (a *App) manifestsOfWarehouse() []Finding {
	var list []Finding
	for _, name := range []string{projectTOML, pipManifest} {
		for _, p := range a.inFolders(name) {
			if name == projectTOML && !a.listsPackages(p) {
				continue
			}
			what := say("SL201.what.pip", "file", name)
			if a.Holds(a.InRoot(condaManifest)) {
				what = say("SL201.what.pip_too", "file", name)
			}
			f := a.inFile(p, "", what)
			f.FixSaid, f.manual = say("SL201.fix.pip", "file", name), true
			list = append(list, f)
		}
	}
	return list
}

// pipManifestBeside is the file that a container reads in a folder, "" where there is none.
func (a *App) pipManifestBeside(dir string) string {
	if p := path.Join(dir, pipManifest); a.Holds(p) {
		return p
	}
	if p := path.Join(dir, projectTOML); a.Holds(p) && a.listsPackages(p) {
		return p
	}
	return ""
}

// listsPackages says whether a pyproject.toml has a project in it; without one it only configures
// tools. One that cannot be read counts.
func (a *App) listsPackages(p string) bool {
	text, read := a.Files[p]
	return !read || slices.ContainsFunc(tomlKeys(text), func(k tomlKey) bool { return k.names[0] == "project" })
}
