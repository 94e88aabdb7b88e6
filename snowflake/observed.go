package snowflake

import "sleet/ui/message"

// Observed is what an account shows of one object. Everything in it is known or unknown: what the
// account shows as NULL, as empty or not at all is unknown, and unknown is not different.
type Observed struct {
	// Presence reports whether it is there.
	Presence Presence
	// Kind is what it is where a thing of another kind has its name.
	Kind Kind
	// Owner is the role that owns it; the zero Name where that is not shown.
	Owner Name
	// Values are the properties that are shown, by the name they have in CREATE; Lists those that are
	// lists, which may be shown as empty.
	Values map[string]string
	Lists  map[string][]Entry
	// Users are other objects that refer to it, where that can be known.
	Users []Ref
	// Refused is the server's reason where Presence is Hidden.
	Refused message.Message
	// Files is what is to be done about the files of an upload; nil for everything else.
	Files *FileChanges
}

// Value returns a property that is shown; ok is false where it is not.
func (o Observed) Value(name string) (value string, ok bool) {
	value, ok = o.Values[name]
	return value, ok && value != ""
}

// FileChanges is what an upload has to do.
type FileChanges struct {
	// Changed are the files that are sent or removed.
	Changed []string
	// Kept and Done say in words what stays as it is, and what is done.
	Kept, Done message.Message
}

// Presence reports whether an object is there.
type Presence int

// What an account says of an object. It answers the same to what is not there and to what one may not
// see (002003), so Absent means: not there, or not for this person.
const (
	Unknown Presence = iota // not asked, or no answer
	Absent
	Present
	Hidden // it exists, and the person may not use it
)
