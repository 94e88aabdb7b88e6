package catalogue

import (
	"strconv"
	"strings"

	"sleet/snowflake"
)

// Want says in English what the option takes: `a whole number from 5 to 240`.
func (o Option) Want() string { return o.Wanted().String() }

// Wanted is Want as a text that a screen can put into another language.
func (o Option) Wanted() snowflake.Text {
	want := o.wantOf(o.Type)
	for _, t := range o.Also {
		want = Either(want, o.wantOf(t))
	}
	return want
}

// wantOf says what the option takes of one type.
func (o Option) wantOf(t Type) snowflake.Text {
	switch t {
	case Bool:
		return say("want.bool")
	case Integer:
		return say("want.integer", "limits", o.Limits.words())
	case Float:
		return say("want.number")
	case String:
		return o.wantString()
	case Strings:
		return say("want.strings", "count", o.count())
	case Integers:
		return say("want.integers", "count", o.count(), "limits", o.Limits.words())
	case Table:
		return say("want.table")
	case Tables:
		return say("want.tables")
	default:
		return snowflake.Verbatim(string(t))
	}
}

// wantString says which strings the option takes.
func (o Option) wantString() snowflake.Text {
	if len(o.Choices) == 0 {
		return say("want.string")
	}
	if o.Open == "" {
		return OneOf(o.Choices)
	}
	return Either(snowflake.Verbatim(strings.Join(quoted(o.Choices), ", ")), o.open())
}

// open is what the option takes beside its choices.
func (o Option) open() snowflake.Text {
	return snowflake.Said(byWords("problem.want.", o.Open), o.Open)
}

// OneOf says that one of some words is wanted: `"a", "b" or "c"`.
func OneOf(words []string) snowflake.Text {
	return enumerated("list.or", words)
}

// AllOf names some words: `"a", "b" and "c"`.
func AllOf(words []string) snowflake.Text { return enumerated("list.and", words) }

// enumerated joins words in double quotes, the last with a text of the list's own.
func enumerated(text string, words []string) snowflake.Text {
	all := quoted(words)
	last := len(all) - 1
	if last < 1 {
		return snowflake.Verbatim(strings.Join(all, ""))
	}
	return say(text, "first", strings.Join(all[:last], ", "), "last", all[last])
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
func Either(one, other snowflake.Text) snowflake.Text {
	return say("list.or", "first", one, "last", other)
}

// count says how many items a list takes, nothing where it takes any number.
func (o Option) count() snowflake.Text {
	switch {
	case o.MaxItems == 0:
		return snowflake.Text{}
	case o.MinItems == o.MaxItems:
		return say("want.exactly", "count", o.MaxItems)
	default:
		return say("want.count", "least", o.MinItems, "most", o.MaxItems)
	}
}

// words says the limits of a whole number, nothing where there are none.
func (l Limits) words() snowflake.Text {
	step := snowflake.Text{}
	if l.Step != 0 {
		step = say("want.steps", "step", l.Step)
	}
	switch {
	case l.Max != 0:
		return say("want.between", "least", l.Min, "most", l.Max, "steps", step)
	case l.Min != 0:
		return say("want.least", "least", l.Min, "steps", step)
	default:
		return step
	}
}
