package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"sleet/scaffold"
	"sleet/ui/message"
)

// hiddenFolders are the only hidden folders that sleet writes to. Others may contain code that
// programs run, such as the hooks in .git and the workflows in .github.
var hiddenFolders = []string{scaffold.StreamlitDir, ".sleet"}

// hidden reports whether a local path contains a hidden folder that does not belong to the app.
func hidden(local string) bool {
	parts := strings.Split(filepath.Dir(local), string(filepath.Separator))
	return slices.ContainsFunc(parts, func(name string) bool {
		return len(name) > 1 && name[0] == '.' && name != ".." && !slices.Contains(hiddenFolders, name)
	})
}

// checkPlace returns an error unless sleet may write and remove a file at a path of a folder:
// inside the folder, and in no hidden folder except the app's, even through symbolic links.
func checkPlace(root *os.Root, p string) error {
	if err := lexicalPlace(p); err != nil {
		return err
	}
	local := filepath.FromSlash(p)
	target, err := throughLinks(root, filepath.Dir(local))
	if err != nil {
		return LinkError(filepath.Join(root.Name(), filepath.Dir(local)), err)
	}
	if hidden(filepath.Join(target, filepath.Base(local))) {
		return notWritten(p)
	}
	return nil
}

// lexicalPlace is like checkPlace but does not look at the disk.
func lexicalPlace(p string) error {
	local := filepath.FromSlash(p)
	if !filepath.IsLocal(local) || strings.HasSuffix(p, "/") || filepath.Clean(local) == "." {
		return &FolderError{Path: p, Why: message.New("folder.path_outside"), Fix: message.New("folder.fix.relative")}
	}
	if hidden(local) || strings.EqualFold(filepath.Base(local), ".git") {
		return notWritten(p)
	}
	return nil
}

// Writable reports whether sleet may write to a path: inside the folder, and in no hidden folder
// except the app's.
func Writable(p string) bool { return lexicalPlace(p) == nil }

// notWritten returns the error for a path in a hidden folder.
func notWritten(p string) *FolderError {
	return &FolderError{Path: p, Why: message.New("folder.hidden", "folders", strings.Join(hiddenFolders, ", ")), Fix: message.New("folder.fix.hidden")}
}

// throughLinks resolves the symbolic links of a folder's path within root. Missing parts of the
// path stay unchanged.
func throughLinks(root *os.Root, local string) (string, error) {
	home, err := filepath.EvalSymlinks(root.Name())
	if err != nil {
		return "", err //nolint:wrapcheck // The caller names the path.
	}
	rest := "."
	for at := local; ; at = filepath.Dir(at) {
		target, err := filepath.EvalSymlinks(filepath.Join(home, at))
		missing := errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
		if missing && at != "." {
			if _, e := root.Lstat(at); e == nil {
				return "", err //nolint:wrapcheck // A link to nothing; the caller names the path.
			}
			rest = filepath.Join(filepath.Base(at), rest)
			continue
		}
		if err != nil {
			return "", err //nolint:wrapcheck // The caller names the path.
		}
		inside, err := filepath.Rel(home, target)
		if err != nil || !filepath.IsLocal(inside) {
			return "", errOutside
		}
		return filepath.Join(inside, rest), nil
	}
}

// errOutside is the error for a link that leaves the folder.
var errOutside = message.NewError("folder.link_outside")

// Remove removes a file of a folder if it exists and sleet may write there. The error is a
// *FolderError.
func Remove(root *os.Root, p string) error {
	if err := checkPlace(root, p); err != nil {
		return err
	}
	local := filepath.FromSlash(p)
	if err := root.Remove(local); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return NewFolderError(filepath.Join(root.Name(), local), "folder.not_removed", err)
	}
	return nil
}
