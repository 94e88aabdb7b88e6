package steps

import (
	"time"
)

// Paced passes on at most one number of files in a time, and no other: it has no timer of its own.
func Paced(pace time.Duration, now func() time.Time, seen func(files int)) func(files int) {
	last := now()
	return func(files int) {
		if at := now(); at.Sub(last) >= pace {
			last = at
			seen(files)
		}
	}
}
