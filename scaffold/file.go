package scaffold

// File is one generated file.
type File struct {
	// Path is relative to the app's folder, with slashes.
	Path string
	Data []byte
}
