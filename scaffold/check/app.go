package check

import (
	"maps"
	"path"
	"slices"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/python"
)

// Folder is a snapshot of a folder and of the apps in it. All paths are relative to Dir, with slashes.
// Several goroutines may ask it at once.
type Folder struct {
	// Dir is the folder as it was given.
	Dir string
	// Apps are the apps, by Root; none where the folder holds no app.
	Apps []*App
	// Paths are all files but those in folders that hold no source: environments, caches, .git.
	Paths []string
	// Skipped are the files that could not be read or understood.
	Skipped []Skipped

	files map[string][]byte // the text files as they were read
}

// App is one app of a folder. Every file of the folder belongs to one app at most.
type App struct {
	// Root is the folder that is the app's source, "." for Dir itself.
	Root string
	// Main is the main file, "" where nothing says which it is; it need not exist.
	Main string
	// Runtime is what the app says it runs in, "" where it does not say.
	Runtime scaffold.Runtime
	// Answers is the app's sleet.toml, nil without one.
	Answers *scaffold.App
	// Paths are all files of the app, text or not.
	Paths []string
	// Files are the contents of its text files: Python, SQL, TOML, YAML, requirements.
	Files map[string][]byte
	// Python are the Python files that Python accepts.
	Python map[string]*python.File

	mains []string // Main, and other main files that share the root
	// projects are the Snowflake CLI's files that tell of the app; they may stand above its root.
	projects map[string]projectOf
	units    map[string]*unit
	modules  map[string]bool
	attrs    map[string][]keptValue
	used     map[*python.FunctionDef][]usage
	written  map[string]bool
	// budget is how many steps are left to follow values for the question at hand.
	budget int
	once   sync.Once       // guards code and units
	code   map[string]bool // what appCode gives
	mu     sync.Mutex      // guards what Findings keeps
}

// projectOf is a file of the Snowflake CLI's, and the entities in it that are the app.
type projectOf struct {
	text     []byte
	entities []string
}

// Code gives the paths of the app's Python files that are app code, in order: those that run in the
// app, not in a handler, a script or a test.
func (a *App) Code() []string {
	a.know()
	paths := make([]string, 0, len(a.code))
	for p, is := range a.code {
		if is && a.Python[p] != nil {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	return paths
}

// know finds out which files are app code, and what the names in all of them mean, once.
func (a *App) know() {
	a.once.Do(func() {
		a.code = appCode(a)
		for p := range a.Python {
			a.unit(p)
		}
	})
}

// Content gives a text file as it was read.
func (f *Folder) Content(p string) ([]byte, bool) {
	data, ok := f.files[p]
	return data, ok
}

// Sorted gives the paths of the app's text files, in order.
func (a *App) Sorted() []string { return slices.Sorted(maps.Keys(a.Files)) }

// InRoot is the path of a file that stands in the app's root, relative to the folder.
func (a *App) InRoot(name string) string { return path.Join(a.Root, name) }

// Holds says whether the app has a file, of whatever kind.
func (a *App) Holds(p string) bool { return slices.Contains(a.Paths, p) }

// MainDir is the folder of the main file, the root where there is none.
func (a *App) MainDir() string {
	if a.Main == "" {
		return a.Root
	}
	return path.Dir(a.Main)
}
