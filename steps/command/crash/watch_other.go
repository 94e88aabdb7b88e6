//go:build !unix || aix || illumos || solaris

package crash

import "io"

// WatchTerminal does nothing here. The requests for a terminal's modes have other names on AIX and Solaris. On Windows a child that shares
// the console could restore its modes; nobody has tried it on one yet, and a process that fails there could leave the console as it is after
// a crash, or worse.
func WatchTerminal(io.Reader, string) (well func()) { return func() {} }

// Watches is always false here.
func Watches([]string) bool { return false }
