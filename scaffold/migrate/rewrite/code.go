package rewrite

import (
	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
)

// Secret is a secret that the app's code reads through _snowflake.
type Secret struct {
	// Key is the key as the code has it; Name is the key in sleet.toml: Key itself, or an identifier
	// made of it.
	Key, Name string
	// Type is what the function that reads it says: "" when only get_secret_type names it.
	Type scaffold.SecretType
	// Ways are the ways to it in a container, the default first.
	Ways []scaffold.Access
	// Reads are the places where it is read.
	Reads []change.Place
}

// Code is what becomes of an app's Python.
type Code struct {
	// Edits are sorted by path and place.
	Edits []change.Edit
	// New are the modules that the edited code imports.
	New []scaffold.File
	// Secrets are those that the code reads by constant keys, in order of key.
	Secrets []Secret
	// Session tells that the app takes a Snowpark session, Cortex that it sends requests to
	// Snowflake's REST API, for which it needs the package requests.
	Session, Cortex bool
	// Fixed are the findings that the edits answer, the skipped ones left out.
	Fixed []change.Mark
	// Notes are places of these rules that a person must change: a key in a variable. The findings
	// of other rules are not repeated here.
	Notes []change.Note
}
