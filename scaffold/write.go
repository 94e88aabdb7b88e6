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

// Options is what Write may do beyond the files that are surely sleet's own.
type Options struct {
	// DryRun checks everything and writes nothing.
	DryRun bool
	// Overwrite says whether an edited file may be replaced; nil means none may.
	Overwrite func(path string) bool
	// Content is the text for a path where it is not the generated one: the person's merge. A
	// path in it may be replaced.
	Content map[string][]byte
}

// Result is what Write did, or with DryRun would do.
type Result struct {
	// Changes are the files, sleet.toml last, as they stood before.
	Changes []Change
	// Kept are the edited files that nobody allowed to replace.
	Kept []string
	// Removed are files that sleet wrote, nobody edited and the answers no longer call for;
	// Stale are those of them that were edited and therefore stay.
	Removed, Stale []string
}

// Read takes a snapshot of dir, which need not exist: every path that sleet may write, those that
// sleet.toml tells of, and paths (main files that may be asked for). An error of sleet.toml is a
// *ParseError; the snapshot is good without it.
func Read(dir string, paths ...string) (Folder, error) { return Folder{Dir: dir}, nil }

// Compare sets generated files beside a snapshot. written are the hashes in sleet.toml.
func Compare(f Folder, files []File, written map[string]string) []Change { return nil }

// Write writes the files and then sleet.toml with the App and what was written. A new folder is
// built aside and moved into place; in an existing one each file is replaced atomically. Edited
// files stay unless Options allow; the rest is written all the same.
func Write(dir string, app App, files []File, o Options) (Result, error) { return Result{}, nil }

// Merge joins the person's text and a newly generated one, both made from base. clean is false
// where they changed the same lines; merged is then mine.
func Merge(base, mine, theirs []byte) (merged []byte, clean bool) { return mine, false }

// UnifiedDiff gives the diff of one file from old to new, "" when they are the same.
func UnifiedDiff(path string, old, new []byte) string { return "" }
