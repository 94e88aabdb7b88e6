package existing

import (
	"os"
	"path/filepath"

	"sleet/scaffold/credential"
	"sleet/ui/message"
)

// Read takes a snapshot of a folder and finds the apps in it. What cannot be read or understood is
// in Skipped, with the reason; an error means that the folder itself cannot be read. A folder
// without an app is not an error: Apps is empty then.
func Read(dir string) (*Folder, error) { return ReadTelling(dir, func(int) {}) }

// ReadTelling is Read for a folder that may be large: seen hears, file by file, how many were read.
func ReadTelling(dir string, seen func(files int)) (*Folder, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, message.Wrap(err, "check.folder_unread", "dir", dir)
	}
	if !info.IsDir() {
		return nil, message.NewError("check.folder_is_file", "dir", dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, message.Wrap(err, "check.folder_unread", "dir", dir)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	r := newReading(newCache())
	r.root, r.seen, r.base = root, seen, dir
	r.walk(".")
	r.load()
	if r.understand(); r.refused != nil {
		return nil, r.refused
	}
	f := r.folder(filepath.Clean(dir))
	f.Above = readAbove(dir)
	return f, nil
}

// reading is a snapshot in the making.
type reading struct {
	root *os.Root
	// base is the folder on the disk, "" for one that is not there as it is.
	base    string
	seen    func(files int)
	paths   []string
	files   map[string][]byte // text that is no Python
	sources map[string]*source
	broken  map[string]bool
	keys    map[string]credential.KeyKind
	links   []string
	skipped []Skipped
	// refused is why the folder is not read at all.
	refused error
	cache   *cache
	loads   []loading // what walk found to read
	pythons int64     // how many bytes of Python there are
	others  int64     // how many bytes of other text
}

func newReading(c *cache) *reading {
	return &reading{files: map[string][]byte{}, sources: map[string]*source{}, broken: map[string]bool{}, keys: map[string]credential.KeyKind{}, cache: c}
}

// folder makes the snapshot of what was read and understood.
func (r *reading) folder(dir string) *Folder {
	apps := r.apps()
	for _, p := range sortedKeys(r.sources) {
		if refused := r.sources[p].error(); refused != nil {
			r.skip(p, refused.Line, message.New("finding.skipped.python", "why", refused.Reason))
		}
	}
	f := &Folder{
		Dir: dir, Apps: apps, Paths: r.paths, Skipped: SortSkipped(r.skipped),
		files: r.files, sources: r.sources, cache: r.cache, base: r.base, pythons: r.pythons, keys: r.keys, links: r.links,
	}
	for _, app := range apps {
		app.settled()
	}
	for _, s := range r.sources {
		if !s.isParsed() {
			f.Unparsed++
		}
	}
	return f
}

// skip notes that a file is left out.
func (r *reading) skip(p string, line int, why message.Message) {
	r.broken[p] = true
	r.skipped = append(r.skipped, Skipped{Path: p, Line: line, Reason: why})
}
