//go:build !windows

package workspace

import (
	"os"

	"github.com/google/renameio/v2"
)

// newPending creates a file that will replace name in a folder and keep the mode of an existing
// file.
func newPending(folder *os.Root, name string, perm os.FileMode) (pendingFile, error) {
	return renameio.NewPendingFile(name, renameio.WithRoot(folder), renameio.WithPermissions(perm), renameio.WithExistingPermissions()) //nolint:wrapcheck // The caller names the path.
}

// syncFolder syncs the entries of a folder to disk. Errors are ignored, because some file systems
// cannot do it and the files are complete anyway.
func syncFolder(folder *os.Root) {
	if f, err := folder.Open("."); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}
