package existing

import (
	"fmt"
	"os"
	"path/filepath"

	"sleet/scaffold"
	"sleet/scaffold/python"
	"sleet/snowflake"
)

// Read takes a snapshot of a folder and finds the apps in it. What cannot be read or understood is
// in Skipped, with the reason; an error means that the folder itself cannot be read. A folder
// without an app is not an error: Apps is empty then.
func Read(dir string) (*Folder, error) { return ReadTelling(dir, func(int) {}) }

// ReadTelling is Read for a folder that may be large: seen hears, file by file, how many were read.
func ReadTelling(dir string, seen func(files int)) (*Folder, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("read the folder %s: %w; name the folder of an app", dir, err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is a file; name the folder that the app is in", dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder %s: %w", dir, err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	r := reading{root: root, seen: seen, files: map[string][]byte{}, python: map[string]*python.File{}, broken: map[string]bool{}, keys: map[string]scaffold.KeyKind{}}
	r.walk(".")
	r.understand()
	if r.refused != nil {
		return nil, r.refused
	}
	return &Folder{Dir: filepath.Clean(dir), Apps: r.apps(), Paths: r.paths, Skipped: SortSkipped(r.skipped), files: r.files, keys: r.keys, links: r.links}, nil
}

// reading is a snapshot in the making.
type reading struct {
	root    *os.Root
	seen    func(files int)
	paths   []string
	files   map[string][]byte
	python  map[string]*python.File
	broken  map[string]bool
	keys    map[string]scaffold.KeyKind
	links   []string
	skipped []Skipped
	// refused is why the folder is not read at all.
	refused error
}

// skip notes that a file is left out.
func (r *reading) skip(p string, line int, why snowflake.Text) {
	r.broken[p] = true
	r.skipped = append(r.skipped, Skipped{Path: p, Line: line, Reason: why.String(), Said: why})
}
