package snowflake

// Account is what an account said about itself and about the objects that a plan asks for: a
// snapshot of plain values, names in the form that Snowflake stores.
type Account struct {
	Context Context
	// Found is what each object asked about is; one that is absent from it was not asked about.
	Found map[Ref]Found
	// Roles is the hierarchy and the grants, as far as the person may see them.
	Roles Roles
	// Parameters are those of the account that bear on an app that is to be made, where asked about.
	Parameters map[string]string
	// Notes are what the account refused to show, for the person to know.
	Notes []Text
}

// Context is what a session knows of itself right after the log-in.
type Context struct {
	Account, Region, User, Role, Database, Schema, Warehouse, Version string
	// Organization and Name make up the account's address: ORGANIZATION-NAME.
	Organization, Name string
	// Snowsight is the host of the account's web interface, empty where the account does not tell it.
	Snowsight string
	// Trial says that the account is known to have no external access. No documented statement tells
	// beforehand: a trial account is one like all others to SHOW and to the context functions, so it is
	// known to callers alone, and otherwise once CREATE EXTERNAL ACCESS INTEGRATION answers 509009.
	Trial bool
}

// Found is one object in the account.
type Found struct {
	// Presence tells whether it is there.
	Presence Presence
	// Kind is what it is where a thing of another kind has its name.
	Kind Kind
	// Owner is the role that owns it, Comment its comment.
	Owner, Comment string
	// Values are its properties by the name they have in CREATE, one value each; Lists those that
	// are lists.
	Values map[string]string
	Lists  map[string][]string
	// Texts are values that are words, in Values as English.
	Texts map[string]Text
	// Users are other objects that refer to it, where that can be known, with their stored names.
	Users []Ref
	// Refused is the server's reason where Presence is Hidden.
	Refused Text
}

// Presence tells whether an object is there.
type Presence int

// An account answers the same to what is not there and to what one may not see (002003), so
// Absent means: not there, or not for this person.
const (
	Absent Presence = iota
	Present
	Hidden // it exists, and the person may not use it
)

// Roles is who may do what.
type Roles struct {
	// Current is the session's role; Available are all that the person can take with USE ROLE.
	Current   string
	Available []string
	// Bound says that the session cannot leave its role, as with a token made for one role.
	Bound bool
	// Granted are the roles that each role has, directly: "R" to {"CHILD", "DB.DBROLE"}.
	Granted map[string][]string
	// Privileges are those granted to each role directly, with names in their stored form.
	Privileges map[string][]Privilege
	// Known are the roles whose grants could be read; about another nothing can be said.
	Known map[string]bool
}
