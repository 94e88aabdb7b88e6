package existing

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/upload"
)

// Sources returns the app's files that must be on the stage for it to run as it does here, in order: its code, its
// package list, its options, and the files that the code names. Secrets of a developer's machine are not included.
func (a *App) Sources(runtime scaffold.Runtime) []string {
	list := slices.DeleteFunc(a.Code(), func(p string) bool { return !a.Uploads(p) })
	for _, p := range a.namedFiles() {
		if a.mayUpload(p) {
			list = append(list, p)
		}
	}
	if a.Main != "" && a.HasFile(a.Main) {
		list = append(list, a.Main)
	}
	list = append(list, a.manifest(runtime)...)
	list = append(list, a.FindFiles(path.Join(scaffold.StreamlitDir, "config.toml"))...)
	slices.Sort(list)
	return slices.Compact(list)
}

// Uploads reports whether a file belongs to the app itself, not to its tests or build tools.
func (a *App) Uploads(p string) bool {
	if name := path.Base(p); strings.HasPrefix(name, "test_") || name == "conftest.py" {
		return false
	}
	rest := strings.TrimPrefix(p, a.Root+"/")
	return !Inside(a.Root, p) || upload.Uploads(scaffold.App{}, rest)
}

// mayUpload reports whether a file that the code names belongs to the app.
func (a *App) mayUpload(p string) bool {
	if !Inside(a.Root, p) {
		return true
	}
	return upload.UploadsIfNamed(scaffold.App{}, strings.TrimPrefix(p, a.Root+"/"))
}

// manifest returns the file from which a runtime reads the app's packages, with its lock file.
func (a *App) manifest(runtime scaffold.Runtime) []string {
	if !scaffold.Facts(runtime).PackageIndex() {
		return a.FindFiles(scaffold.CondaFile)
	}
	for _, dir := range a.SearchFolders() {
		p := a.PipManifestBeside(dir)
		if p == "" {
			continue
		}
		if lock := path.Join(dir, scaffold.LockFile); path.Base(p) == scaffold.PyprojectFile && a.HasFile(lock) {
			return []string{p, lock}
		}
		return []string{p}
	}
	return nil
}

// namedFiles returns the files that a string in the app's code names, relative to the root, the main file's folder or
// the file's own folder.
func (a *App) namedFiles() []string {
	held := map[string]bool{}
	for _, p := range a.Paths {
		held[p] = true
	}
	var list []string
	for _, u := range a.CodeUnits() {
		for _, n := range u.Nodes {
			c, is := n.(*ast.Constant)
			if !is || c.Sort != ast.Str || !strings.Contains(c.Value, ".") || strings.ContainsAny(c.Value, "\n\\") {
				continue
			}
			for _, dir := range []string{a.Root, a.MainDir(), path.Dir(u.Path)} {
				if p := path.Join(dir, c.Value); held[p] && Inside(a.Root, p) {
					list = append(list, p)
				}
			}
		}
	}
	return list
}

// Inside reports whether a path is in a folder or below it.
func Inside(dir, p string) bool { return dir == "." || strings.HasPrefix(p, dir+"/") }
