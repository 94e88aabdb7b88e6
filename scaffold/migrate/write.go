package migrate

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Change is one file that a migration writes, by its path in the folder.
type Change struct {
	Path string
	// Old is the current content, nil for a new file. New is the content to write, nil for a file to remove.
	Old, New []byte
	// Undone is what Undo writes in place of a new file if the migrated app was applied since; nil for nothing.
	Undone []byte
}

// WriteOptions configure Apply, Undo and Recover.
type WriteOptions struct {
	// Generated are files that another program writes after Apply, such as uv.lock. Undo restores their previous
	// content, no matter what they contain then.
	Generated []string
	// Applied tells Undo that the migrated app was applied to an account.
	Applied bool
	// Overwrite lets Undo replace files that were edited after the migration.
	Overwrite bool
	// Seal returns a code for a state that only this machine can compute.
	Seal func(state []byte) string
	// Foreign lets Recover and Undo use a backup that was not made on this machine.
	Foreign bool

	// step is called before every change of the disk, so that tests can stop or fail there.
	step func(what string) error
}

func (o WriteOptions) at(what string) error {
	if o.step == nil {
		return nil
	}
	return o.step(what)
}

// EditedError lists files that were edited after the migration, so that undoing it would lose those edits. Nothing was
// changed.
type EditedError struct{ Paths []string }

// Error lists the files.
func (e *EditedError) Error() string {
	return "these files were edited after the migration, and nothing was changed: " + strings.Join(e.Paths, ", ")
}

// Apply writes all changes or none. It first backs up the current and the new files to .sleet/migrate in the folder,
// which git and uploads ignore. If a run is killed, each file is old or new, and Recover completes the migration.
// An error is or wraps a *workspace.FolderError, or is a *PartialError.
func Apply(dir string, changes []Change, o WriteOptions) error {
	if len(changes) == 0 {
		return nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return workspace.NewFolderError(dir, "folder.dir_not_opened", err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	changes = ordered(changes)
	for _, c := range changes {
		if err := c.possible(root); err != nil {
			return err
		}
	}
	g, err := newGeneration(root, changes, o)
	if err != nil {
		return err
	}
	err = g.forward(o)
	if err == nil {
		err = g.finish(o)
	}
	if err == nil {
		return nil
	}
	// The rollback needs no disk space: it moves files from the backup.
	if failed := g.backward(WriteOptions{Seal: o.Seal}); failed != nil {
		return &PartialError{Dir: dir, Err: err, Back: failed}
	}
	return err
}

// PartialError reports that a migration failed midway and could not be rolled back: some files are migrated and others
// are not.
type PartialError struct {
	Dir string
	// Err is why the migration failed, Back why the rollback failed.
	Err, Back error
}

// Error returns both reasons.
func (e *PartialError) Error() string {
	return e.Err.Error() + "; taking it back failed as well: " + e.Back.Error()
}

// Unwrap returns why the migration failed.
func (e *PartialError) Unwrap() error { return e.Err }

// ordered sorts sleet.toml last, because it describes the state after the other changes.
func ordered(changes []Change) []Change {
	sorted := slices.Clone(changes)
	slices.SortStableFunc(sorted, func(a, b Change) int {
		last := func(c Change) int {
			if path.Base(c.Path) == scaffold.AnswersFile {
				return 1
			}
			return 0
		}
		return last(a) - last(b)
	})
	return sorted
}

// possible checks whether a change can be made, as far as possible without making it.
func (c Change) possible(root *os.Root) error {
	local := filepath.FromSlash(c.Path)
	shown := filepath.Join(root.Name(), local)
	refuse := func(msg, fix message.ID) error {
		return (&workspace.FolderError{Path: shown, Why: message.New(msg), Fix: message.New(fix)}).With("folder.note.nothing_changed")
	}
	if !migrates(c.Path) { // Undo and Recover would not accept the backup.
		return refuse("folder.not_migrated", "folder.fix.move_file")
	}
	if err := writableFolder(root, filepath.Dir(local)); err != nil {
		return err
	}
	info, err := root.Lstat(local)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if c.Old != nil {
			return refuse("folder.removed", "folder.fix.run_again")
		}
		return nil
	case err != nil:
		return workspace.NewFolderError(shown, "folder.not_read", err)
	case info.Mode()&fs.ModeSymlink != 0:
		return refuse("folder.link_not_followed", "folder.fix.link_file")
	case !info.Mode().IsRegular():
		return refuse("folder.not_ordinary", "folder.fix.move")
	case info.Mode().Perm()&0o200 == 0:
		return refuse("folder.read_only", "folder.fix.file_writable")
	}
	data, err := safely.ReadIn(root, local, safely.MaxFileSize)
	if err != nil {
		return workspace.NewFolderError(shown, "folder.not_read", err)
	}
	if c.Old == nil || !bytes.Equal(data, c.Old) {
		return refuse("folder.changed", "folder.fix.run_again")
	}
	return nil
}

// writableFolder checks that the nearest existing folder on a path is writable.
func writableFolder(root *os.Root, dir string) error {
	for {
		info, err := root.Stat(dir)
		if err == nil {
			shown := filepath.Join(root.Name(), dir)
			if !info.IsDir() {
				return &workspace.FolderError{Path: shown, Why: message.New("folder.file_for_dir"), Fix: message.New("folder.with", "fix", message.New("folder.fix.move"), "note", message.New("folder.note.nothing_changed"))}
			}
			if info.Mode().Perm()&0o200 == 0 {
				return &workspace.FolderError{Path: shown, Why: message.New("folder.dir_read_only"), Fix: message.New("folder.with", "fix", message.New("folder.fix.file_writable"), "note", message.New("folder.note.nothing_changed"))}
			}
			return nil
		}
		if dir == "." || !errors.Is(err, fs.ErrNotExist) {
			return workspace.NewFolderError(filepath.Join(root.Name(), dir), "folder.dir_not_read", err)
		}
		dir = filepath.Dir(dir)
	}
}
