package existing

import (
	"maps"
	"path"
	"slices"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/credential"
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
	// Above are the files in folders above Dir that may deploy an app of it.
	Above []Above
	// Skipped are the files that could not be read or understood.
	Skipped []Skipped
	// Unparsed is how many Python files were not parsed, since there are many and no app reaches them: whether Python
	// accepts them is not known.
	Unparsed int

	files   map[string][]byte // the text files as they were read, without Python
	sources map[string]*source
	cache   *cache
	base    string // where the folder is on the disk
	pythons int64  // how many bytes of Python there are
	keys    map[string]credential.KeyKind
	links   []string
}

// App is one app of a folder. Every file of the folder belongs to one app at most.
type App struct {
	// Root is the folder that is the app's source, "." for Dir itself.
	Root string
	// Main is the main file, "" where nothing says which it is; it need not exist.
	Main string
	// Candidates are the files any of which could be the main file, where nothing says which it is.
	Candidates []string
	// Runtime is what the app says it runs in, "" where it does not say.
	Runtime scaffold.Runtime
	// Answers is the app's sleet.toml, nil without one.
	Answers *scaffold.App
	// Paths are all files of the app, text or not.
	Paths []string
	// Files are the contents of its text files: Python, SQL, TOML, YAML, requirements.
	Files map[string][]byte
	// Python are the Python files that Python accepts. In a folder with much Python only the app's code
	// and what may have to do with Snowflake or Streamlit are among them, and in Files.
	Python map[string]*python.File

	// Keys are the files that hold a private key.
	Keys map[string]credential.KeyKind

	// Around are all files of the folder, of this app and of others.
	Around []string
	// Links are the symbolic links to folders, and those that lead out of the folder: nothing behind them is read.
	Links []string

	// Mains are Main, and other main files that share the root.
	Mains []string
	// Projects are the Snowflake CLI's files that declare the app; they may be above its root.
	Projects map[string]Project

	named   bool              // a file names the main file
	mapped  map[string]string // the files that the project uploads under another path, by that path
	sources map[string]*source
	code    map[string]bool // whether a file is app code
	// interesting are the files that may mean something: those that an app, a handler or a secret is in.
	interesting map[string]bool
	folder      *reading
	holds       map[string]bool // Paths, for Holds
	modules     map[string]bool // whether another file of the code imports one
	origin      *origin         // what With made the app of, nil for one that was read
	mu          sync.Mutex      // guards what is below
	units       map[string]*Unit
	found       map[moduleKey]Passed // what ModuleOf returned
	kept        map[any]*keeping     // what Keep returns
}

// Project is a file of the Snowflake CLI's.
type Project struct {
	// Text is its content, Entities are the names of the entities in it that are the app.
	Text     []byte
	Entities []string
}

// Code returns the paths of the app's Python files that are app code, in order: those that run in the
// app, not in a handler, a script or a test.
func (a *App) Code() []string {
	paths := make([]string, 0, len(a.code))
	for p, is := range a.code {
		if is && a.Python[p] != nil {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	return paths
}

// Keep returns the value that create has made for the app under a key, so that a reader of the model keeps
// what it found out about an app for as long as the app is there.
func (a *App) Keep(key any, create func() any) any {
	a.mu.Lock()
	if a.kept == nil {
		a.kept = map[any]*keeping{}
	}
	k := a.kept[key]
	if k == nil {
		k = &keeping{}
		a.kept[key] = k
	}
	a.mu.Unlock()
	k.once.Do(func() { k.value = create() }) // which may ask the app
	return k.value
}

// keeping is a value that is made once.
type keeping struct {
	once  sync.Once
	value any
}

// IsCode reports whether a Python file is app code.
func (a *App) IsCode(p string) bool { return a.code[p] }

// Interesting reports whether a Python file, or one that it imports from, mentions Streamlit or Snowflake.
func (a *App) Interesting(p string) bool { return a.interesting[p] }

// Text returns the content of a file as the places in it are counted: of a Python file the text that
// Python sees.
func (a *App) Text(p string) ([]byte, bool) {
	if file := a.Python[p]; file != nil {
		return file.Text, true
	}
	if data, is := a.Files[p]; is {
		return data, true
	}
	project, is := a.Projects[p]
	return project.Text, is
}

// settled fills in what everybody reads of an app once its code is known.
func (a *App) settled() {
	for p, s := range a.sources {
		if a.code[p] {
			s.keep()
			s.parsed()
		}
		if s.error() != nil {
			continue
		}
		if data := s.kept(); data != nil {
			a.Files[p] = data
		}
		if file := s.held(); file != nil {
			a.Python[p] = file
		}
	}
	a.findModules()
	a.holds = make(map[string]bool, len(a.Paths))
	for _, p := range a.Paths {
		a.holds[p] = true
	}
}

// has reports whether the app has a Python file that Python accepts. The tree stays, since who asks looks
// at what the app runs.
func (a *App) has(p string) bool {
	s := a.sources[p]
	return s != nil && s.accepted(true)
}

// Content returns a text file as it was read.
func (f *Folder) Content(p string) ([]byte, bool) {
	if s := f.sources[p]; s != nil {
		return s.content(), true
	}
	data, ok := f.files[p]
	return data, ok
}

// Sorted returns the paths of the app's text files, in order.
func (a *App) Sorted() []string { return slices.Sorted(maps.Keys(a.Files)) }

// InRoot is the path of a file that is in the app's root, relative to the folder.
func (a *App) InRoot(name string) string { return path.Join(a.Root, name) }

// Holds reports whether the app has a file, of whatever kind.
func (a *App) Holds(p string) bool {
	if a.holds == nil {
		return slices.Contains(a.Paths, p)
	}
	return a.holds[p]
}

// MainDir is the folder of the main file, the root where there is none.
func (a *App) MainDir() string {
	if a.Main == "" {
		return a.Root
	}
	return path.Dir(a.Main)
}
