package catalogue

import (
	"strconv"
	"strings"

	"sleet/ui/message"
)

// Want says in English what the option takes: `a whole number from 5 to 240`.
func (o Option) Want() string { return o.Wanted().String() }

// Wanted is Want as a text that a screen can put into another language.
func (o Option) Wanted() message.Message {
	want := o.wantOf(o.Type)
	for _, t := range o.Also {
		want = Either(want, o.wantOf(t))
	}
	return want
}

// wantOf says what the option takes of one type.
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

// wantString says which strings the option takes.
func (o Option) wantString() message.Message {
	if len(o.Choices) == 0 {
		return message.New("problem.want.string")
	}
	if o.Open == "" {
		return OneOf(o.Choices)
	}
	return Either(message.Verbatim(strings.Join(quoted(o.Choices), ", ")), o.open())
}

// open is what the option takes beside its choices.
func (o Option) open() message.Message {
	return message.New(message.ID("problem.want.open." + o.Open))
}

// OneOf says that one of some words is wanted: `"a", "b" or "c"`.
func OneOf(words []string) message.Message {
	return enumerated("problem.list.or", words)
}

// AllOf names some words: `"a", "b" and "c"`.
func AllOf(words []string) message.Message { return enumerated("problem.list.and", words) }

// enumerated joins words in double quotes, the last with a text of the list's own.
func enumerated(id message.ID, words []string) message.Message {
	all := quoted(words)
	last := len(all) - 1
	if last < 1 {
		return message.Verbatim(strings.Join(all, ""))
	}
	return message.New(id, "first", strings.Join(all[:last], ", "), "last", all[last])
}

// quoted are words in double quotes.
func quoted(words []string) []string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = strconv.Quote(word)
	}
	return all
}

// Either says that one or the other is wanted.
func Either(one, other message.Message) message.Message {
	return message.New("problem.list.or", "first", one, "last", other)
}

// count says how many items a list takes, nothing where it takes any number.
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

// words says the limits of a whole number, nothing where there are none.
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
