package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sleet/ui/message"
)

// spot is where a file is written: within root, with symbolic links resolved.
type spot struct {
	// dir and base are the path in the folder, with the links of base resolved.
	dir, base string
	// missing are the folders to create, outermost first.
	missing []string
}

// spotFor checks whether a file can be written at a path of the folder dir, which root is opened
// on.
func spotFor(dir string, root *os.Root, p string) (spot, error) {
	local := filepath.FromSlash(p)
	shownPath := filepath.Join(dir, local)
	if err := checkPlace(root, p); err != nil {
		return spot{}, err
	}
	s := spot{dir: filepath.Dir(local), base: filepath.Base(local)}
	missing, err := missingFolders(dir, root, s.dir)
	if err != nil || len(missing) > 0 {
		s.missing = missing
		return s, err
	}
	info, err := root.Lstat(local)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s, nil
	case err != nil:
		return s, NewFolderError(shownPath, "folder.not_written", err)
	case info.IsDir():
		return s, &FolderError{Path: shownPath, Why: message.New("folder.dir_for_file"), Fix: message.New("folder.fix.move_dir")}
	case info.Mode()&fs.ModeSymlink != 0:
		return s.follow(dir, root)
	case !info.Mode().IsRegular():
		return s, &FolderError{Path: shownPath, Why: message.New("folder.not_ordinary"), Fix: message.New("folder.fix.move")}
	}
	return s, nil
}

// missingFolders checks the parent folders of a file and returns those that do not exist.
func missingFolders(dir string, root *os.Root, local string) ([]string, error) {
	if local == "." {
		return nil, nil
	}
	var missing []string
	parts := strings.Split(local, string(filepath.Separator))
	for i := range parts {
		p := filepath.Join(parts[:i+1]...)
		if len(missing) > 0 {
			missing = append(missing, p)
			continue
		}
		_, err := root.Lstat(p)
		if errors.Is(err, fs.ErrNotExist) {
			missing = append(missing, p)
			continue
		}
		info, err := root.Stat(p)
		if err != nil {
			return nil, LinkError(filepath.Join(dir, p), err)
		}
		if !info.IsDir() {
			return nil, &FolderError{Path: filepath.Join(dir, p), Why: message.New("folder.file_for_dir"), Fix: message.New("folder.fix.move_file")}
		}
	}
	return missing, nil
}

// follow resolves a symbolic link at the end of a path, which must point to a file in the same
// folder.
func (s spot) follow(dir string, root *os.Root) (spot, error) {
	local := filepath.Join(s.dir, s.base)
	shownPath := filepath.Join(dir, local)
	info, err := root.Stat(local)
	if err != nil {
		return s, LinkError(shownPath, err)
	}
	if !info.Mode().IsRegular() {
		return s, &FolderError{Path: shownPath, Why: message.New("folder.link_not_ordinary"), Fix: message.New("folder.fix.remove")}
	}
	target, err := filepath.EvalSymlinks(shownPath)
	if err != nil {
		return s, LinkError(shownPath, err)
	}
	home, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return s, LinkError(dir, err)
	}
	inside, err := filepath.Rel(home, target)
	if err != nil || !filepath.IsLocal(inside) {
		return s, LinkError(shownPath, err)
	}
	if base := filepath.Base(inside); hidden(inside) || base[0] == '.' && base != s.base {
		return s, notWritten(filepath.ToSlash(local))
	}
	return spot{dir: filepath.Dir(inside), base: filepath.Base(inside)}, nil
}

// LinkError returns the error for a symbolic link that cannot be followed within the folder.
func LinkError(path string, err error) *FolderError {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &FolderError{Path: path, Why: message.New("folder.link_to_nothing"), Fix: message.New("folder.fix.remove"), Err: err}
	case errors.Is(err, fs.ErrPermission):
		return NewFolderError(path, "folder.path_not_read", err)
	default:
		return &FolderError{Path: path, Why: message.New("folder.link_outside"), Fix: message.New("folder.fix.link"), Err: err}
	}
}
