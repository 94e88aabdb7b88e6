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

// Folder is a snapshot of a folder and of the apps in it. All paths are relative to Dir, with slashes. It is safe for
// concurrent use.
type Folder struct {
	// Dir is the folder as the caller named it.
	Dir string
	// Apps are the apps, sorted by Root; none if the folder contains no app.
	Apps []*App
	// Paths are all files, except those in folders without sources: environments, caches, .git.
	Paths []string
	// Above are the files in folders above Dir that may deploy an app in it.
	Above []ParentFile
	// Skipped are the files that could not be read or parsed.
	Skipped []Skipped
	// Unparsed is the number of Python files that were not parsed, because there are many and no app reaches them.
	// Whether they have syntax errors is unknown.
	Unparsed int

	files   map[string][]byte // the text files as they were read, without Python
	sources map[string]*source
	cache   *cache
	base    string // the folder on disk
	pythons int64  // the number of bytes of Python
	keys    map[string]credential.KeyKind
	links   []string
}

// App is one app of a folder. Every file of the folder belongs to one app at most.
type App struct {
	// Root is the app's source folder, "." for Dir itself.
	Root string
	// Main is the main file, "" if nothing names it. It need not exist.
	Main string
	// Candidates are the possible main files if nothing names one.
	Candidates []string
	// Runtime is the runtime that the app's files name, "" if they name none.
	Runtime scaffold.Runtime
	// Answers is the app's sleet.toml, nil if there is none.
	Answers *scaffold.App
	// Paths are all files of the app, text or not.
	Paths []string
	// Files are the contents of its text files: Python, SQL, TOML, YAML, requirements.
	Files map[string][]byte
	// Python are the valid Python files. In a folder with much Python, only the app's code and files that may use
	// Snowflake or Streamlit are in Python and Files.
	Python map[string]*python.File

	// Keys are the files that contain a private key.
	Keys map[string]credential.KeyKind

	// Around are all files of the folder, of this app and of others.
	Around []string
	// Links are the symbolic links to folders or to places outside the folder. They are not followed.
	Links []string

	// Mains are Main and other main files with the same root.
	Mains []string
	// Projects are the Snowflake CLI files that declare the app. They may be above its root.
	Projects map[string]Project

	named   bool              // a file names the main file
	mapped  map[string]string // paths of files by the path under which the project uploads them
	sources map[string]*source
	code    map[string]bool // whether a file is app code
	// interesting are the files that may matter: those with code of an app, a handler or a secret.
	interesting map[string]bool
	folder      *reading
	holds       map[string]bool // Paths, for Holds
	modules     map[string]bool // whether another file of the code imports one
	origin      *origin         // the app from which With derived this one, nil for one that was read
	mu          sync.Mutex      // guards the fields below
	units       map[string]*Unit
	found       map[moduleKey]ModuleName // what ModuleOf returned
	kept        map[any]*keeping         // what Keep returns
}

// Project is a snowflake.yml that declares the app.
type Project struct {
	// Text is its content. Entities are the keys of its entities for the app.
	Text     []byte
	Entities []string
}

// Code returns the sorted paths of the app's Python files that are app code: those that run in the app, not in a
// handler, a script or a test.
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

// Cached returns a value cached under a key. The first call for a key creates the value with create, so that packages
// that use the model can cache what they compute about an app.
func (a *App) Cached(key any, create func() any) any {
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
	k.once.Do(func() { k.value = create() }) // create may call methods of the app
	return k.value
}

// keeping is a value that is created once.
type keeping struct {
	once  sync.Once
	value any
}

// IsCode reports whether a Python file is app code.
func (a *App) IsCode(p string) bool { return a.code[p] }

// MentionsPlatform reports whether a Python file, or one that it imports from, mentions Streamlit or Snowflake.
func (a *App) MentionsPlatform(p string) bool { return a.interesting[p] }

// Text returns the text of a file to which offsets refer: for a Python file, the decoded text.
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

// settled completes the app's files and modules once its code is known.
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

// has reports whether the app has a valid Python file. It keeps the tree, because callers look at code that the app
// runs.
func (a *App) has(p string) bool {
	s := a.sources[p]
	return s != nil && s.accepted(true)
}

// Content returns the content of a text file.
func (f *Folder) Content(p string) ([]byte, bool) {
	if s := f.sources[p]; s != nil {
		return s.content(), true
	}
	data, ok := f.files[p]
	return data, ok
}

// TextFiles returns the paths of the app's text files, sorted.
func (a *App) TextFiles() []string { return slices.Sorted(maps.Keys(a.Files)) }

// RootPath returns the path of a file in the app's root, relative to the folder.
func (a *App) RootPath(name string) string { return path.Join(a.Root, name) }

// HasFile reports whether the app has a file of any kind.
func (a *App) HasFile(p string) bool {
	if a.holds == nil {
		return slices.Contains(a.Paths, p)
	}
	return a.holds[p]
}

// MainDir returns the folder of the main file, or the app's root if no main file is known.
func (a *App) MainDir() string {
	if a.Main == "" {
		return a.Root
	}
	return path.Dir(a.Main)
}
