package snowflake

import "sleet/ui/message"

// Observed is what an account shows about one object. A property that is shown as NULL, as empty or not at all is
// unknown, and unknown does not count as different.
type Observed struct {
	// Presence reports whether the object exists.
	Presence Presence
	// Kind is the actual kind if an object of another kind has the name.
	Kind Kind
	// Owner is the role that owns the object, or the zero Name if that is not shown.
	Owner Name
	// Values are the properties that are shown, by their name in CREATE. Lists are the list properties, which may be
	// shown as empty.
	Values map[string]string
	Lists  map[string][]Entry
	// Users are other objects that refer to this one, where that can be determined.
	Users []Ref
	// Refused is the server's reason if Presence is Hidden.
	Refused message.Message
	// Files are the changes that an upload makes; nil for every other kind.
	Files *FileChanges
}

// Value returns a property; ok is false if it is not shown.
func (o Observed) Value(name string) (value string, ok bool) {
	value, ok = o.Values[name]
	return value, ok && value != ""
}

// FileChanges is what an upload changes.
type FileChanges struct {
	// Changed are the files to upload or remove.
	Changed []string
	// Kept and Done describe the files that stay unchanged and those that change.
	Kept, Done message.Message
}

// Presence reports whether an object exists.
type Presence int

// The values of Presence. Snowflake answers with the same error (002003) for an object that does not exist and for one
// that the person may not see, so Absent means either.
const (
	Unknown Presence = iota // not queried, or no answer
	Absent
	Present
	Hidden // it exists, but the person may not use it
)
