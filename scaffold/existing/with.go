package existing

import (
	"maps"
	"slices"

	"sleet/scaffold/python"
)

// With gives the folder as it would be with other contents of some files, by their paths: one that is
// new is added, one without content (nil) is gone. The disk is not touched.
func (f *Folder) With(changes map[string][]byte) *Folder {
	r := reading{files: maps.Clone(f.files), python: map[string]*python.File{}, broken: map[string]bool{}, keys: maps.Clone(f.keys), links: f.links}
	if r.files == nil {
		r.files = map[string][]byte{}
	}
	gone := func(p string) bool {
		data, changed := changes[p]
		return changed && data == nil
	}
	r.paths = slices.DeleteFunc(slices.Clone(f.Paths), gone)
	for p, data := range changes {
		delete(r.files, p)
		delete(r.keys, p)
		if data == nil {
			continue
		}
		if !slices.Contains(r.paths, p) {
			r.paths = append(r.paths, p)
		}
		if isSource(p) {
			r.files[p] = data
		}
	}
	slices.Sort(r.paths)
	for _, s := range f.Skipped {
		// What could not be understood is found again, what could not be read is not.
		if _, read := f.files[s.Path]; !read && !gone(s.Path) {
			r.skip(s.Path, s.Line, s.Said)
		}
	}
	r.understand()
	return &Folder{Dir: f.Dir, Apps: r.apps(), Paths: r.paths, Skipped: SortSkipped(r.skipped), files: r.files, keys: r.keys, links: r.links}
}
