package answers

import "sleet/ui/message"

// kindText names the kind of a decoded value.
func kindText(v any) message.Message { return message.New(kindOf(v)) }

// parseError returns the error of a message and its fix.
func parseError(file string, msg, fix message.Message) *ParseError {
	return &ParseError{File: file, Message: msg, Fix: fix}
}
