package catalogue

import "sleet/ui/message"

// RuntimeText returns the display name of a runtime, or the name itself if it is unknown.
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

// Instead returns what to do instead of using a deprecated option, zero for any other option.
func (o Option) Instead() message.Message {
	if o.Deprecated == "" {
		return message.Message{}
	}
	return message.New(message.ID("problem.instead." + o.Key))
}
