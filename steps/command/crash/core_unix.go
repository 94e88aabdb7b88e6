//go:build unix

package crash

import "syscall"

// NoCore prevents core files, which would contain secrets' values. If the system refuses, nothing else can be done.
func NoCore() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) }
