package facts

import (
	"path"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/pep508"
)

// PackageList returns the file that lists an app's packages for a runtime, "" if there is none.
func PackageList(app *existing.App, runtime scaffold.Runtime) string {
	a := AppOf(app)
	a.Mu.Lock()
	defer a.Mu.Unlock()
	return a.Listing(Options{Runtime: runtime}.For(app)).File
}

// Listed returns the normalized PyPI names of the packages in an app's list for a runtime, without
// those that the runtime provides.
func Listed(app *existing.App, runtime scaffold.Runtime) []string {
	a := AppOf(app)
	a.Mu.Lock()
	defer a.Mu.Unlock()
	var names []string
	for _, name := range sortedNames(a.Listing(Options{Runtime: runtime}.For(app)).names) {
		if !baseModules()[strings.ReplaceAll(name, "-", "_")] && !strings.HasPrefix(name, "snowflake-") && name != PythonPackage {
			names = append(names, name)
		}
	}
	return names
}

// LockProblem returns the app's lock file and the requirements in the pyproject.toml beside it that
// the lock file does not satisfy, if any.
func LockProblem(app *existing.App) (lock string, lacks []string) {
	a := AppOf(app)
	a.Mu.Lock()
	defer a.Mu.Unlock()
	for _, dir := range a.SearchFolders() {
		p := a.PipManifestBeside(dir)
		if p == "" {
			continue
		}
		if path.Base(p) != scaffold.PyprojectFile {
			return "", nil
		}
		lock = path.Join(path.Dir(p), scaffold.LockFile)
		text, read := a.Files[lock]
		if !read {
			return "", nil
		}
		locked := map[string]string{}
		for _, l := range LockedVersions(text) {
			locked[pep508.NormalPackage(l.Name)] = l.Version
		}
		for _, k := range existing.TOMLKeys(a.Files[p]) {
			if k.Dotted() != ProjectDependencies {
				continue
			}
			items, _ := k.Value.([]any)
			for _, item := range items {
				text, _ := item.(string)
				r, err := pep508.ParseRequirement(text)
				if err != nil || r.Marker != "" {
					continue
				}
				version, is := locked[r.Normal]
				if !is || version != "" && len(r.Clauses) > 0 && !pep508.Admits(r.Clauses, version) {
					lacks = append(lacks, text)
				}
			}
		}
		return lock, lacks
	}
	return "", nil
}

// LockedVersion is a package of a lock file.
type LockedVersion struct{ Name, Version string }

// LockedVersions returns the packages in a uv.lock with their versions.
// https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile
func LockedVersions(text []byte) []LockedVersion {
	var list []LockedVersion
	in := false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "[[package]]":
			in = true
			list = append(list, LockedVersion{})
		case strings.HasPrefix(line, "["):
			in = false
		case in && strings.HasPrefix(line, "name = "):
			list[len(list)-1].Name = strings.Trim(strings.TrimPrefix(line, "name = "), `"`)
		case in && strings.HasPrefix(line, "version = "):
			list[len(list)-1].Version = strings.Trim(strings.TrimPrefix(line, "version = "), `"`)
		}
	}
	return list
}
