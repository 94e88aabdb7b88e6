//go:build unix

package crash

import "syscall"

// DisableCoreDumps prevents core files, which would contain secrets' values. If the system refuses, nothing else can be
// done.
func DisableCoreDumps() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) }
