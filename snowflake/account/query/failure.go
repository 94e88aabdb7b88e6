package query

import (
	"errors"
	"fmt"
	"strings"

	"sleet/ui/message"
)

// Failure is an error of the account or of the connection to it: what the server said, without secrets and control
// characters, what it means, and a fix.
type Failure struct {
	// Code is Snowflake's error number, 0 if there is none; State is its SQLSTATE.
	Code  int
	State string
	// Text is the message of the server; QueryID identifies the statement in the account's history.
	Text, QueryID string
	// Meaning and Fix are explanations of sleet; they are empty for unknown codes.
	Meaning, Fix message.Message
	// LogIn reports whether the login failed, Network whether no answer came.
	LogIn, Network bool
	// Uncertain reports whether the statement may have taken effect.
	Uncertain bool
	// Ours is Text if it is a message of sleet and not of the account.
	Ours message.Message
	// Ended reports whether the session had ended before the statement ran; Final whether a retry would fail the same
	// way.
	Ended, Final bool
	// Forbidden reports whether the session may not use the role of the statement.
	Forbidden bool
	// Cause is context.Canceled or the like, and never the driver's error, whose text is not scrubbed.
	Cause error
}

// Refusal returns the explained failure of a statement that the account refused. text must not contain secrets.
func Refusal(code int, state, text, queryID string) *Failure {
	f := &Failure{Code: code, State: state, Text: text, QueryID: queryID}
	f.Explain()
	return f
}

// Error returns the meaning, the fix and the message of the account, in English.
func (f *Failure) Error() string { return f.Message().String() }

// Message returns the meaning, the fix and then the message of the account: the order that helps a listener most.
func (f *Failure) Message() message.Message {
	var lines []message.Message
	for _, line := range []message.Message{f.Meaning, f.Fix, f.Answer()} {
		if !line.IsZero() {
			lines = append(lines, line)
		}
	}
	return message.Join("\n", lines...)
}

// Answer returns the message of the account or of the connection; the zero Message if meaning and fix are enough.
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

// said returns the message with its code and query id.
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

// Brief returns an error in one line, for a sentence about its consequence. Of a Failure it returns the message of the
// account.
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

// IsConnectionError reports whether an error concerns the connection and not a statement.
func IsConnectionError(err error) bool {
	var f *Failure
	if err == nil {
		return false
	}
	if !errors.As(err, &f) {
		return true
	}
	return f.Network || f.LogIn || f.Cause != nil
}

// CodeOf returns the account's code of an error in six digits; empty if there is none.
func CodeOf(err error) string {
	var f *Failure
	if errors.As(err, &f) && f.Code != 0 {
		return fmt.Sprintf("%06d", f.Code)
	}
	return ""
}

// HasCode reports whether an error has one of the account's codes.
func HasCode(err error, codes ...int) bool {
	var f *Failure
	return errors.As(err, &f) && f.HasCode(codes...)
}
