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

// FileState is how a file that sleet would write stands to the one on disk.
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

// Compare sets generated files beside a snapshot. written are the hashes in sleet.toml.
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

// Stale returns the files that sleet wrote and that the answers no longer call for, those that are
// still there: FileChanged when nobody edited them (they are to go), FileEdited otherwise. foreign are the paths in
// [written] that no generator of this sleet writes: somebody else put them into sleet.toml, so they are left alone.
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

// generated reports whether a file can be one that sleet wrote: by its path or, since the main file may have any name that ends
// in .py, by how it begins.
func generated(path string, data []byte) bool {
	for _, g := range generate.Generators(false) {
		if g.Path(scaffold.App{}) == path {
			return true
		}
	}
	return lexicalPlace(path) == nil && strings.HasSuffix(path, ".py") && generate.IsAppPython(textedit.UnixLines(data))
}

// Base returns the text that sleet last wrote to a path, where it can be made again from the saved
// answers: what a three-way merge starts from.
func (f Folder) Base(path string) ([]byte, bool) {
	for _, file := range append(generate.Files(f.App), generate.FilesLocked(f.App, true)...) {
		if file.Path == path && Hash(file.Data) == f.App.Written[path] {
			return file.Data, true
		}
	}
	return nil, false
}

// Hash is the SHA-256 of a text, as [written] in sleet.toml keeps it. Git may have given it the line endings of Windows on the way to
// this machine: they do not count.
func Hash(data []byte) string {
	sum := sha256.Sum256(textedit.UnixLines(data))
	return hex.EncodeToString(sum[:])
}
