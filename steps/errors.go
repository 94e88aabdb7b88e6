package steps

import "sleet/ui/message"

// Worded makes a text of a message of the screen.
//
// Deprecated: use message.New.
func Worded(id string, args ...any) message.Message { return message.New(id, args...) }

// Failed makes an error of a message of the screen.
//
// Deprecated: use message.Wrap.
func Failed(cause error, id string, args ...any) error { return message.Wrap(cause, id, args...) }
