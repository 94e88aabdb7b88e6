package safely

import (
	"fmt"
	"runtime"
	"strings"
)

// PanicError is a panic that became an error. It names the type of what was thrown and the functions on
// the way, and repeats no value.
type PanicError struct{ Kind, Where string }

// Error says that sleet is broken, and where.
func (e *PanicError) Error() string {
	return fmt.Sprintf("something in sleet is broken (%s)%s", e.Kind, e.Where)
}

// Recovered makes an error of what recover returned, to be called in the deferred function itself; nil
// stays nil.
func Recovered(thrown any) error {
	if thrown == nil {
		return nil
	}
	return &PanicError{Kind: fmt.Sprintf("%T", thrown), Where: stack()}
}

// Call runs a function; a panic in it is its error.
func Call(do func() error) (err error) {
	defer func() {
		if broken := Recovered(recover()); broken != nil {
			err = broken
		}
	}()
	return do()
}

// Go returns a function for a group of goroutines: one in which a panic is its error.
func Go(do func() error) func() error {
	return func() error { return Call(do) }
}

// stack names the functions of sleet that a panic went through, without their arguments.
func stack() string {
	const skip, most = 4, 64
	pcs := make([]uintptr, most)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(skip, pcs)])
	var b strings.Builder
	for {
		frame, more := frames.Next()
		if strings.HasPrefix(frame.Function, "sleet/") && !strings.HasPrefix(frame.Function, "sleet/snowflake/safely.") {
			fmt.Fprintf(&b, "\n  at %s, line %d", frame.Function, frame.Line)
		}
		if !more {
			return b.String()
		}
	}
}
