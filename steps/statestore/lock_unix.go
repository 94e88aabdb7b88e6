//go:build unix

package statestore

import (
	"errors"
	"os"
	"syscall"
)

// unlock returns the lock up.
func unlock(file *os.File) { _ = syscall.Flock(int(file.Fd()), syscall.LOCK_UN) }

// lock takes the system's lock of a file or folder for this process; the error is errHeld where another has it.
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
