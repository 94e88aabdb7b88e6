package scaffold

import (
	"cmp"
	"path"
)

// UsesPackageIndex reports whether the app's runtime can install packages from a Python package
// index.
func UsesPackageIndex(a App) bool { return Facts(a.App.Runtime).PackageIndex() }

// PackageFolders returns the folders where a container looks for a package list, in order: from the
// folder of the main file up to the root.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/file-organization
func PackageFolders(main string) []string {
	list := []string{path.Dir(main)}
	for dir := list[0]; dir != "." && dir != "/"; {
		dir = path.Dir(dir)
		list = append(list, dir)
	}
	return list
}

// PackageLists returns the paths of the files that the app's runtime may read packages from.
func (a App) PackageLists() []string {
	app := a.Resolve().App
	if Facts(app.Runtime).PackageFile != PyprojectFile {
		return []string{Facts(app.Runtime).PackageFile}
	}
	var list []string
	for _, dir := range PackageFolders(app.MainFile) {
		list = append(list, path.Join(dir, PipFile), path.Join(dir, PyprojectFile))
	}
	return list
}

// PackageFile returns the file that lists the app's packages. This is the runtime's file, or an
// existing requirements.txt, which a container prefers to pyproject.toml.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func (a App) PackageFile() string {
	file := Facts(cmp.Or(a.App.Runtime, Container)).PackageFile
	if file == PyprojectFile && a.PipList {
		return PipFile
	}
	return file
}

// LocksPackages reports whether the app has a uv.lock. A lock file pins versions from a package
// index. An app without an index has none: it uses the versions preinstalled in the runtime.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func (a App) LocksPackages() bool {
	return a.PackageFile() == PyprojectFile && a.Python.Source != Preinstalled
}

// The packages that every app has.
const (
	StreamlitPackage = "streamlit"
	SnowparkPackage  = "snowflake-snowpark-python"
)
