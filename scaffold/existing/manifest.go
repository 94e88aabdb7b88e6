package existing

import (
	"path"
	"slices"

	"sleet/scaffold"
)

// SearchFolders returns the folders in which a runtime looks for the app's files: from that of the main file up to the
// root.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/file-organization
func (a *App) SearchFolders() []string {
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

// FindFiles returns the paths of the files with a name in the folders in which a runtime looks. A file that
// snowflake.yml uploads under that name is first.
func (a *App) FindFiles(name string) []string {
	var list []string
	if p := a.mapped[name]; p != "" && a.HasFile(p) && p != a.RootPath(name) {
		list = append(list, p)
	}
	for _, dir := range a.SearchFolders() {
		if p := path.Join(dir, name); a.HasFile(p) && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// UploadedElsewhere reports whether snowflake.yml uploads a file under another path.
func (a *App) UploadedElsewhere(p string) bool {
	for name, file := range a.mapped {
		if file == p && p != a.RootPath(name) {
			return true
		}
	}
	return false
}

// PipManifestBeside returns the package list that a container reads in a folder, "" if there is none.
func (a *App) PipManifestBeside(dir string) string {
	if p := path.Join(dir, scaffold.PipFile); a.HasFile(p) {
		return p
	}
	if p := path.Join(dir, scaffold.PyprojectFile); a.HasFile(p) && a.ListsPackages(p) {
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
