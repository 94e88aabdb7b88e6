package steps

import (
	"time"
)

// Throttle returns a function that calls seen at most once per pace and drops the other calls. It has no timer.
func Throttle(pace time.Duration, now func() time.Time, seen func(files int)) func(files int) {
	last := now()
	return func(files int) {
		if at := now(); at.Sub(last) >= pace {
			last = at
			seen(files)
		}
	}
}
