//go:build !unix || aix || illumos || solaris

package crash

import "io"

// WatchTerminal does nothing on this system. AIX and Solaris have other names for the terminal requests. On Windows a
// child process that shares the console could restore its modes, but this is untested, and a failing child could leave
// the console in a worse state.
func WatchTerminal(io.Reader, string) (well func()) { return func() {} }

// Watches is always false on this system.
func Watches([]string) bool { return false }
