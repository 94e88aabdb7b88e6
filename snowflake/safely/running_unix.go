//go:build unix

package safely

import (
	"errors"
	"syscall"
)

// running reports whether a process exists, no matter who owns it.
func running(process int) bool {
	err := syscall.Kill(process, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
