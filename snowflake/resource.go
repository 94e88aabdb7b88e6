package snowflake

import (
	"strings"

	"sleet/ui/message"
)

// Ref identifies an object, grant or upload in an account. Two Refs are equal if they identify the same one.
type Ref struct {
	Kind Kind `json:"kind,omitempty"`
	Name Name `json:"name,omitzero"`
	// Folder is the folder of an upload, on the stage Name.
	Folder string `json:"folder,omitempty"`
	// Grant is the privilege of a grant, and the zero value for every other kind.
	Grant Privilege `json:"grant,omitzero"`
}

// SQL returns the resource's name in SQL, and for a grant its privilege and role.
func (r Ref) SQL() string { return Spelling(nil).Ref(r) }

// Ref returns the same text as Ref.SQL, in the recorded spelling of the names.
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

// Text returns the kind and the name as a message.
func (r Ref) Text() message.Message {
	if r.Kind == "" {
		return message.Verbatim(r.SQL())
	}
	return message.New("planned.object", "kind", r.Kind.Text(), "name", r.SQL())
}

// refTexts returns several Refs as one message.
func refTexts(list []Ref) message.Message {
	all := make([]message.Message, 0, len(list))
	for _, ref := range list {
		all = append(all, ref.Text())
	}
	return message.Join(", ", all...)
}

// Resource is one thing that an app needs in the account: an object to create, a grant, or an existing object that it
// uses. Scripts and plans are made from a list of them, in the order of their creation.
type Resource struct {
	Ref
	// Owner is the role that creates and then owns it. The zero Name leaves the choice to the session.
	Owner Name
	// Managed reports whether the app creates it if it is missing. Otherwise the app uses an object of others: a
	// warehouse, a compute pool, an existing secret.
	Managed bool
	// Properties are in the order in which CREATE writes them.
	Properties []Property
	// Replace reports whether CREATE OR REPLACE may run, because the object belongs to the app alone: the functions
	// that return secrets.
	Replace bool
	// Key is the app's key of a secret.
	Key string
	// Needs are the privileges that creating or using it requires.
	Needs []Privilege
	// Uses are the resources that must exist first.
	Uses []Ref
}

// Slots returns the slots for the values of secrets.
func (r Resource) Slots() []Slot {
	var list []Slot
	for _, p := range r.Properties {
		if slot, ok := p.Value.Slot(); ok {
			list = append(list, slot)
		}
	}
	return list
}

// Property returns the property with a name.
func (r Resource) Property(name string) (Property, bool) {
	for _, p := range r.Properties {
		if p.Name == name {
			return p, true
		}
	}
	return Property{}, false
}

// DesiredResources are all resources that an app needs in an account, and the spelling of their names.
type DesiredResources struct {
	List     []Resource
	Spelling Spelling
}

// Privilege is a privilege on an object that a role has or should have, as GRANT writes it.
type Privilege struct {
	// Name is the privilege: USAGE, CREATE SECRET, READ, OWNERSHIP, …
	Name string `json:"privilege"`
	// On is the type of the object as GRANT writes it: ACCOUNT, DATABASE, SCHEMA, COMPUTE POOL, … Object is its Name,
	// zero for the account. A database role that is granted is itself the Object.
	On     string `json:"on"`
	Object Name   `json:"object,omitzero"`
	// Role is the grantee. A database role has a Database and an Object.
	Role Name `json:"role"`
}

// callerPrefix is the prefix of a caller grant in SHOW CALLER GRANTS.
const callerPrefix = "CALLER "

// OfCaller reports whether p is a caller grant: a privilege of the viewer that apps owned by the role may use.
// https://docs.snowflake.com/en/developer-guide/restricted-callers-rights
func (p Privilege) OfCaller() bool { return strings.HasPrefix(p.Name, callerPrefix) }

// Granted returns a privilege and its object as GRANT writes them.
func (s Spelling) Granted(p Privilege) string {
	if p.Object.IsZero() {
		return p.Name + " ON " + p.On
	}
	return p.Name + " ON " + p.On + " " + s.SQL(p.Object)
}

// Grant returns the statement that grants a privilege.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
func (s Spelling) Grant(p Privilege) string {
	if p.On == OnDatabaseRole {
		return "GRANT DATABASE ROLE " + s.SQL(p.Object) + " TO ROLE " + s.SQL(p.Role)
	}
	return "GRANT " + s.Granted(p) + " TO " + s.grantee(p.Role)
}

// Revoke returns the statement that revokes a privilege.
func (s Spelling) Revoke(p Privilege) string {
	if p.On == OnDatabaseRole {
		return "REVOKE DATABASE ROLE " + s.SQL(p.Object) + " FROM ROLE " + s.SQL(p.Role)
	}
	return "REVOKE " + s.Granted(p) + " FROM " + s.grantee(p.Role)
}

// grantee returns a role as GRANT … TO writes it.
func (s Spelling) grantee(role Name) string {
	if role.Database != "" {
		return OnDatabaseRole + " " + s.SQL(role)
	}
	return OnRole + " " + s.SQL(role)
}
