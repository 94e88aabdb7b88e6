package scaffold

// FileState is how a file that sleet would write stands to the one on disk.
type FileState string

// The states of a file.
const (
	FileNew     FileState = "new"     // not there yet
	FileChanged FileState = "changed" // there as sleet wrote it; the answers call for other text
	FileSame    FileState = "same"    // there with the same text
	FileEdited  FileState = "edited"  // there with a text that sleet did not write
)

// Folder is a snapshot of an app's folder, so that marks and diffs need no I/O.
type Folder struct {
	Dir    string
	Exists bool
	// Files are the contents of the files that sleet would write and that exist, by path.
	Files map[string][]byte
	// Others are the names of what else stands in the folder's root.
	Others []string
	// App is the sleet.toml found there; Saved says whether there is one.
	App   App
	Saved bool
}

// Change is one file with its state.
type Change struct {
	Path     string
	State    FileState
	Old, New []byte
}

// Read takes a snapshot of dir, which need not exist.
func Read(dir string) (Folder, error) { return Folder{Dir: dir}, nil }

// Compare sets generated files beside a snapshot. written are the hashes in sleet.toml.
func Compare(f Folder, files []File, written map[string]string) []Change { return nil }
