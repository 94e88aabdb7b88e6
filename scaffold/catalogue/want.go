package catalogue

import (
	"strconv"
	"strings"

	"sleet/ui/message"
)

// Expected returns the accepted values in English: "a whole number from 5 to 240".
func (o Option) Expected() string { return o.ExpectedMessage().String() }

// ExpectedMessage returns the accepted values as a message.
func (o Option) ExpectedMessage() message.Message {
	want := o.wantOf(o.Type)
	for _, t := range o.Also {
		want = Either(want, o.wantOf(t))
	}
	return want
}

// wantOf returns the accepted values of one type.
func (o Option) wantOf(t Type) message.Message {
	switch t {
	case Bool:
		return message.New("problem.want.bool")
	case Integer:
		return message.New("problem.want.integer", "limits", o.Limits.words())
	case Float:
		return message.New("problem.want.number")
	case String:
		return o.wantString()
	case Strings:
		return message.New("problem.want.strings", "count", o.count())
	case Integers:
		return message.New("problem.want.integers", "count", o.count(), "limits", o.Limits.words())
	case Table:
		return message.New("problem.want.table")
	case Tables:
		return message.New("problem.want.tables")
	default:
		return message.Verbatim(string(t))
	}
}

// wantString returns the accepted strings.
func (o Option) wantString() message.Message {
	if len(o.Choices) == 0 {
		return message.New("problem.want.string")
	}
	if o.OtherValues == "" {
		return OneOf(o.Choices)
	}
	return Either(message.Verbatim(strings.Join(quoted(o.Choices), ", ")), o.otherValues())
}

// otherValues returns which values the option accepts besides its choices.
func (o Option) otherValues() message.Message {
	return message.New(message.ID("problem.want.open." + o.OtherValues))
}

// OneOf returns a list of alternatives: `"a", "b" or "c"`.
func OneOf(words []string) message.Message {
	return enumerated("problem.list.or", words)
}

// AllOf returns a list of words: `"a", "b" and "c"`.
func AllOf(words []string) message.Message { return enumerated("problem.list.and", words) }

// enumerated joins words in double quotes, the last one with the given message.
func enumerated(id message.ID, words []string) message.Message {
	all := quoted(words)
	last := len(all) - 1
	if last < 1 {
		return message.Verbatim(strings.Join(all, ""))
	}
	return message.New(id, "first", strings.Join(all[:last], ", "), "last", all[last])
}

// quoted returns the words in double quotes.
func quoted(words []string) []string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = strconv.Quote(word)
	}
	return all
}

// Either returns a message that joins two alternatives with "or".
func Either(one, other message.Message) message.Message {
	return message.New("problem.list.or", "first", one, "last", other)
}

// count returns how many items a list must have, zero if any number is valid.
func (o Option) count() message.Message {
	switch {
	case o.MaxItems == 0:
		return message.Message{}
	case o.MinItems == o.MaxItems:
		return message.New("problem.want.exactly", "count", o.MaxItems)
	default:
		return message.New("problem.want.count", "least", o.MinItems, "most", o.MaxItems)
	}
}

// words returns the limits of a whole number, zero if there are none.
func (l Limits) words() message.Message {
	step := message.Message{}
	if l.Step != 0 {
		step = message.New("problem.want.steps", "step", l.Step)
	}
	switch {
	case l.Max != 0:
		return message.New("problem.want.between", "least", l.Min, "most", l.Max, "steps", step)
	case l.Min != 0:
		return message.New("problem.want.least", "least", l.Min, "steps", step)
	default:
		return step
	}
}
