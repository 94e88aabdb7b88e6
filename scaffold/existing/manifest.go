package existing

import (
	"path"
	"slices"
)

// The files that list packages.
const (
	// The warehouse reads CondaManifest, the container PipManifest and ProjectTOML.
	CondaManifest = "environment.yml"
	PipManifest   = "requirements.txt"
	ProjectTOML   = "pyproject.toml"
)

// Folders returns the folders in which a runtime looks for the app's files: from that of the main file up to the root.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/file-organization
func (a *App) Folders() []string {
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

// InFolders returns the paths of the files with a name in the folders in which a runtime looks. A file that
// snowflake.yml uploads under that name is first.
func (a *App) InFolders(name string) []string {
	var list []string
	if p := a.mapped[name]; p != "" && a.Holds(p) && p != a.InRoot(name) {
		list = append(list, p)
	}
	for _, dir := range a.Folders() {
		if p := path.Join(dir, name); a.Holds(p) && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// Maps reports whether snowflake.yml uploads a file under another path.
func (a *App) Maps(p string) bool {
	for name, file := range a.mapped {
		if file == p && p != a.InRoot(name) {
			return true
		}
	}
	return false
}

// PipManifestBeside returns the package list that a container reads in a folder, "" if there is none.
func (a *App) PipManifestBeside(dir string) string {
	if p := path.Join(dir, PipManifest); a.Holds(p) {
		return p
	}
	if p := path.Join(dir, ProjectTOML); a.Holds(p) && a.ListsPackages(p) {
		return p
	}
	return ""
}

// ListsPackages reports whether a pyproject.toml has a [project] table; without one it only configures tools. A file
// that cannot be read counts.
func (a *App) ListsPackages(p string) bool {
	text, read := a.Files[p]
	return !read || slices.ContainsFunc(TOMLKeys(text), func(k TOMLKey) bool { return k.Names[0] == "project" })
}
