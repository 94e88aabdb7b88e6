package check

import (
	"path"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/pep508"
	"sleet/scaffold/python"
	"sleet/ui/message"
)

// Import is a module that an app's code imports and that is not of Python's standard library or of the app.
type Import struct {
	// Module is the name as it is imported.
	Module string
	Path   string
	Line   int
	// Package is the package that is known to have the module, "" where none is.
	Package string
	// Missing says that nothing provides it; What and Fix are then why, and what to do.
	Missing bool
	What    message.Message
	Fix     message.Message
	// Runtime says that the runtime brings it.
	Runtime bool
}

// PackageList returns the file that lists an app's packages for a runtime, "" where there is none.
func PackageList(app *existing.App, runtime scaffold.Runtime) string {
	a := judged(app)
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.listing(Options{Runtime: runtime}.For(app)).file
}

// Listed returns the packages that an app's list names for a runtime beside what the runtime brings, in the
// normal form of PyPI.
func Listed(app *existing.App, runtime scaffold.Runtime) []string {
	a := judged(app)
	a.mu.Lock()
	defer a.mu.Unlock()
	var names []string
	for _, name := range sortedNames(a.listing(Options{Runtime: runtime}.For(app)).names) {
		if !baseModules()[strings.ReplaceAll(name, "-", "_")] && !strings.HasPrefix(name, "snowflake-") && name != pythonPackage {
			names = append(names, name)
		}
	}
	return names
}

// Imports returns the modules that an app's code imports from packages, each once, in the order of the source.
func Imports(app *existing.App, o Options) []Import {
	a := judged(app)
	missing := map[string]Finding{}
	for _, f := range Findings(app, Options{Runtime: o.Runtime, Streamlit: o.Streamlit, Select: []string{"SL117"}}) {
		if strings.HasSuffix(f.Path, ".py") {
			first, _, _ := strings.Cut(f.Symbol, ".")
			missing[first] = f
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	o = o.For(app)
	s := search{app: a, listing: a.listing(o), o: o, searched: a.changesPath(), seen: map[string]bool{}}
	seen := map[string]bool{}
	var list []Import
	for _, u := range a.codeUnits() {
		for _, n := range u.Nodes {
			for _, module := range importedNames(n) {
				first, _, _ := strings.Cut(module, ".")
				if first == "" || seen[first] || u.unreached(n) || u.importsOptionally(n) || standardModules()[first] || first == privateModule || s.owns(u, module) {
					continue
				}
				seen[first] = true
				i := Import{Module: module, Path: u.Path, Line: u.File.Position(n.Range().Start).Line, Runtime: provided(module)}
				if packages := packagesOf(module); len(packages) > 0 {
					i.Package = packages[0]
				}
				if f, is := missing[first]; is && !i.Runtime {
					i.Missing, i.What, i.Fix = true, f.Said, f.FixSaid
				}
				list = append(list, i)
			}
		}
	}
	return list
}

// importedNames are the modules that a statement imports, those relative to the file left out.
func importedNames(n python.Node) []string {
	switch n := n.(type) {
	case *python.Import:
		names := make([]string, 0, len(n.Names))
		for _, alias := range n.Names {
			names = append(names, alias.Name)
		}
		return names
	case *python.ImportFrom:
		if n.Level == 0 {
			return []string{n.Module}
		}
	}
	return nil
}

// LockProblem reports whether a lock file lacks packages that the list beside it names, and which: the lock
// does not match. An app without a lock file has no problem.
func LockProblem(app *existing.App) (lock string, lacks []string) {
	a := judged(app)
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, dir := range a.Folders() {
		p := a.PipManifestBeside(dir)
		if p == "" {
			continue
		}
		if path.Base(p) != existing.ProjectTOML {
			return "", nil
		}
		lock = path.Join(path.Dir(p), scaffold.LockFile)
		text, read := a.Files[lock]
		if !read {
			return "", nil
		}
		locked := map[string]string{}
		for _, l := range lockedVersions(text) {
			locked[pep508.NormalPackage(l.name)] = l.version
		}
		for _, k := range existing.TOMLKeys(a.Files[p]) {
			if k.Dotted() != projectDependencies {
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

// lockedVersion is a package of a lock file.
type lockedVersion struct{ name, version string }

// lockedVersions are the packages in a uv.lock with their versions.
// https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile
func lockedVersions(text []byte) []lockedVersion {
	var list []lockedVersion
	in := false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "[[package]]":
			in = true
			list = append(list, lockedVersion{})
		case strings.HasPrefix(line, "["):
			in = false
		case in && strings.HasPrefix(line, "name = "):
			list[len(list)-1].name = strings.Trim(strings.TrimPrefix(line, "name = "), `"`)
		case in && strings.HasPrefix(line, "version = "):
			list[len(list)-1].version = strings.Trim(strings.TrimPrefix(line, "version = "), `"`)
		}
	}
	return list
}
