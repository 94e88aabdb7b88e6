package existing

// FromFiles returns the model of a folder whose files are in memory, by path with slashes, such as an app that was read
// from an account. dir is the name for messages. It does not access the disk.
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
