//go:build unix

package statestore

import (
	"errors"
	"os"
	"syscall"
)

// unlock releases the lock.
func unlock(file *os.File) { _ = syscall.Flock(int(file.Fd()), syscall.LOCK_UN) }

// lock locks a file or folder for this process, or returns errHeld if another process has locked it.
func lock(file *os.File) error {
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errHeld
		}
		return err //nolint:wrapcheck // The caller names the folder.
	}
}
