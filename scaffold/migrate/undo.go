package migrate

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Recover completes what a killed run left unfinished in a folder: it finishes a migration, or an undo. It reports
// whether there was anything to do.
func Recover(dir string, o WriteOptions) (bool, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return false, workspace.NewFolderError(dir, "folder.dir_not_opened", err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	g, err := lastGeneration(root, o)
	var foreign *ForeignError
	switch {
	case errors.As(err, &foreign) && !foreign.Half:
		return false, nil // there is nothing to finish
	case err != nil || g == nil:
		return false, err
	case g.State == stateApplied:
		g.sweep()
		return false, nil
	case g.State == stateUndoing:
		return true, g.backward(o)
	}
	if err := g.forward(o); err != nil {
		return true, err
	}
	return true, g.finish(o)
}

// Undo undoes the last migration of a folder: every file has its previous content and mode, and new files are removed.
// If an app without a sleet.toml was applied since, Undo leaves one for the previous runtime: the account still has the
// migrated app, and apply will restore it there too. Undo returns the files' paths, none if there is no migration. If
// files were edited since, it returns an *EditedError, unless Overwrite is set.
func Undo(dir string, o WriteOptions) ([]string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, workspace.NewFolderError(dir, "folder.dir_not_opened", err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	g, err := lastGeneration(root, o)
	if err != nil || g == nil {
		return nil, err
	}
	paths := make([]string, 0, len(g.Files))
	var edited []string
	for i, f := range g.Files {
		now, err := g.now(f)
		if err != nil {
			return nil, err
		}
		if !f.Generated || hashOf(now) != f.Before {
			paths = append(paths, f.Path)
		}
		if g.edited(i, now) {
			edited = append(edited, f.Path)
		}
		if err := f.writable(root); err != nil {
			return nil, err
		}
	}
	if len(edited) > 0 && !o.Overwrite {
		return nil, &EditedError{Paths: edited}
	}
	g.Applied = o.Applied
	return paths, g.backward(o)
}

// writable checks that a file may be replaced.
func (f savedFile) writable(root *os.Root) error {
	info, err := root.Lstat(filepath.FromSlash(f.Path))
	if err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o200 == 0 && f.Mode.Perm()&0o200 != 0 {
		return &workspace.FolderError{
			Path: filepath.Join(root.Name(), filepath.FromSlash(f.Path)), Why: message.New("folder.read_only"),
			Fix: message.New("folder.with", "fix", message.New("folder.fix.file_writable"), "note", message.New("folder.note.nothing_changed")),
		}
	}
	return nil
}

// now returns the current content of a file, nil if it does not exist.
func (g *generation) now(f savedFile) ([]byte, error) {
	local := filepath.FromSlash(f.Path)
	data, err := safely.ReadIn(g.root, local, safely.MaxFileSize)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, workspace.NewFolderError(filepath.Join(g.root.Name(), local), "folder.not_read", err)
	case data == nil:
		return []byte{}, nil
	}
	return data, nil
}

// edited reports whether a file has neither its content before nor after the migration. A box that was checked in
// MIGRATION.md is not an edit.
func (g *generation) edited(i int, now []byte) bool {
	f := g.Files[i]
	hash := hashOf(now)
	if f.Generated || hash == f.Before || hash == f.After {
		return false
	}
	return f.Path != scaffold.ManualFile && !strings.HasSuffix(f.Path, "/"+scaffold.ManualFile) || hashOf(unticked(now)) != f.After
}

// forward replaces every file with its migrated content.
func (g *generation) forward(o WriteOptions) error {
	workspace.CleanReplaced(g.root, g.paths())
	for i, f := range g.Files {
		if f.Generated {
			continue
		}
		now, err := g.now(f)
		if err != nil {
			return err
		}
		switch hashOf(now) {
		case f.After:
			continue
		case f.Before:
		default:
			return &workspace.FolderError{
				Path: filepath.Join(g.root.Name(), filepath.FromSlash(f.Path)), Why: message.New("folder.half_edited"),
				Fix: message.New("folder.fix.undo"),
			}
		}
		if err := g.put(f, now, f.After, g.after(i), o); err != nil {
			return err
		}
	}
	return nil
}

// finish records that the migration is done.
func (g *generation) finish(o WriteOptions) error {
	g.release()
	g.State = stateApplied
	if err := g.write(o); err != nil {
		return err
	}
	g.sweep()
	return nil
}

// sweep removes what only an unfinished migration needs.
func (g *generation) sweep() {
	g.release()
	_ = g.root.RemoveAll(filepath.FromSlash(g.dir + "/after"))
}

// backward restores every file and removes the backup.
func (g *generation) backward(o WriteOptions) error {
	g.release()
	g.State = stateUndoing
	if err := g.write(o); err != nil {
		return err
	}
	workspace.CleanReplaced(g.root, g.paths())
	for i, f := range slices.Backward(g.Files) {
		now, err := g.now(f)
		if err != nil {
			return err
		}
		if hashOf(now) == f.Before && g.sameMode(f) {
			continue
		}
		if err := g.put(f, now, f.Before, g.before(i), o); err != nil {
			return err
		}
	}
	for _, dir := range slices.Backward(g.Folders) {
		_ = g.root.Remove(filepath.FromSlash(dir)) // a folder with files in it stays
	}
	for _, f := range g.Files {
		if !g.Applied || f.Undone == "" {
			continue
		}
		if err := workspace.Replace(g.root, f.Path, []byte(f.Undone), f.Mode.Perm()); err != nil {
			return err
		}
	}
	if err := o.at("forget"); err != nil {
		return workspace.NewFolderError(g.dir, "folder.backup_not_removed", err)
	}
	g.discard()
	return nil
}

// sameMode reports whether a file still has its original mode.
func (g *generation) sameMode(f savedFile) bool {
	info, err := g.root.Stat(filepath.FromSlash(f.Path))
	return err != nil || info.Mode().Perm() == f.Mode.Perm()
}

// put replaces a file, whose current content is now, with the backup named saved, or removes it if want is empty. It
// moves the backup itself into place, which needs no space on a full disk.
func (g *generation) put(f savedFile, now []byte, want, saved string, o WriteOptions) error {
	if err := o.at("put " + f.Path); err != nil {
		return workspace.NewFolderError(f.Path, "folder.not_written", err)
	}
	local, copied := filepath.FromSlash(f.Path), filepath.FromSlash(saved)
	switch want {
	case "":
		return workspace.Remove(g.root, f.Path)
	case hashOf(now):
		if err := g.root.Chmod(local, f.Mode.Perm()); err != nil {
			return workspace.NewFolderError(filepath.Join(g.root.Name(), local), "folder.no_mode", err)
		}
		return nil
	}
	data, err := safely.ReadIn(g.root, copied, safely.MaxFileSize)
	if err != nil {
		return workspace.NewFolderError(filepath.Join(g.root.Name(), copied), "folder.backup_not_read", err)
	}
	if data == nil {
		data = []byte{}
	}
	if hashOf(data) != want {
		return &workspace.FolderError{
			Path: filepath.Join(g.root.Name(), copied), Why: message.New("folder.backup_changed", "file", f.Path),
			Fix: message.New("folder.fix.by_hand"),
		}
	}
	if err := workspace.MoveInto(g.root, saved, f.Path, f.Mode.Perm()); err != nil {
		return err
	}
	return nil
}

func (g *generation) paths() []string {
	paths := make([]string, 0, len(g.Files))
	for _, f := range g.Files {
		paths = append(paths, f.Path)
	}
	return paths
}
