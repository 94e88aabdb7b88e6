package existing

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/credential"
	"sleet/scaffold/python"
)

// apps finds the apps of the folder: those that a file declares, those with a main file of the default name, and, if
// there are neither, the folders of files that use Streamlit.
func (r *reading) apps() []*App {
	found := map[string]*App{}
	for _, d := range r.declared() {
		r.claim(found, d)
	}
	r.usual(found)
	r.users(found)
	list := slices.SortedFunc(maps.Values(found), func(a, b *App) int { return cmp.Compare(a.Root, b.Root) })
	r.share(list)
	for _, app := range list {
		app.findMain()
		app.units, app.found = nil, nil // what names refer to depends on the folder of the main file
		app.findCode()
	}
	r.analyse(r.sources) // files that belong to no app
	return list
}

// declared returns the apps that files declare, those of sleet.toml first because it takes precedence.
func (r *reading) declared() []declared {
	var answers, projects, statements []declared
	for _, p := range r.paths {
		switch name := path.Base(p); {
		case r.files[p] == nil:
		case name == scaffold.AnswersFile:
			answers = append(answers, r.fromAnswers(p)...)
		case name == scaffold.ProjectYML || name == "snowflake.yaml":
			projects = append(projects, r.fromProject(p)...)
		case strings.HasSuffix(strings.ToLower(name), ".sql"):
			statements = append(statements, r.fromSQL(p)...)
		}
	}
	return slices.Concat(answers, projects, statements)
}

// claim adds a declared app, or adds new information to the app with the same main file or root.
func (r *reading) claim(found map[string]*App, d declared) {
	app := found[d.root]
	for _, other := range found {
		if slices.Contains(other.Mains, d.main) {
			app = other
		}
	}
	if app == nil {
		app = &App{Root: d.root, Projects: map[string]Project{}}
		found[d.root] = app
	}
	if d.project != "" {
		of := app.Projects[d.project]
		app.Projects[d.project] = Project{r.files[d.project], append(of.Entities, d.entity)}
	}
	if !slices.Contains(app.Mains, d.main) {
		app.Mains = append(app.Mains, d.main)
	}
	app.Main = cmp.Or(app.Main, d.main)
	app.named = app.named || d.named
	if app.mapped == nil {
		app.mapped = d.mapped
	}
	app.Runtime = cmp.Or(app.Runtime, d.runtime)
	if app.Answers == nil {
		app.Answers = d.answers
	}
}

// usual adds apps for files with the default name that belong to no app. Below the root of a declared app whose main
// file is missing, such a file becomes its main file.
func (r *reading) usual(found map[string]*App) {
	for _, p := range r.paths {
		if path.Base(p) != scaffold.DefaultMainFile || ownedMain(found, p) {
			continue
		}
		if owner := deepest(found, p); owner != nil && !slices.ContainsFunc(owner.Mains, func(m string) bool { return slices.Contains(r.paths, m) }) {
			owner.Main, owner.Mains = p, []string{p}
			continue
		}
		r.claim(found, declared{root: path.Dir(p), main: p})
	}
}

func ownedMain(found map[string]*App, p string) bool {
	for _, app := range found {
		if slices.Contains(app.Mains, p) {
			return true
		}
	}
	return false
}

// users adds apps for the topmost folders of files that use Streamlit and belong to no app. A folder named pages
// belongs to its parent.
func (r *reading) users(found map[string]*App) {
	var roots []string
	whole := &App{Root: ".", sources: r.sources, folder: r}
	var free []*source
	for _, p := range r.paths {
		if s := r.sources[p]; s != nil && deepest(found, p) == nil {
			free = append(free, s)
		}
	}
	if len(free) == 0 {
		return
	}
	r.analyse(r.sources) // a file may borrow from a file of an app
	near := interesting(r.sources)
	free = slices.DeleteFunc(free, func(s *source) bool {
		return s.error() != nil || !s.uses && !(near[s.path] && whole.borrowsStreamlit(s.path))
	})
	// If there is a script, a file that only defines things is a module.
	script := func(s *source) bool { return s.acts || path.Base(path.Dir(s.path)) == "pages" }
	if len(found) > 0 || slices.ContainsFunc(free, script) {
		free = slices.DeleteFunc(free, func(s *source) bool { return !script(s) })
	}
	for _, s := range free {
		root := path.Dir(s.path)
		if path.Base(root) == "pages" {
			root = path.Dir(root)
		}
		roots = append(roots, root)
	}
	slices.SortFunc(roots, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(parts(a)), len(parts(b))), cmp.Compare(a, b))
	})
	for _, root := range roots {
		if deepest(found, root+"/x") == nil {
			found[root] = &App{Root: root}
		}
	}
}

// deepest returns the app with the deepest root that contains a path, or nil.
func deepest(found map[string]*App, p string) *App {
	for dir := path.Dir(path.Clean(p)); ; dir = path.Dir(dir) {
		if app := found[dir]; app != nil || dir == "." {
			return app
		}
	}
}

// share assigns each file to one app: the app that contains it, otherwise the nearest app that imports it, otherwise
// the nearest app.
func (r *reading) share(apps []*App) {
	byRoot := map[string]*App{}
	for _, app := range apps {
		app.Files, app.Python, app.sources, app.folder = map[string][]byte{}, map[string]*python.File{}, map[string]*source{}, r
		byRoot[app.Root] = app
	}
	imports := make(map[*App]map[string]bool, len(apps))
	var loose []string
	for _, p := range r.paths {
		if app := deepest(byRoot, p); app != nil {
			r.give(app, p)
		} else {
			loose = append(loose, p)
		}
	}
	for _, app := range apps {
		app.Around = r.paths
		for _, link := range r.links {
			if Inside(app.Root, link) {
				app.Links = append(app.Links, link)
			}
		}
	}
	for _, p := range loose {
		switch len(apps) {
		case 0:
		case 1:
			r.give(apps[0], p)
		default:
			for _, app := range apps {
				if imports[app] == nil {
					imports[app] = app.importedWords()
				}
			}
			r.give(nearestApp(apps, imports, p), p)
		}
	}
}

func (r *reading) give(app *App, p string) {
	app.Paths = append(app.Paths, p)
	if data := r.files[p]; data != nil && !r.broken[p] {
		app.Files[p] = data
	}
	if s := r.sources[p]; s != nil {
		app.sources[p] = s
	}
	if kind := r.keys[p]; kind != "" {
		if app.Keys == nil {
			app.Keys = map[string]credential.KeyKind{}
		}
		app.Keys[p] = kind
	}
}

// nearestApp returns the app nearest to a file that is in none. Apps that import the file come first.
func nearestApp(apps []*App, imports map[*App]map[string]bool, p string) *App {
	rank := func(app *App) int {
		d := distance(app.Root, path.Dir(p))
		if strings.HasSuffix(p, ".py") && imports[app][moduleName(p)] {
			d -= maxDepth
		}
		return d
	}
	return slices.MinFunc(apps, func(a, b *App) int { return cmp.Compare(rank(a), rank(b)) })
}

// maxDepth is more than the distance between any two folders.
const maxDepth = 1 << 20

// importedWords returns the parts of all names that the app's files import.
func (a *App) importedWords() map[string]bool {
	a.folder.analyse(a.sources)
	words := map[string]bool{}
	for _, s := range a.sources {
		for _, name := range s.imports {
			for word := range strings.SplitSeq(name, ".") {
				words[word] = true
			}
		}
	}
	return words
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
