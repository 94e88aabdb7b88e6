package existing

// FromFiles returns the model of a folder whose files are in memory, by their paths with slashes: those of an
// app that was read from an account. Dir is the name that messages use. Nothing is read from the disk, and
// nothing written.
func FromFiles(dir string, files map[string][]byte) *Folder {
	contents := make(map[string][]byte, len(files))
	for p, data := range files {
		if data == nil {
			data = []byte{} // an empty file, not a missing one
		}
		contents[p] = data
	}
	return (&Folder{Dir: dir}).With(contents)
}
