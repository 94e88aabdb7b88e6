package snowflake

import "sleet/ui/message"

// Account is what an account said about itself and about the objects that a plan asks for: a
// snapshot of plain values.
type Account struct {
	Context Context
	// Found is what each object asked about is; one that is absent from it was not asked about.
	Found map[Ref]Observed
	// Roles is the hierarchy and the grants, as far as the person may see them.
	Roles Roles
	// Parameters are those of the account that bear on an app that is to be made, where asked about.
	Parameters map[string]string
	// Notes are what the account refused to show, for the person to know.
	Notes []message.Message
}

// Context is what a session knows of itself right after the log-in.
type Context struct {
	Account, Region, User, Role, Database, Schema, Warehouse, Version string
	// Organization and Name make up the account's address: ORGANIZATION-NAME.
	Organization, Name string
	// Snowsight is the host of the account's web interface, empty where the account does not tell it.
	Snowsight string
	// Trial reports whether the account is known to have no external access. No documented statement tells
	// beforehand: a trial account is one like all others to SHOW and to the context functions, so it is
	// known to callers alone, and otherwise once CREATE EXTERNAL ACCESS INTEGRATION answers 509009.
	Trial bool
}
