package existing

import (
	"maps"
	"slices"
)

// With returns the folder with other contents of some files, by path: a new file is added, and a file with nil content
// is removed. It does not touch the disk.
func (f *Folder) With(changes map[string][]byte) *Folder {
	r := newReading(f.cache)
	r.base, r.pythons, r.links = f.base, f.pythons, f.links
	if r.cache == nil {
		r.cache = newCache()
	}
	maps.Copy(r.files, f.files)
	maps.Copy(r.sources, f.sources)
	maps.Copy(r.keys, f.keys)
	gone := func(p string) bool {
		data, changed := changes[p]
		return changed && data == nil
	}
	r.paths = slices.DeleteFunc(slices.Clone(f.Paths), gone)
	have := map[string]bool{}
	for _, p := range r.paths {
		have[p] = true
	}
	for p, data := range changes {
		delete(r.files, p)
		delete(r.sources, p)
		delete(r.keys, p)
		if data == nil {
			continue
		}
		if !have[p] {
			r.paths = append(r.paths, p)
		}
		switch {
		case isPython(p):
			s := r.source(p, data)
			s.data = data
			r.pythons += int64(len(data))
			r.sources[p] = s
		case isSource(p):
			r.files[p] = data
		}
	}
	slices.Sort(r.paths)
	for _, s := range f.Skipped {
		// Files that could not be parsed are checked again. Files that could not be read stay skipped.
		if _, read := f.files[s.Path]; !read && f.sources[s.Path] == nil && !gone(s.Path) {
			r.skip(s.Path, s.Line, s.Reason)
		}
	}
	r.understand()
	next := r.folder(f.Dir)
	next.Above = f.Above
	recordOrigins(next.Apps, f.Apps, slices.Collect(maps.Keys(changes)))
	return next
}
