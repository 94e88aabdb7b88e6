package snowflake

import (
	"slices"
	"strings"
)

// Property is one property of a Resource.
type Property struct {
	// Name is the property's name in SQL: VALUE_LIST, QUERY_WAREHOUSE, COMMENT, …
	Name  string
	Value Value
	// Clause is how CREATE writes the property.
	Clause Clause
	// Created reports whether only CREATE sets the property. It is not compared if the object exists.
	Created bool
	// Default reports whether the value is a default that no answer and no file asks for. A new object is created with
	// it; an existing object keeps its own value.
	Default bool
	// Switch reports whether a change of the runtime sets this default if the account shows no value.
	Switch bool
	// Fixed reports whether no ALTER can change the property. If it differs, the object cannot be used.
	Fixed bool
	// Whole reports whether nobody else adds to the list, so that an entry that is not desired is removed.
	Whole bool
	// With are files of the app. A property that the account does not show is set together with them, or with other
	// properties.
	With []string

	// stale are the entries of the account's list that sleet attached and that are no longer wanted.
	stale []Entry
}

// Clause is how CREATE writes a property.
type Clause int

// The forms of a clause.
const (
	ClauseSet   Clause = iota // NAME = value
	ClauseWords               // NAME value
	ClauseBody                // AS value, after all others
	ClauseNone                // not written: the statement implies it
)

// Value is the value of a property: a text, an SQL keyword, a name, a list, or the slot of a secret's value. TextValue
// and its siblings create one, and Value.SQL renders it.
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

// Entry is a list entry: a text, a name, or a key with a name.
type Entry struct {
	Text string
	Name Name
	Key  string
}

// TextValue returns a string constant.
func TextValue(text string) Value { return Value{form: textForm, text: text} }

// WordValue returns an SQL keyword: TRUE, PYTHON, GENERIC_STRING.
func WordValue(word string) Value { return Value{form: wordForm, text: word} }

// BodyValue returns the body of a function.
func BodyValue(body string) Value { return Value{form: bodyForm, text: body} }

// NameValue returns the name of another object.
func NameValue(name Name) Value { return Value{form: nameForm, name: name} }

// SlotValue returns the slot of a secret's value.
func SlotValue(slot Slot) Value { return Value{form: slotForm, slot: slot} }

// TextsValue returns a list of texts.
func TextsValue(texts ...string) Value {
	v := Value{form: listForm}
	for _, text := range texts {
		v.entries = append(v.entries, Entry{Text: text})
	}
	return v
}

// NamesValue returns a list of names.
func NamesValue(names ...Name) Value {
	v := Value{form: listForm}
	for _, name := range names {
		v.entries = append(v.entries, Entry{Name: name})
	}
	return v
}

// ListValue returns a list of entries.
func ListValue(entries []Entry) Value { return Value{form: listForm, entries: entries} }

// List returns the entries of a list; ok is false for any other value.
func (v Value) List() (entries []Entry, ok bool) { return v.entries, v.form == listForm }

// Slot returns the slot of a secret's value; ok is false for any other value.
func (v Value) Slot() (slot Slot, ok bool) { return v.slot, v.form == slotForm }

// Empty reports whether there is nothing to write: no value, an empty text or list, or a zero name.
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

// String returns the value for display: without quotes, and masked if it is a secret's.
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

// SQL returns the value as SQL.
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

// SQL returns the entry as SQL.
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

// String returns the entry for display.
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

// clause returns the property's clause in CREATE, or "" if it has none.
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

// set returns the property's clause in SET.
func (p Property) set(s Spelling) string { return p.Name + " = " + p.Value.SQL(s) }

// position returns the index of the entry that e equals or replaces: an equal entry, or one with the same key. It
// returns -1 if there is none.
func (e Entry) position(list []Entry) int {
	return slices.IndexFunc(list, func(other Entry) bool {
		if e.Key != "" || other.Key != "" {
			return strings.EqualFold(e.Key, other.Key)
		}
		return e == other
	})
}
