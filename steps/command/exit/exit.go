// Package exit holds what the end of a command means: kinds of errors, and the exit code of each.
package exit

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"sleet/scaffold/answers"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// The codes.
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

// Code says what the end of a command means to anyone who started it.
func Code(err error) int {
	var (
		usage    *UsageError
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
	case StoppedBy(err):
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

// StoppedBy reports whether an error is that of a run that was stopped, by a key, a signal, or the
// end of the program that read its output.
func StoppedBy(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, syscall.EPIPE)
}

// UsageError is a command line that cannot be understood or lacks something.
type UsageError struct {
	Err error
	// Hint names the command whose help tells more; empty where the error says all.
	Hint string
}

func (e *UsageError) Error() string { return e.Err.Error() }

// Says returns the words.
func (e *UsageError) Says() message.Message { return message.Of(e.Err) }

func (e *UsageError) Unwrap() error { return e.Err }

// Usage returns an error of the command line or the answers, in words that a language can have its own
// for; cause is what it came from, nil for nothing.
func Usage(cause error, id message.ID, args ...any) error {
	return &UsageError{Err: message.Wrap(cause, id, args...)}
}

// Wrap says what failed, where something did.
func Wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// findingsError is a command that ran and found, or failed, something: exit code 1.
type findingsError struct{ message.Message }

func (e *findingsError) Error() string { return e.String() }

// Says returns the words.
func (e *findingsError) Says() message.Message { return e.Message }

// Found makes a findingsError of a message of the screen.
func Found(id message.ID, args ...any) error { return &findingsError{message.New(id, args...)} }

// Failed words an error, where there is one.
func Failed(err error, id string) error {
	if err == nil {
		return nil
	}
	return message.Wrap(err, message.ID(id))
}
