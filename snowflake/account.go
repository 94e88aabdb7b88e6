package snowflake

import "sleet/ui/message"

// Account is a snapshot of what an account reports about itself and about the objects of a plan.
type Account struct {
	Context Context
	// Found has the observed state of each object that was queried. An object without an entry was not queried.
	Found map[Ref]Observed
	// Roles is the role hierarchy and the grants, as far as the person can see them.
	Roles Roles
	// Parameters are the account parameters that affect a new app, where they were queried.
	Parameters map[string]string
	// Notes are what the account refused to show, as messages for the person.
	Notes []message.Message
}

// Context is what a session knows about itself right after login.
type Context struct {
	Account, Region, User, Role, Database, Schema, Warehouse, Version string
	// Organization and Name form the account identifier, ORGANIZATION-NAME.
	Organization, Name string
	// Snowsight is the host of the account's web interface, empty if the account does not report it.
	Snowsight string
	// Trial reports whether the account is known to have no external access. No documented statement reports it: SHOW
	// and the context functions answer as in any other account. Callers may know it; otherwise CREATE EXTERNAL ACCESS
	// INTEGRATION fails with 509009.
	Trial bool
}
