package upload

import (
	"path"

	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
	"sleet/snowflake/safely"
)

// packageList returns the package list that a container reads, "" if there is none: the one nearest
// to the main file, and requirements.txt before pyproject.toml in the same folder.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func packageList(main string, files map[string][]byte) string {
	for _, dir := range scaffold.PackageFolders(main) {
		for _, name := range []string{scaffold.PipFile, scaffold.PyprojectFile} {
			file := path.Join(dir, name)
			if data, ok := files[file]; ok && (name == scaffold.PipFile || hasProject(data)) {
				return file
			}
		}
	}
	return ""
}

// hasProject reports whether a pyproject.toml lists packages. Without [project] it only configures
// tools. An invalid file counts as a list.
func hasProject(data []byte) bool {
	var file map[string]any
	if safely.CheckTOML(data) != nil || toml.Unmarshal(data, &file) != nil {
		return true
	}
	_, ok := file["project"]
	return ok
}

// keepPackageList removes the package lists that a container ignores, with their lock files.
func (up *Files) keepPackageList(app scaffold.Identity) {
	if scaffold.Facts(app.Runtime).PackageFile != scaffold.PyprojectFile {
		return
	}
	list := packageList(app.MainFile, up.Files)
	if list == "" {
		return
	}
	for file := range up.Files {
		lock := path.Base(list) == scaffold.PyprojectFile && file == path.Join(path.Dir(list), scaffold.LockFile)
		if ListsPackages(path.Base(file)) && file != list && !lock {
			delete(up.Files, file)
		}
	}
}
