package workspace

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/generate"
	"sleet/scaffold/textedit"
)

// FileState is the state of a file on disk compared with what sleet would write.
type FileState string

// The states of a file.
const (
	FileNew     FileState = "new"     // not there yet
	FileChanged FileState = "changed" // there as sleet wrote it; the answers call for other text
	FileSame    FileState = "same"    // there with the same text
	FileEdited  FileState = "edited"  // there with a text that sleet did not write
)

// Change is one file with its state.
type Change struct {
	Path     string
	State    FileState
	Old, New []byte
}

// Compare compares generated files with a snapshot of the folder. written are the hashes in
// sleet.toml.
func Compare(f Folder, files []scaffold.File, written map[string]string) []Change {
	changes := make([]Change, len(files))
	for i, file := range files {
		old, exists := f.Files[file.Path]
		c := Change{Path: file.Path, State: FileEdited, Old: old, New: file.Data}
		switch {
		case !exists:
			c.State = FileNew
		case textedit.SameText(old, file.Data):
			c.State = FileSame
		case Hash(old) == written[file.Path]:
			c.State = FileChanged
		}
		changes[i] = c
	}
	return changes
}

// Stale returns existing files that sleet wrote and that the answers no longer require: FileChanged
// if nobody edited them, so that they can be removed, FileEdited otherwise. foreign are paths in
// [written] that no generator writes. Somebody else added them to sleet.toml, so they are left
// alone.
func Stale(f Folder, files []scaffold.File) (changes []Change, foreign []string) {
	called := map[string]bool{scaffold.AnswersFile: true, scaffold.LockFile: true}
	for _, file := range files {
		called[file.Path] = true
	}
	for _, path := range slices.Sorted(maps.Keys(f.App.Written)) {
		old, exists := f.Files[path]
		switch {
		case !exists || called[path]:
		case !generated(path, old):
			foreign = append(foreign, path)
		case Hash(old) == f.App.Written[path]:
			changes = append(changes, Change{Path: path, State: FileChanged, Old: old})
		default:
			changes = append(changes, Change{Path: path, State: FileEdited, Old: old})
		}
	}
	return changes, foreign
}

// generated reports whether sleet may have written a file: by its path or, since the main file can
// have any name that ends in .py, by its beginning.
func generated(path string, data []byte) bool {
	for _, g := range generate.Generators(false) {
		if g.Path(scaffold.App{}) == path {
			return true
		}
	}
	return lexicalPlace(path) == nil && strings.HasSuffix(path, ".py") && generate.IsAppPython(textedit.UnixLines(data))
}

// Base returns the text that sleet last wrote to a path, the base of a three-way merge. ok is false
// if the saved answers do not reproduce it.
func (f Folder) Base(path string) ([]byte, bool) {
	for _, file := range append(generate.Files(f.App), generate.FilesLocked(f.App, true)...) {
		if file.Path == path && Hash(file.Data) == f.App.Written[path] {
			return file.Data, true
		}
	}
	return nil, false
}

// Hash returns the SHA-256 of a text, as stored in [written] of sleet.toml. Line endings do not
// count, because Git may have converted them to those of Windows.
func Hash(data []byte) string {
	sum := sha256.Sum256(textedit.UnixLines(data))
	return hex.EncodeToString(sum[:])
}
