package message

import "io/fs"

// Error is an error with a translatable message.
type Error struct {
	message Message
	cause   error
}

// NewError returns an error with a message of the catalogues.
func NewError(id ID, args ...any) error { return &Error{message: New(id, args...)} }

// Wrap returns an error with a message of the catalogues around its cause. errors.Is and errors.As find the cause, and
// its message is the value of {why} unless args has one.
func Wrap(cause error, id ID, args ...any) error {
	if cause != nil {
		args = append([]any{"why", Of(cause)}, args...)
	}
	return &Error{message: New(id, args...), cause: cause}
}

// Fail returns an error with a message. errors.Is and errors.As find its cause, which may be nil.
func Fail(cause error, m Message) error { return &Error{message: m, cause: cause} }

// Error returns the message in English.
func (e *Error) Error() string { return e.message.String() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// Message returns the message.
func (e *Error) Message() Message { return e.message }

// Of returns an error's message, or its text as a message if it has none.
func Of(err error) Message {
	if err == nil {
		return Message{}
	}
	if has, ok := err.(interface{ Message() Message }); ok { //nolint:errorlint // A wrapping error has a text of its own.
		return has.Message()
	}
	if file, ok := err.(*fs.PathError); ok { //nolint:errorlint // The same.
		if why := Of(file.Err); why.ID != "" {
			return New("read.error", "path", file.Path, "why", why)
		}
	}
	if several, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // The same.
		list := make([]Message, 0, len(several.Unwrap()))
		for _, each := range several.Unwrap() {
			list = append(list, Of(each))
		}
		if all := Join("\n", list...); all.String() == err.Error() { // no text around them
			return all
		}
	}
	return Verbatim(err.Error())
}
