//go:build unix

package crash

import "syscall"

// NoCore keeps a crash from leaving a core file: secrets' values would be in it. Where that is
// refused there is no more to be done.
func NoCore() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) }
