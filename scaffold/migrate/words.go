package migrate

import "sleet/ui/message"

// both returns two reasons as one.
func both(first, second message.Message) message.Message {
	return message.New("change.both", "first", first, "second", second)
}
