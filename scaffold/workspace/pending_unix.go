//go:build !windows

package workspace

import (
	"fmt"
	"os"

	"github.com/google/renameio/v2"
)

// newPending begins a file that will replace name in a folder, keeping the mode of what is there.
func newPending(folder *os.Root, name string, perm os.FileMode) (pendingFile, error) {
	f, err := renameio.NewPendingFile(name, renameio.WithRoot(folder), renameio.WithPermissions(perm), renameio.WithExistingPermissions())
	if err != nil {
		return nil, fmt.Errorf("write beside %s: %w", name, err)
	}
	return f, nil
}

// syncFolder makes the names in a folder last through a power cut. Some file systems cannot; the
// files are whole all the same.
func syncFolder(folder *os.Root) {
	if f, err := folder.Open("."); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}
