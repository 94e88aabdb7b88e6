package migrate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sleet/scaffold/workspace"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Recover finishes what a killed run left half done in a folder: a migration goes through, a way back
// goes back. It reports whether there was anything.
func Recover(dir string, o WriteOptions) (bool, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return false, workspace.Cannot(dir, "folder.dir_not_opened", err)
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

// Undo takes the last migration of a folder back: every file is, byte by byte and with its mode, what
// it was before, and those that were added are gone. An app that had no sleet.toml and was applied since
// keeps one for the runtime that it had: the account still has the migrated app, and apply brings it back
// there too. It gives their paths; none where there is no
// migration to take back. Files that were edited since are an *EditedError, unless Overwrite is set.
func Undo(dir string, o WriteOptions) ([]string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, workspace.Cannot(dir, "folder.dir_not_opened", err)
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
			Path: filepath.Join(root.Name(), filepath.FromSlash(f.Path)), Message: message.New("folder.read_only"),
			Fix: message.New("folder.with", "fix", message.New("folder.fix.file_writable"), "note", message.New("folder.note.nothing_changed")),
		}
	}
	return nil
}

// now reads a file as it is, nil where it is not there.
func (g *generation) now(f savedFile) ([]byte, error) {
	local := filepath.FromSlash(f.Path)
	data, err := safely.ReadIn(g.root, local, safely.MostFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, workspace.Cannot(filepath.Join(g.root.Name(), local), "folder.not_read", err)
	case data == nil:
		return []byte{}, nil
	}
	return data, nil
}

// edited reports whether a file is neither what it was before nor what the migration made of it. A box
// that was ticked in MIGRATION.md is no edit.
func (g *generation) edited(i int, now []byte) bool {
	f := g.Files[i]
	hash := hashOf(now)
	if f.Generated || hash == f.Before || hash == f.After {
		return false
	}
	return f.Path != ManualFile && !strings.HasSuffix(f.Path, "/"+ManualFile) || hashOf(unticked(now)) != f.After
}

// forward makes every file what the migration makes of it.
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
				Path: filepath.Join(g.root.Name(), filepath.FromSlash(f.Path)), Message: message.New("folder.half_edited"),
				Fix: message.New("folder.fix.undo"),
			}
		}
		if err := g.put(f, now, f.After, g.after(i), o); err != nil {
			return err
		}
	}
	return nil
}

// finish notes that the migration is done.
func (g *generation) finish(o WriteOptions) error {
	g.release()
	g.State = stateApplied
	if err := g.write(o); err != nil {
		return err
	}
	g.sweep()
	return nil
}

// sweep removes what only a migration under way needs.
func (g *generation) sweep() {
	g.release()
	_ = g.root.RemoveAll(filepath.FromSlash(g.dir + "/after"))
}

// backward makes every file what it was, and removes the backup.
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
		_ = g.root.Remove(filepath.FromSlash(dir)) // one that holds something stays
	}
	for _, f := range g.Files {
		if !g.Applied || f.Undone == "" {
			continue
		}
		if err := workspace.Replace(g.root, f.Path, []byte(f.Undone), f.Mode.Perm()); err != nil {
			return fmt.Errorf("write %s: %w", f.Path, err)
		}
	}
	if err := o.at("forget"); err != nil {
		return workspace.Cannot(g.dir, "folder.backup_not_removed", err)
	}
	g.discard()
	return nil
}

// sameMode reports whether a file has the mode it had.
func (g *generation) sameMode(f savedFile) bool {
	info, err := g.root.Stat(filepath.FromSlash(f.Path))
	return err != nil || info.Mode().Perm() == f.Mode.Perm()
}

// put makes a file, which is now as given, what the backup has under a name, or removes it where want is
// no hash. The copy itself is moved into place: that takes no room on a disk that may be full.
func (g *generation) put(f savedFile, now []byte, want, saved string, o WriteOptions) error {
	if err := o.at("put " + f.Path); err != nil {
		return workspace.Cannot(f.Path, "folder.not_written", err)
	}
	local, copied := filepath.FromSlash(f.Path), filepath.FromSlash(saved)
	switch want {
	case "":
		return workspace.Remove(g.root, f.Path)
	case hashOf(now):
		if err := g.root.Chmod(local, f.Mode.Perm()); err != nil {
			return workspace.Cannot(filepath.Join(g.root.Name(), local), "folder.no_mode", err)
		}
		return nil
	}
	data, err := safely.ReadIn(g.root, copied, safely.MostFile)
	if err != nil {
		return workspace.Cannot(filepath.Join(g.root.Name(), copied), "folder.backup_not_read", err)
	}
	if data == nil {
		data = []byte{}
	}
	if hashOf(data) != want {
		return &workspace.FolderError{
			Path: filepath.Join(g.root.Name(), copied), Message: message.New("folder.backup_changed", "file", f.Path),
			Fix: message.New("folder.fix.by_hand"),
		}
	}
	if err := workspace.MoveInto(g.root, saved, f.Path, f.Mode.Perm()); err != nil {
		return fmt.Errorf("write %s: %w", f.Path, err)
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
