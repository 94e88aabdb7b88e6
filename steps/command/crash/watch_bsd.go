//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package crash

import "golang.org/x/sys/unix"

// The requests that read and write the modes of a terminal.
const (
	getTermios = unix.TIOCGETA
	setTermios = unix.TIOCSETAF
)
