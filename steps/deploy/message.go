package deploy

import "sleet/ui/message"

// worded makes a text of a message of the screen.
func worded(id string, args ...any) message.Message { return message.New(id, args...) }

// failed makes an error of a message of the screen.
func failed(cause error, id string, args ...any) error { return message.Wrap(cause, id, args...) }
