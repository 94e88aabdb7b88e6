package catalogue

import "sleet/ui/message"

// RuntimeText returns the word for a runtime; what is not a runtime is named as it is.
func RuntimeText(runtime string) message.Message {
	switch runtime {
	case container:
		return message.New("problem.runtime.container")
	case warehouse:
		return message.New("problem.runtime.warehouse")
	default:
		return message.Verbatim(runtime)
	}
}

// Instead says what to do in place of a deprecated option; it says nothing of another.
func (o Option) Instead() message.Message {
	if o.Deprecated == "" {
		return message.Message{}
	}
	return message.New(message.ID("problem.instead." + o.Key))
}
