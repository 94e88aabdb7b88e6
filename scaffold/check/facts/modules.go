package facts

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold/existing"
	"sleet/scaffold/pep508"
	"sleet/scaffold/python"
	"sleet/scaffold/python/ast"
)

// Search is where to search for the modules of an app.
type Search struct {
	App     *App
	Listing PackageListing
	O       Options
	// Searched reports whether the app changes sys.path, so that a module may be in any of its
	// folders.
	Searched bool
	// Seen are the missing modules already reported, for each file.
	Seen map[string]bool
}

// ChangesPath reports whether any code of the app changes the folders that Python searches.
func (a *App) ChangesPath() bool {
	return slices.ContainsFunc(a.CodeFiles(), func(u *Unit) bool {
		text := string(u.File.Text)
		return strings.Contains(text, "sys.path") || strings.Contains(text, "addsitedir")
	})
}

// ImportsOptionally reports whether the code handles a failed import.
func (u *Unit) ImportsOptionally(n ast.Node) bool {
	return slices.ContainsFunc(u.File.EnclosingTries(n), func(place python.TryPlace) bool {
		return place.Part == python.TryBody && u.Scopes.CatchesImportError(place.Try)
	})
}

// Satisfied reports whether the app, its packages or the runtime provides a module.
func (s Search) Satisfied(u *Unit, module string) bool {
	if s.HasModule(u, module) {
		return true
	}
	if strings.HasPrefix(module, ".") {
		return u.App.IsScript(u.Path) // a script has no parent package; that is a different error
	}
	first, _, _ := strings.Cut(module, ".")
	switch {
	case first == SnowflakeModule: // SL103 reports it
		return true
	case StandardModules()[first]:
		return first != "tomllib" || pep508.AtLeast(s.O.Facts().Pythons[0], "3.11") || s.hasTOML()
	case RuntimeProvides(module):
		return true
	}
	return s.Listing.partial || s.Listing.installs(module) || s.imports(first)
}

// RuntimeProvides reports whether the runtimes provide a module.
func RuntimeProvides(module string) bool {
	for name := module; name != ""; name = name[:max(0, strings.LastIndexByte(name, '.'))] {
		if baseModules()[name] {
			return true
		}
	}
	return module == "snowflake" || module == "google"
}

// hasTOML reports whether the Python in the package list has tomllib, which is new in 3.11.
func (s Search) hasTOML() bool {
	return len(s.Listing.python) == 0 || AdmitsPatch(s.Listing.python, "3.11")
}

// HasModule reports whether an uploaded file of the app provides a module.
func (s Search) HasModule(u *Unit, module string) bool {
	a := s.App
	if p, _ := a.ModuleOf(u.Path, module); p != "" {
		return s.uploaded(p)
	}
	rest := strings.TrimLeft(module, ".")
	dirs := []string{a.Root, a.MainDir(), path.Dir(u.Path)}
	if dots := len(module) - len(rest); dots > 0 {
		dir := path.Dir(u.Path)
		for range dots - 1 {
			dir = path.Dir(dir)
		}
		dirs = []string{dir}
	}
	first, _, _ := strings.Cut(rest, ".")
	return slices.ContainsFunc(a.Paths, func(p string) bool {
		if !strings.HasSuffix(p, ".py") || !existing.Inside(a.Root, p) {
			return false
		}
		if s.Searched && len(rest) == len(module) {
			return strings.HasSuffix("/"+p, "/"+first+".py") || strings.Contains("/"+p, "/"+first+"/")
		}
		return slices.ContainsFunc(dirs, func(dir string) bool {
			full := path.Join(dir, strings.ReplaceAll(rest, ".", "/"))
			return p == full+".py" || strings.HasPrefix(p, full+"/")
		})
	})
}

// uploaded reports whether a file of the folder is in the app's source, or uploaded because of
// snowflake.yml.
func (s Search) uploaded(p string) bool {
	if existing.Inside(s.App.Root, p) {
		return true
	}
	for file, project := range s.App.Projects {
		for _, entity := range s.App.Entities(file, existing.YAML(project.Text)) {
			for _, pattern := range ArtifactSources(entity) {
				if rest, ok := strings.CutPrefix("/"+p, strings.TrimSuffix("/"+path.Dir(file), "/.")+"/"); ok && Covers(pattern, rest) {
					return true
				}
			}
		}
	}
	return false
}

// OutsideFile returns the file that provides a module but is not uploaded, because it is outside of
// the app's source or behind a link; "" if there is none.
func (s Search) OutsideFile(u *Unit, module string) string {
	if p, _ := s.App.ModuleOf(u.Path, module); p != "" {
		return p
	}
	first, _, _ := strings.Cut(strings.TrimLeft(module, "."), ".")
	for _, link := range s.App.Links {
		if path.Base(link) == first || path.Base(link) == first+".py" {
			return link
		}
	}
	for _, p := range s.App.Around {
		if (p == first+".py" || strings.HasSuffix(p, "/"+first+".py") || strings.HasSuffix("/"+p, "/"+first+"/__init__.py")) && !existing.Inside(s.App.Root, p) {
			return p
		}
	}
	return ""
}

// imports reports whether the IMPORTS of a warehouse app provide a module.
// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit
func (s Search) imports(module string) bool {
	if s.O.Facts().RejectsClause("IMPORTS") {
		return false
	}
	for _, o := range s.App.SQLObjects() {
		for _, t := range o.Properties["IMPORTS"].Value {
			name := path.Base(t.Text)
			if o.Kind == KindStreamlit && (name == module+".py" || path.Ext(name) == ".zip") {
				return true
			}
		}
	}
	for file, project := range s.App.Projects {
		for _, entity := range s.App.Entities(file, existing.YAML(project.Text)) {
			imports, _ := entity.Value.Get("imports")
			for _, item := range imports.Value.Items() {
				if name := path.Base(item.Scalar()); name == module+".py" || path.Ext(name) == ".zip" {
					return true
				}
			}
		}
	}
	return false
}
