package snowflake

import "sleet/ui/message"

// Fail makes an error of a Text; cause is what errors.Is and errors.As find in it, nil for none.
//
// Deprecated: use message.Fail.
func Fail(cause error, text Text) error { return message.Fail(cause, text) }

// TextOf gives an error's words: those that it says in any language, or its English.
//
// Deprecated: use message.Of.
func TextOf(err error) Text { return message.Of(err) }

// Joined makes one Text of several, with sep between them.
//
// Deprecated: use message.Join.
func Joined(sep string, list ...Text) Text { return message.Join(sep, list...) }
