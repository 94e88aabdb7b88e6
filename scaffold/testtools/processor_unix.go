//go:build unix

package testtools

import (
	"syscall"
	"time"
)

// Runs is how often Processor runs a function.
const Runs = 5

// Processor returns the processor time of a function, the least of a few runs. What others on the machine take does not count, what
// runs beside it in this process does: its test is not to be parallel.
func Processor(do func()) time.Duration {
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
