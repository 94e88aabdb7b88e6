package command

import (
	"sleet/snowflake"
	"sleet/steps"
	"sleet/ui/words"
)

// newError is a failure of `sleet new` in words that every language has; Why among them is its cause.
type newError struct {
	id    string
	args  []any
	cause error
}

// newFails makes the error of a message, with its cause, nil for none, and pairs of its arguments.
func newFails(cause error, id string, args ...any) error {
	return &newError{id: id, args: args, cause: cause}
}

// newWrong is newFails for a command line or answers that cannot be used.
func newWrong(cause error, id string, args ...any) error {
	return &usageError{err: newFails(cause, id, args...)}
}

// Error gives the English.
func (e *newError) Error() string {
	args := e.args
	if e.cause != nil {
		args = append([]any{"Why", e.cause.Error()}, args...)
	}
	return words.For("en").T(e.id, args...)
}

// Unwrap gives the cause.
func (e *newError) Unwrap() error { return e.cause }

// Says gives the words.
func (e *newError) Says() snowflake.Text {
	args := append([]any{"english", e.Error()}, e.args...)
	if e.cause != nil {
		args = append(args, "Why", steps.Words(e.cause))
	}
	return snowflake.Said(e.id, "{english}", args...)
}

// spokenError is an error in the person's language.
type spokenError struct {
	error

	text string
}

func (e *spokenError) Error() string { return e.text }
func (e *spokenError) Unwrap() error { return e.error }

// speak puts an error into the person's language.
func (o *newOptions) speak(err error) error {
	if err == nil {
		return nil
	}
	return &spokenError{err, steps.Say(o.words(), steps.Words(err))}
}
