package workspace

import (
	"os"
	"path/filepath"
	"slices"

	"sleet/scaffold"
)

// StagedFolder is a new folder that is built beside its final path, or inside it if an empty folder
// already exists there, and then moved into place.
type StagedFolder struct {
	// Dir is the folder while it is being built.
	Dir    string
	place  string
	exists bool
	// made are the parent folders that were created for it, outermost first.
	made []string
}

// NewStagedFolder starts a folder for a place that does not exist or is an empty folder. It removes
// leftovers of killed runs.
func NewStagedFolder(place string) (*StagedFolder, error) {
	exists, err := folderExists(place)
	if err != nil {
		return nil, err
	}
	a := &StagedFolder{place: place, exists: exists}
	parent := place
	if !exists {
		parent = filepath.Dir(place)
		missing, err := missingAbove(parent)
		if err != nil {
			return nil, err
		}
		for _, dir := range missing {
			if err := makeFolder(dir, Options{}); err != nil {
				a.Discard()
				return nil, NewFolderError(dir, "folder.dir_not_made", err)
			}
			a.made = append(a.made, dir)
		}
	}
	cleanStaged(parent, place)
	if a.Dir, err = makeStaged(parent, place, Options{}); err != nil {
		a.Discard()
		return nil, err
	}
	return a, nil
}

// Commit moves the folder into place. If a folder exists there, its entries are moved one by one,
// sleet.toml last. begin receives their names first, so that a run killed in between can be undone.
func (a *StagedFolder) Commit(begin func(names []string) error) error {
	if !a.exists {
		if err := move(a.Dir, a.place, Options{}); err != nil {
			return err
		}
		a.made = nil
		return nil
	}
	entries, err := os.ReadDir(a.Dir)
	if err != nil {
		return NewFolderError(a.place, "folder.dir_not_read", err)
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		if e.Name() != scaffold.AnswersFile {
			names = append(names, e.Name())
		}
	}
	if len(names) < len(entries) {
		names = append(names, scaffold.AnswersFile)
	}
	if err := begin(names); err != nil {
		return err
	}
	for i, name := range names {
		if err := os.Rename(filepath.Join(a.Dir, name), filepath.Join(a.place, name)); err != nil {
			for _, moved := range slices.Backward(names[:i]) {
				_ = os.Rename(filepath.Join(a.place, moved), filepath.Join(a.Dir, moved))
			}
			return NewFolderError(filepath.Join(a.place, name), "folder.not_moved", err)
		}
	}
	return nil
}

// Discard removes what was built unless it was moved into place.
func (a *StagedFolder) Discard() {
	if a.Dir != "" {
		_ = os.RemoveAll(a.Dir)
	}
	for _, dir := range slices.Backward(a.made) {
		_ = os.Remove(dir) // fails if it is not empty, which is intended
	}
}

// CleanStaged removes leftovers of killed runs that were building a folder for place.
func CleanStaged(place string) {
	cleanStaged(filepath.Dir(place), place)
	cleanStaged(place, place)
}
