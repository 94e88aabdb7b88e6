package check

import (
	"errors"

	"sleet/ui/message"
)

// TitleSaid is Title for another language.
func (r Rule) TitleSaid() message.Message { return r.said("title") }

// BreaksSaid is Breaks for another language.
func (r Rule) BreaksSaid() message.Message { return r.said("breaks") }

// ExplanationSaid is Explanation for another language.
func (r Rule) ExplanationSaid() message.Message { return r.said("explanation") }

// FixSaid is Fix for another language.
func (r Rule) FixSaid() message.Message { return r.said("fix") }

func (r Rule) said(part string) message.Message {
	return message.New(message.ID("finding." + r.ID + "." + part))
}

// saidBy returns the words of an error, of those round it not: they say where, and that is known.
func saidBy(err error) message.Message {
	var said interface{ Says() message.Message }
	if errors.As(err, &said) {
		return said.Says()
	}
	return message.Verbatim(err.Error())
}
