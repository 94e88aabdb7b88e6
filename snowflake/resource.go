package snowflake

import (
	"strings"

	"sleet/ui/message"
)

// Ref names one thing of an account. Two Refs are equal where they mean the same thing.
type Ref struct {
	Kind Kind `json:"kind,omitempty"`
	Name Name `json:"name,omitzero"`
	// Folder is the folder of an upload, on the stage of its name.
	Folder string `json:"folder,omitempty"`
	// Grant is what a grant gives; the zero value for everything else.
	Grant Privilege `json:"grant,omitzero"`
}

// SQL returns the thing as SQL names it, a grant by what it gives.
func (r Ref) SQL() string { return Spelling(nil).Ref(r) }

// Ref returns a thing as SQL names it, with names as they were written.
func (s Spelling) Ref(r Ref) string {
	switch r.Kind {
	case KindGrant:
		return s.Granted(r.Grant) + " TO " + s.SQL(r.Grant.Role)
	case KindUpload:
		return "@" + s.SQL(r.Name) + "/" + r.Folder
	case KindFunction:
		return s.SQL(r.Name) + "()"
	default:
		return s.SQL(r.Name)
	}
}

// Text is the thing in words: its kind and its name.
func (r Ref) Text() message.Message {
	if r.Kind == "" {
		return message.Verbatim(r.SQL())
	}
	return message.New("planned.object", "kind", r.Kind.Text(), "name", r.SQL())
}

// refTexts are several things in words.
func refTexts(list []Ref) message.Message {
	all := make([]message.Message, 0, len(list))
	for _, ref := range list {
		all = append(all, ref.Text())
	}
	return message.Join(", ", all...)
}

// Resource is one thing that an app wants in the account: an object to make, a grant, or something of
// others that it uses. A list of them, in the order in which they are made, is what scripts are
// rendered from and what a plan sets beside the account.
type Resource struct {
	Ref
	// Owner is the role that makes it and owns it afterwards; the zero Name leaves it to the session.
	Owner Name
	// Managed reports whether the app makes it where it is missing. Without it the app uses what others have:
	// a warehouse, a compute pool, a secret that is there already.
	Managed bool
	// Properties are what it has, in the order in which CREATE writes them.
	Properties []Property
	// Replace reports whether CREATE may run over what exists, because it is the app's alone: the functions
	// that hold secrets.
	Replace bool
	// Key is the app's key of a secret, for its value.
	Key string
	// Needs are the privileges that making or using it takes.
	Needs []Privilege
	// Uses are what must be there before it.
	Uses []Ref
}

// Slots are the places where secrets' values go.
func (r Resource) Slots() []Slot {
	var list []Slot
	for _, p := range r.Properties {
		if slot, ok := p.Value.Slot(); ok {
			list = append(list, slot)
		}
	}
	return list
}

// Property returns the property of a name.
func (r Resource) Property(name string) (Property, bool) {
	for _, p := range r.Properties {
		if p.Name == name {
			return p, true
		}
	}
	return Property{}, false
}

// DesiredResources are all that an app wants in an account, and how its names were written.
type DesiredResources struct {
	List     []Resource
	Spelling Spelling
}

// Privilege is a privilege on something that a role has, or is to have, as GRANT writes it.
type Privilege struct {
	// Name is USAGE, CREATE SECRET, READ, OWNERSHIP, …
	Name string `json:"privilege"`
	// On is what kind of thing it is on, as GRANT writes it: ACCOUNT, DATABASE, SCHEMA, COMPUTE POOL, …;
	// Object is that thing, the zero Name for the account. On a database role it is that role itself.
	On     string `json:"on"`
	Object Name   `json:"object,omitzero"`
	// Role has it. A database role has its database and its own name.
	Role Name `json:"role"`
}

// callerPrefix begins the name of a caller grant, as SHOW CALLER GRANTS has it.
const callerPrefix = "CALLER "

// OfCaller reports whether it is a caller grant: not a privilege, but one of the viewer's that apps of the role may run with.
// https://docs.snowflake.com/en/developer-guide/restricted-callers-rights
func (p Privilege) OfCaller() bool { return strings.HasPrefix(p.Name, callerPrefix) }

// Granted returns a privilege and what it is on, as GRANT writes them.
func (s Spelling) Granted(p Privilege) string {
	if p.Object.IsZero() {
		return p.Name + " ON " + p.On
	}
	return p.Name + " ON " + p.On + " " + s.SQL(p.Object)
}

// Grant returns the statement that gives a privilege.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
func (s Spelling) Grant(p Privilege) string {
	if p.On == OnDatabaseRole {
		return "GRANT DATABASE ROLE " + s.SQL(p.Object) + " TO ROLE " + s.SQL(p.Role)
	}
	return "GRANT " + s.Granted(p) + " TO " + s.grantee(p.Role)
}

// Revoke returns the statement that takes a privilege back.
func (s Spelling) Revoke(p Privilege) string {
	if p.On == OnDatabaseRole {
		return "REVOKE DATABASE ROLE " + s.SQL(p.Object) + " FROM ROLE " + s.SQL(p.Role)
	}
	return "REVOKE " + s.Granted(p) + " FROM " + s.grantee(p.Role)
}

// grantee is a role as GRANT … TO writes it.
func (s Spelling) grantee(role Name) string {
	if role.Database != "" {
		return OnDatabaseRole + " " + s.SQL(role)
	}
	return OnRole + " " + s.SQL(role)
}
