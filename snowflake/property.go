package snowflake

import (
	"slices"
	"strings"
)

// Property is one property of a Resource.
type Property struct {
	// Name is the property in SQL: VALUE_LIST, QUERY_WAREHOUSE, COMMENT, …
	Name  string
	Value Value
	// Clause is how CREATE writes it.
	Clause Clause
	// Created says that CREATE sets it and that it is not compared where the object exists.
	Created bool
	// Default reports whether no answer and no file asks for the value: it is what a new object is made with,
	// and an object that exists keeps what it has.
	Default bool
	// Switch says of a default that a change of the runtime sets it where the account shows none.
	Switch bool
	// Fixed reports whether no ALTER changes it: a difference is a reason why the object cannot be used as it
	// is.
	Fixed bool
	// With are files of the app: where the account does not show the property, it is set along with
	// them, and along with other properties.
	With []string

	// stale are entries of the account's list that runs of sleet attached and that are wanted no longer.
	stale []Entry
}

// Clause is how CREATE writes a property.
type Clause int

// The ways to write a property.
const (
	ClauseSet   Clause = iota // NAME = value
	ClauseWords               // NAME value
	ClauseBody                // AS value, after all others
	ClauseNone                // not at all: it follows from the statement
)

// Value is a property's value: a text, a word of SQL, a name, a list, or the place of a secret's
// value. It is made by TextValue and its like, and becomes SQL in one place.
type Value struct {
	form    valueForm
	text    string
	name    Name
	entries []Entry
	slot    Slot
}

type valueForm int

const (
	noValue valueForm = iota
	textForm
	wordForm
	bodyForm
	nameForm
	listForm
	slotForm
)

// Entry is one entry of a list: a text, a name, or a name that a key stands for.
type Entry struct {
	Text string
	Name Name
	Key  string
}

// TextValue is a text between quotes.
func TextValue(text string) Value { return Value{form: textForm, text: text} }

// WordValue is a word of SQL: TRUE, PYTHON, GENERIC_STRING.
func WordValue(word string) Value { return Value{form: wordForm, text: word} }

// BodyValue is a function's body.
func BodyValue(body string) Value { return Value{form: bodyForm, text: body} }

// NameValue is the name of another object.
func NameValue(name Name) Value { return Value{form: nameForm, name: name} }

// SlotValue is the place of a secret's value.
func SlotValue(slot Slot) Value { return Value{form: slotForm, slot: slot} }

// TextsValue is a list of texts.
func TextsValue(texts ...string) Value {
	v := Value{form: listForm}
	for _, text := range texts {
		v.entries = append(v.entries, Entry{Text: text})
	}
	return v
}

// NamesValue is a list of names.
func NamesValue(names ...Name) Value {
	v := Value{form: listForm}
	for _, name := range names {
		v.entries = append(v.entries, Entry{Name: name})
	}
	return v
}

// ListValue is a list of entries.
func ListValue(entries []Entry) Value { return Value{form: listForm, entries: entries} }

// List returns the entries of a list; ok is false for what is not one.
func (v Value) List() (entries []Entry, ok bool) { return v.entries, v.form == listForm }

// Slot returns the place of a secret's value; ok is false for everything else.
func (v Value) Slot() (slot Slot, ok bool) { return v.slot, v.form == slotForm }

// Empty reports whether there is nothing to write: no value, an empty text or list, no name.
func (v Value) Empty() bool {
	switch v.form {
	case textForm, wordForm:
		return v.text == ""
	case nameForm:
		return v.name.IsZero()
	case listForm:
		return len(v.entries) == 0
	default:
		return v.form == noValue
	}
}

// String is the value for a person: without quotes, a secret's masked.
func (v Value) String() string {
	switch v.form {
	case nameForm:
		return v.name.Last()
	case listForm:
		return entriesText(v.entries)
	case slotForm:
		return mask
	default:
		return v.text
	}
}

// SQL returns the value as SQL writes it.
func (v Value) SQL(s Spelling) string {
	switch v.form {
	case textForm:
		return Literal(v.text)
	case bodyForm:
		return Body(v.text)
	case nameForm:
		return s.SQL(v.name)
	case slotForm:
		return v.slot.Placeholder
	case listForm:
		list := make([]string, 0, len(v.entries))
		for _, e := range v.entries {
			list = append(list, e.SQL(s))
		}
		return "(" + strings.Join(list, ", ") + ")"
	default:
		return v.text
	}
}

// SQL returns the entry as SQL writes it.
func (e Entry) SQL(s Spelling) string {
	switch {
	case e.Key != "":
		return Literal(e.Key) + " = " + s.SQL(e.Name)
	case !e.Name.IsZero():
		return s.SQL(e.Name)
	default:
		return Literal(e.Text)
	}
}

// String is the entry for a person.
func (e Entry) String() string {
	if e.Key == "" && e.Name.IsZero() {
		return e.Text
	}
	return e.SQL(nil)
}

func entriesText(list []Entry) string {
	words := make([]string, 0, len(list))
	for _, e := range list {
		words = append(words, e.String())
	}
	return strings.Join(words, ", ")
}

// clause writes the property for CREATE; empty where it writes none.
func (p Property) clause(s Spelling) string {
	switch p.Clause {
	case ClauseBody, ClauseNone:
		return ""
	case ClauseWords:
		return strings.TrimSpace(p.Name + " " + p.Value.SQL(s))
	default:
		if p.Value.Empty() {
			return ""
		}
		return p.set(s)
	}
}

// set writes the property for SET.
func (p Property) set(s Spelling) string { return p.Name + " = " + p.Value.SQL(s) }

// position finds the entry of a list that is in the same place: an equal one, or one of a map with its key.
func (e Entry) position(list []Entry) int {
	return slices.IndexFunc(list, func(other Entry) bool {
		if e.Key != "" || other.Key != "" {
			return strings.EqualFold(e.Key, other.Key)
		}
		return e == other
	})
}
