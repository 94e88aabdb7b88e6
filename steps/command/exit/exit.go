// Package exit defines the kinds of errors that commands return, and the exit code of each.
package exit

import (
	"context"
	"errors"
	"syscall"

	"sleet/scaffold/answers"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// The exit codes.
const (
	// Success means that the command succeeded.
	Success = 0
	// Failure means that the command ran, and failed or found problems.
	Failure = 1
	// Invalid means that the command line or the answers are not valid.
	Invalid = 2
	// NotReplaced means that an existing file was not replaced because nobody confirmed it.
	NotReplaced = 3
	// Stopped means that a person stopped the command.
	Stopped = 130
)

// Code returns the exit code for an error.
func Code(err error) int {
	var (
		usage    *UsageError
		place    *answers.ParseError
		problems *steps.ProblemsError
		kept     *steps.EditedFilesError
		none     *steps.MissingFilesError
		upload   *deploy.UploadError
		nowhere  *deploy.LocationError
	)
	switch {
	case err == nil:
		return Success
	case StoppedBy(err):
		return Stopped
	case errors.As(err, &kept):
		return NotReplaced
	case errors.As(err, &usage), errors.As(err, &place), errors.As(err, &problems), errors.As(err, &none), errors.As(err, &upload),
		errors.As(err, &nowhere):
		return Invalid
	default:
		return Failure
	}
}

// StoppedBy reports whether an error means that the run was stopped: by a key, a signal, or a closed pipe at its
// output.
func StoppedBy(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, syscall.EPIPE)
}

// UsageError is a command line that is not valid or incomplete.
type UsageError struct {
	Err error
	// Hint names the command whose help explains more; empty if the error is enough.
	Hint string
}

func (e *UsageError) Error() string { return e.Err.Error() }

// Message returns the message.
func (e *UsageError) Message() message.Message { return message.Of(e.Err) }

func (e *UsageError) Unwrap() error { return e.Err }

// Usage returns a UsageError with a message of the catalogues. cause is the underlying error, or nil.
func Usage(cause error, id message.ID, args ...any) error {
	return &UsageError{Err: message.Wrap(cause, id, args...)}
}

// findingsError is the error of a command that ran and found problems: exit code 1.
type findingsError struct{ message message.Message }

func (e *findingsError) Error() string { return e.message.String() }

// Message returns the message.
func (e *findingsError) Message() message.Message { return e.message }

// Found returns a findingsError with a message of the catalogues.
func Found(id message.ID, args ...any) error { return &findingsError{message.New(id, args...)} }

// Failed wraps an error in a message of the catalogues; nil stays nil.
func Failed(err error, id message.ID, args ...any) error {
	if err == nil {
		return nil
	}
	return message.Wrap(err, id, args...)
}
