//go:build unix

package testtools

import (
	"syscall"
	"time"
)

// Runs is the number of times that Processor runs a function.
const Runs = 5

// CPUTime returns the least processor time of several runs of a function. It does not count other
// processes, but it does count concurrent goroutines, so the test must not be parallel.
func CPUTime(do func()) time.Duration {
	used := func() time.Duration {
		var now syscall.Rusage
		_ = syscall.Getrusage(syscall.RUSAGE_SELF, &now)
		return time.Duration(now.Utime.Nano() + now.Stime.Nano())
	}
	least := time.Hour
	for range Runs {
		began := used()
		do()
		least = min(least, used()-began)
	}
	return least
}
