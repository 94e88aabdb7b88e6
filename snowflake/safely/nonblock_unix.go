//go:build unix

package safely

import "syscall"

// nonblock keeps the opening of a pipe from blocking until its other end is open.
const nonblock = syscall.O_NONBLOCK
