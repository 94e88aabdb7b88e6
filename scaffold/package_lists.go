package scaffold

import (
	"cmp"
	"path"
)

// UsesPackageIndex reports whether the runtime can take packages from a Python package index.
func UsesPackageIndex(a App) bool { return Facts(a.App.Runtime).PackageIndex() }

// PackageFolders are the folders that a container looks for a list of packages in, the first first:
// from that of the main file up to the root.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/file-organization
func PackageFolders(main string) []string {
	list := []string{path.Dir(main)}
	for dir := list[0]; dir != "." && dir != "/"; {
		dir = path.Dir(dir)
		list = append(list, dir)
	}
	return list
}

// PackageLists are the files that the app's runtime may take its packages from, by their paths.
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

// PackageFile returns the file that the app's packages are listed in: that of the runtime, or in a folder that has one
// already requirements.txt, which a container reads before pyproject.toml.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func (a App) PackageFile() string {
	file := Facts(cmp.Or(a.App.Runtime, Container)).PackageFile
	if file == PyprojectFile && a.PipList {
		return PipFile
	}
	return file
}

// LocksPackages reports whether uv.lock belongs to the app. A lock pins versions of a package index, so
// an app without an index has none: it takes the versions that the runtime brings.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func (a App) LocksPackages() bool {
	return a.PackageFile() == PyprojectFile && a.Python.Source != Preinstalled
}

// The packages that every app has.
const (
	StreamlitPackage = "streamlit"
	SnowparkPackage  = "snowflake-snowpark-python"
)
