package upload

import (
	"path"

	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
)

// packageList returns the list of packages that a container reads, "" for none: the one nearest to the
// main file, and in one folder requirements.txt before pyproject.toml.
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

// hasProject reports whether a pyproject.toml lists packages: without [project] it only configures
// tools. One that cannot be read counts.
func hasProject(data []byte) bool {
	var file map[string]any
	if err := toml.Unmarshal(data, &file); err != nil {
		return true
	}
	_, ok := file["project"]
	return ok
}

// keepPackageList takes away the lists of packages that a container does not read beside the one that
// it reads, with their locks.
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
