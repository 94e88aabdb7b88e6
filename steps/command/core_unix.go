//go:build unix

package command

import "syscall"

// noCore keeps a crash from leaving a core file: secrets' values would be in it. Where that is
// refused there is no more to be done.
func noCore() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) }
