package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"sleet/snowflake/safely"
)

// Replace replaces a file of a folder atomically: it has the complete old or new text at any time.
// It sets the mode and creates parent folders. The error is a *FolderError.
func Replace(root *os.Root, path string, data []byte, mode os.FileMode) error {
	if err := checkPlace(root, path); err != nil {
		return err
	}
	local := filepath.FromSlash(path)
	shownPath := filepath.Join(root.Name(), local)
	dir := filepath.Dir(local)
	if err := root.MkdirAll(dir, 0o755); err != nil {
		return NewFolderError(shownPath, "folder.dir_not_made", err)
	}
	folder, err := root.OpenRoot(dir)
	if err != nil {
		return NewFolderError(shownPath, "folder.dir_not_opened", err)
	}
	defer folder.Close() //nolint:errcheck // opened for reading only
	pending, err := newPending(folder, filepath.Base(local), mode)
	if err != nil {
		return NewFolderError(shownPath, "folder.not_written", err)
	}
	if _, err = pending.Write(data); err == nil {
		if err = pending.Sync(); err == nil {
			err = pending.CloseAtomicallyReplace()
		}
	}
	if err != nil {
		_ = pending.Cleanup()
		return NewFolderError(shownPath, "folder.not_written", err)
	}
	if info, err := root.Lstat(local); err == nil && info.Mode().Perm() != mode.Perm() {
		if err := root.Chmod(local, mode.Perm()); err != nil {
			return NewFolderError(shownPath, "folder.no_mode", err)
		}
	}
	syncFolder(folder)
	return nil
}

// MoveInto moves a file of a folder over another one atomically and sets the mode. It needs no
// additional disk space. The error is a *FolderError.
func MoveInto(root *os.Root, from, to string, mode os.FileMode) error {
	if err := errors.Join(checkPlace(root, from), checkPlace(root, to)); err != nil {
		return err
	}
	source, target := filepath.FromSlash(from), filepath.FromSlash(to)
	shownPath := filepath.Join(root.Name(), target)
	if err := root.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return NewFolderError(shownPath, "folder.dir_not_made", err)
	}
	if err := root.Chmod(source, mode.Perm()); err != nil {
		return NewFolderError(shownPath, "folder.no_mode", err)
	}
	err := root.Rename(source, target)
	if errors.Is(err, syscall.EXDEV) { // another file system is mounted in the folder
		data, err := safely.ReadIn(root, source, safely.MaxFileSize)
		if err != nil {
			return NewFolderError(shownPath, "folder.not_read", err)
		}
		return Replace(root, to, data, mode)
	}
	if err != nil {
		return NewFolderError(shownPath, "folder.not_replaced", err)
	}
	if folder, err := root.OpenRoot(filepath.Dir(target)); err == nil {
		syncFolder(folder)
		_ = folder.Close()
	}
	return nil
}

// CleanReplaced removes temporary files that a killed Replace left beside files of a folder.
func CleanReplaced(root *os.Root, paths []string) {
	for _, p := range paths {
		if checkPlace(root, p) != nil {
			continue
		}
		dir := filepath.ToSlash(filepath.Dir(filepath.FromSlash(p)))
		entries, err := fs.ReadDir(root.FS(), dir)
		if err != nil {
			continue
		}
		for _, e := range entries {
			if e.Type().IsRegular() && leftover(e.Name(), []string{p}) {
				_ = root.Remove(filepath.Join(filepath.FromSlash(dir), e.Name()))
			}
		}
	}
}
