package query

import (
	"errors"
	"fmt"
	"strings"

	"sleet/ui/message"
)

// Failure is an account's refusal, or the way to it that is cut: what the server said, free of
// secrets and control characters, what that means, and what fixes it.
type Failure struct {
	// Code is Snowflake's error number, 0 where none came; State its SQLSTATE.
	Code  int
	State string
	// Text is what was said; QueryID finds the statement in the account's history.
	Text, QueryID string
	// Meaning and Fix are ours; they say nothing for a code that the table does not know.
	Meaning, Fix message.Message
	// LogIn says that it was the log-in that failed, Network that no answer came.
	LogIn, Network bool
	// Uncertain reports whether the statement may have taken effect all the same.
	Uncertain bool
	// Ours is Text where sleet says it and not the account.
	Ours message.Message
	// Ended reports whether the session had ended before the statement ran, Final whether the same would come
	// of another try.
	Ended, Final bool
	// Forbidden reports whether the role that a statement was to run as is not the session's to take.
	Forbidden bool
	// Cause is context.Canceled and the like; never the driver's error, whose text is not scrubbed.
	Cause error
}

// Refusal returns the failure of a statement that the account refused, explained. text has no secret in it.
func Refusal(code int, state, text, queryID string) *Failure {
	f := &Failure{Code: code, State: state, Text: text, QueryID: queryID}
	f.Explain()
	return f
}

// Error returns meaning, fix and what the account said, in English.
func (f *Failure) Error() string { return f.Says().String() }

// Says returns what it means, what fixes it and then what the account said: in the order in which it
// helps somebody to whom it is read.
func (f *Failure) Says() message.Message {
	var lines []message.Message
	for _, line := range []message.Message{f.Meaning, f.Fix, f.Answer()} {
		if !line.IsZero() {
			lines = append(lines, line)
		}
	}
	return message.Join("\n", lines...)
}

// Answer is what the account said, or the way to it; nothing where meaning and fix say all.
func (f *Failure) Answer() message.Message {
	switch {
	case f.Code >= 260000 && f.Code < 270000:
		return message.New("failure.driver", "said", f.said())
	case f.Code != 0 || f.Ours.IsZero() && f.Meaning.IsZero():
		return message.New("failure.snowflake", "said", f.said())
	case !f.Ours.IsZero():
		return f.said()
	case f.QueryID != "":
		return message.New("failure.query", "id", f.QueryID)
	default:
		return message.Message{}
	}
}

// said is what was said, with the number and the query to find it by.
func (f *Failure) said() message.Message {
	var details []message.Message
	if f.Code != 0 {
		details = append(details, message.New("failure.code", "code", fmt.Sprintf("%06d", f.Code)))
	}
	if f.State != "" {
		details = append(details, message.New("failure.state", "state", f.State))
	}
	if f.QueryID != "" {
		details = append(details, message.New("failure.query", "id", f.QueryID))
	}
	text := f.Ours
	if text.IsZero() {
		text = message.Verbatim(f.Text)
	}
	if len(details) == 0 {
		return text
	}
	return message.New("failure.details", "said", text, "details", message.Join(", ", details...))
}

// Brief returns an error in one line, for a sentence that says what it kept from being done: of a Failure
// what the account said.
func Brief(err error) message.Message {
	var f *Failure
	switch {
	case !errors.As(err, &f):
		return message.Of(err)
	case f.Cause != nil || f.Code == 0 && f.Ours.IsZero():
		return f.Meaning
	default:
		one := *f
		one.Text, _, _ = strings.Cut(f.Text, "\n")
		one.QueryID = ""
		return one.said()
	}
}

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Cause }

// HasCode reports whether the failure has one of the codes.
func (f *Failure) HasCode(codes ...int) bool {
	for _, c := range codes {
		if f.Code == c {
			return true
		}
	}
	return false
}

// OfConnection reports whether an error is of the connection, not of a statement.
func OfConnection(err error) bool {
	var f *Failure
	if err == nil {
		return false
	}
	if !errors.As(err, &f) {
		return true
	}
	return f.Network || f.LogIn || f.Cause != nil
}

// CodeOf returns the account's code of an error in six digits; empty for none.
func CodeOf(err error) string {
	var f *Failure
	if errors.As(err, &f) && f.Code != 0 {
		return fmt.Sprintf("%06d", f.Code)
	}
	return ""
}

// CodeIs reports whether an error has one of the account's codes.
func CodeIs(err error, codes ...int) bool {
	var f *Failure
	return errors.As(err, &f) && f.HasCode(codes...)
}
