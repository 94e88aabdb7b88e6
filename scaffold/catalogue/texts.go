package catalogue

import (
	"strings"

	"sleet/ui/message"
)

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
	if !o.Deprecated {
		return message.Message{}
	}
	return message.New(message.ID("problem.instead." + o.Key))
}

// Summary returns what an option does, in a sentence; zero if sleet does not offer it. The options of
// [theme.sidebar], [theme.light] and so on share the texts of [theme].
func (o Option) Summary() message.Message {
	key := o.Key
	if strings.HasPrefix(key, "theme.") {
		key = "theme." + o.Name
	}
	return known(message.ID("option." + key))
}

// SectionSummary returns what a section is about, in a few words; zero if it is unknown.
func SectionSummary(name string) message.Message { return known(message.ID("section." + name)) }

// known returns the message with an ID, or the zero message if there is none.
func known(id message.ID) message.Message {
	if !message.Known(id) {
		return message.Message{}
	}
	return message.New(id)
}
