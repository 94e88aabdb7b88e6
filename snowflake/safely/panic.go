package safely

import (
	"fmt"
	"runtime"
	"strings"
)

// PanicError is a recovered panic. It contains the type of the panic's value and the functions on the stack, but not
// the value, which could be a secret.
type PanicError struct{ Kind, Where string }

// Error returns the message with the functions.
func (e *PanicError) Error() string {
	return fmt.Sprintf("something in sleet is broken (%s)%s", e.Kind, e.Where)
}

// Recovered returns the result of recover as an error, or nil if that was nil. The deferred function must call it
// directly.
func Recovered(thrown any) error {
	if thrown == nil {
		return nil
	}
	return &PanicError{Kind: fmt.Sprintf("%T", thrown), Where: stack()}
}

// Call runs a function and returns its error, or a panic in it as an error.
func Call(do func() error) (err error) {
	defer func() {
		if broken := Recovered(recover()); broken != nil {
			err = broken
		}
	}()
	return do()
}

// Go returns do as a function for an error group, with panics turned into errors.
func Go(do func() error) func() error {
	return func() error { return Call(do) }
}

// stack returns sleet's functions on the stack of a panic, without their arguments.
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
