package existing

import (
	"os"
	"path/filepath"

	"sleet/scaffold/credential"
	"sleet/ui/message"
)

// Read takes a snapshot of a folder and finds the apps in it. Files that cannot be read or parsed are in Skipped, with
// the reason. Read returns an error if the folder itself cannot be read. A folder without an app is not an error; Apps
// is then empty.
func Read(dir string) (*Folder, error) { return ReadWithProgress(dir, func(int) {}) }

// ReadWithProgress is Read for a folder that may be large. It calls seen after each file with the number of files read.
func ReadWithProgress(dir string, seen func(files int)) (*Folder, error) {
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

// reading is a snapshot that is being read.
type reading struct {
	root *os.Root
	// base is the folder on disk, "" if it does not exist there in this form.
	base    string
	seen    func(files int)
	paths   []string
	files   map[string][]byte // text files other than Python
	sources map[string]*source
	broken  map[string]bool
	keys    map[string]credential.KeyKind
	links   []string
	skipped []Skipped
	// refused is why the folder is not read at all.
	refused error
	cache   *cache
	loads   []loading // the files that walk found
	pythons int64     // the number of bytes of Python
	others  int64     // the number of bytes of other text
}

func newReading(c *cache) *reading {
	return &reading{files: map[string][]byte{}, sources: map[string]*source{}, broken: map[string]bool{}, keys: map[string]credential.KeyKind{}, cache: c}
}

// folder returns the snapshot of the files that were read.
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

// skip records that a file is skipped.
func (r *reading) skip(p string, line int, why message.Message) {
	r.broken[p] = true
	r.skipped = append(r.skipped, Skipped{Path: p, Line: line, Reason: why})
}
