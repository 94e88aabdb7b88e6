package command

import (
	"errors"
	"fmt"

	"sleet/scaffold/answers"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// The exit codes.
const (
	// Success is work done.
	Success = 0
	// Failure is work that ran and failed or found something.
	Failure = 1
	// Wrong is a command line or answers that cannot be used.
	Wrong = 2
	// Kept is an existing file that would have to be overwritten, and nobody said yes.
	Kept = 3
	// Stopped is work that a person stopped.
	Stopped = 130
)

// ExitCode says what the end of a command means to anyone who started it.
func ExitCode(err error) int {
	var (
		usage    *usageError
		place    *answers.ParseError
		problems *steps.ProblemsError
		kept     *steps.KeptError
		none     *steps.UnwrittenError
		upload   *deploy.UploadError
		nowhere  *deploy.PlaceError
	)
	switch {
	case err == nil:
		return Success
	case stoppedBy(err):
		return Stopped
	case errors.As(err, &kept):
		return Kept
	case errors.As(err, &usage), errors.As(err, &place), errors.As(err, &problems), errors.As(err, &none), errors.As(err, &upload),
		errors.As(err, &nowhere):
		return Wrong
	default:
		return Failure
	}
}

// usageError is a command line that cannot be understood or lacks something.
type usageError struct {
	err error
	// hint names the command whose help tells more; empty where the error says all.
	hint string
}

func (e *usageError) Error() string { return e.err.Error() }

// Says returns the words.
func (e *usageError) Says() message.Message { return message.Of(e.err) }

func (e *usageError) Unwrap() error { return e.err }

// commandError marks an error of a command's own work; what cobra itself returns has no such mark
// and is a wrong command line.
type commandError struct{ err error }

func (e *commandError) Error() string { return e.err.Error() }
func (e *commandError) Unwrap() error { return e.err }

// newUsageError returns an error of the command line or the answers, in words that a language can have its own
// for; cause is what it came from, nil for nothing.
func newUsageError(cause error, id message.ID, args ...any) error {
	return &usageError{err: message.Wrap(cause, id, args...)}
}

// wrap says what failed.
func wrap(what string, err error) error { return fmt.Errorf("%s: %w", what, err) }
