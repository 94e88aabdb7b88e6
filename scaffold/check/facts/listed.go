package facts

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/pep508"
)

// PackageListing is the set of packages that an app's files install.
type PackageListing struct {
	// File is the list that the runtime reads, or the other runtime's list if that is missing; ""
	// if there is none.
	File string
	// names are the normalized PyPI names of the packages, including dependencies of well-known
	// ones.
	names map[string]bool
	// partial reports whether the list refers to something that cannot be read here.
	partial bool
	// python are the clauses for the version of Python.
	python []pep508.Clause
}

// Listing returns the packages of an app. If the app's own list is missing, the other runtime's
// list counts: a separate finding reports that it is not read.
func (a *App) Listing(o Options) PackageListing {
	l := PackageListing{names: map[string]bool{}}
	own, other := a.containerList, a.condaList
	if !o.Facts().PackageIndex() {
		own, other = other, own
	}
	if !own(&l) {
		other(&l)
	}
	for _, name := range sortedNames(l.names) {
		l.bring(name)
	}
	return l
}

func sortedNames(names map[string]bool) []string {
	list := make([]string, 0, len(names))
	for name := range names {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// bring adds the dependencies of a package.
func (l *PackageListing) bring(name string) {
	for _, needed := range needsOfPackage()[name] {
		if !l.names[needed] {
			l.names[needed] = true
			l.bring(needed)
		}
	}
}

// add adds a package by its conda or PyPI name.
func (l *PackageListing) add(name string) {
	l.names[pep508.NormalPackage(name)] = true
	if pypi, _ := pep508.PyPIName(name); pypi != "" {
		bare, _, _ := strings.Cut(pypi, "[")
		l.names[pep508.NormalPackage(bare)] = true
	}
}

// condaList reads environment.yml and reports whether there is one.
func (a *App) condaList(l *PackageListing) bool {
	for _, name := range []string{scaffold.CondaFile, "environment.yaml"} {
		for _, p := range a.FindFiles(name) {
			text, read := a.Files[p]
			l.File, l.partial = p, !read
			dependencies, _ := existing.YAML(text).Get("dependencies")
			for _, item := range dependencies.Value.Items() {
				if pip, ok := item.Get("pip"); ok {
					for _, inner := range pip.Value.Items() {
						l.require(inner.Scalar())
					}
					continue
				}
				spec, err := pep508.ParseConda(item.Scalar())
				if err != nil {
					continue
				}
				if spec.Name == PythonPackage {
					specifier, _ := spec.Specifier()
					l.python, _ = pep508.ParseSpecifier(specifier)
				}
				l.add(spec.Name)
			}
			return true
		}
	}
	return false
}

// containerList reads the requirements.txt or pyproject.toml nearest to the main file, and the lock
// file beside it.
func (a *App) containerList(l *PackageListing) bool {
	for _, dir := range a.SearchFolders() {
		if p := a.PipManifestBeside(dir); p != "" {
			a.readList(l, p)
			return true
		}
	}
	for _, p := range a.FindFiles(scaffold.PyprojectFile) { // with a Poetry project only
		if a.readList(l, p); len(l.names) > 0 {
			return true
		}
		l.File = ""
	}
	return false
}

func (a *App) readList(l *PackageListing, p string) {
	text, read := a.Files[p]
	l.File, l.partial = p, !read
	if path.Base(p) != scaffold.PyprojectFile {
		a.readRequirements(l, p, map[string]bool{})
		return
	}
	for _, k := range existing.TOMLKeys(text) {
		key := k.Dotted()
		switch {
		case key == "project.requires-python":
			text, _ := k.Value.(string)
			l.python, _ = pep508.ParseSpecifier(text)
		case key == ProjectDependencies, strings.HasPrefix(key, "project.optional-dependencies."), strings.HasPrefix(key, "dependency-groups."):
			items, _ := k.Value.([]any)
			for _, item := range items {
				text, _ := item.(string)
				l.require(text)
			}
		case key == "project.dynamic":
			l.partial = true
		case strings.HasPrefix(key, "tool.poetry.") && len(k.Names) > 3 && k.Names[len(k.Names)-2] == "dependencies",
			len(k.Names) == 4 && strings.HasPrefix(key, "tool.poetry.dependencies."):
			l.add(k.Names[len(k.Names)-1])
		}
	}
	for _, name := range lockedPackages(a.Files[path.Join(path.Dir(p), scaffold.LockFile)]) {
		l.add(name)
	}
}

// readRequirements reads a requirements.txt and the files that it includes.
func (a *App) readRequirements(l *PackageListing, p string, seen map[string]bool) {
	if seen[p] {
		return
	}
	seen[p] = true
	text, read := a.Files[p]
	l.partial = l.partial || !read
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(strings.TrimPrefix(line, ByteOrderMark), " #")
		line = strings.TrimSuffix(strings.TrimSpace(line), "\\")
		if included, ok := strings.CutPrefix(line, "-r"); ok {
			a.readRequirements(l, path.Join(path.Dir(p), strings.TrimSpace(included)), seen)
			continue
		}
		line, _, _ = strings.Cut(line, " --")
		l.require(strings.TrimSpace(line))
	}
}

// require adds a requirement in pip's syntax. A wheel counts by its file name.
func (l *PackageListing) require(text string) {
	switch r, err := pep508.ParseRequirement(text); {
	case text == "" || text[0] == '#':
	case err == nil:
		l.add(r.Name)
		for _, extra := range r.Extras {
			l.add(extra) // modin for Snowpark, pandas for the connector
		}
	case strings.HasSuffix(text, ".whl"):
		name, _, _ := strings.Cut(path.Base(text), "-")
		l.add(name)
	case strings.HasPrefix(text, "-e"), strings.Contains(text, "/"), strings.HasPrefix(text, "."):
		l.partial = true
	}
}

// lockedPackages returns the names of the packages in a uv.lock.
// https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile
func lockedPackages(text []byte) []string {
	var names []string
	in := false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "[[package]]":
			in = true
		case strings.HasPrefix(line, "["):
			in = false
		case in && strings.HasPrefix(line, "name = "):
			names = append(names, strings.Trim(strings.TrimPrefix(line, "name = "), `"`))
		}
	}
	return names
}

// installs reports whether a listed package provides a module. If the modules of a package are
// unknown, a similar name is enough.
func (l PackageListing) installs(module string) bool {
	for name := module; name != ""; name = name[:max(0, strings.LastIndexByte(name, '.'))] {
		if l.names[pep508.NormalPackage(name)] {
			return true
		}
		for _, p := range packagesOfModule()[name] {
			if l.names[p] {
				return true
			}
		}
	}
	if len(PackagesOf(module)) > 0 {
		return false
	}
	for name := range l.names {
		if !explained(name) && alike(name, module) {
			return true
		}
	}
	return false
}

// explained reports whether the modules of a package are known.
func explained(name string) bool {
	_, differs := modulesOfPackage()[name]
	_, known := needsOfPackage()[name]
	return differs || known || baseModules()[strings.ReplaceAll(name, "-", "_")] || name == PythonPackage
}

// PackagesOf returns the packages known to provide a module.
func PackagesOf(module string) []string {
	for name := module; name != ""; name = name[:max(0, strings.LastIndexByte(name, '.'))] {
		if list := packagesOfModule()[name]; len(list) > 0 {
			return list
		}
	}
	return nil
}

// alike reports whether the name of a package starts or ends with that of a module, or vice versa:
// google-cloud-vision and google.cloud, foo-sdk and foo.
func alike(name, module string) bool {
	const least = 3
	letters := func(s string) string {
		return strings.NewReplacer("-", "", "_", "", ".", "").Replace(strings.ToLower(s))
	}
	first, _, _ := strings.Cut(module, ".")
	n, m := letters(name), letters(first)
	ends := func(long, short string) bool {
		return len(short) >= least && (strings.HasPrefix(long, short) || strings.HasSuffix(long, short))
	}
	return ends(n, m) || ends(m, n)
}

const (
	// PythonPackage is the name of Python in a list of packages.
	PythonPackage = "python"
)

// AdmitsPatch reports whether clauses admit a minor version of Python or one of its patch releases.
func AdmitsPatch(clauses []pep508.Clause, minor string) bool {
	const patches = 30
	if pep508.Admits(clauses, minor) {
		return true
	}
	for patch := range patches {
		if pep508.Admits(clauses, fmt.Sprintf("%s.%d", minor, patch)) {
			return true
		}
	}
	return false
}

// ProjectDependencies is the key in pyproject.toml that lists a project's packages.
const ProjectDependencies = "project.dependencies"
