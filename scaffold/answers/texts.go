package answers

import "sleet/ui/message"

// kindText returns the kind of a decoded value as a message.
func kindText(v any) message.Message { return message.New(kindOf(v)) }

// parseError returns an error with a message and its fix.
func parseError(file string, msg, fix message.Message) *ParseError {
	return &ParseError{File: file, Why: msg, Fix: fix}
}
