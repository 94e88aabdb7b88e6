package workspace

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
)

// windowsPending replaces renameio, which does not support Windows because it cannot guarantee an
// atomic rename. os.Rename does replace a file in one call.
type windowsPending struct {
	*os.File
	folder     *os.Root
	temp, name string
	done       bool
}

// newPending creates a file that will replace name in a folder.
func newPending(folder *os.Root, name string, perm os.FileMode) (pendingFile, error) {
	temp := fmt.Sprintf(".%s%019d", name, rand.Int64()) //nolint:gosec // a name, not a secret
	f, err := folder.OpenFile(temp, os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return nil, err //nolint:wrapcheck // The caller names the path.
	}
	return &windowsPending{File: f, folder: folder, temp: temp, name: name}, nil
}

// CloseAtomicallyReplace moves the file into place.
func (p *windowsPending) CloseAtomicallyReplace() error {
	if err := errors.Join(p.Sync(), p.Close()); err != nil {
		return err
	}
	if err := p.folder.Rename(p.temp, p.name); err != nil {
		return err //nolint:wrapcheck // The caller names the path.
	}
	p.done = true
	return nil
}

// Cleanup removes the temporary file. It does nothing once the file is in place.
func (p *windowsPending) Cleanup() error {
	if p.done {
		return nil
	}
	_ = p.Close()
	return p.folder.Remove(p.temp) //nolint:wrapcheck // It names the file.
}

// syncFolder does nothing: Windows syncs folder entries itself.
func syncFolder(*os.Root) {}
