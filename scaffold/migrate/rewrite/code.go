package rewrite

import (
	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
)

// Secret is a secret that the app's code reads through _snowflake.
type Secret struct {
	// Key is the key as the code has it. Name is the key in sleet.toml: Key itself, or an identifier derived from it.
	Key, Name string
	// Type is the secret type that its reader function implies; "" if only get_secret_type names the secret.
	Type scaffold.SecretType
	// Ways are the access methods in a container, the default first.
	Ways []scaffold.Access
	// Reads are the places where the secret is read.
	Reads []change.Place
}

// Code is the result of rewriting an app's Python.
type Code struct {
	// Edits are sorted by path and position.
	Edits []change.Edit
	// New are the modules that the edited code imports.
	New []scaffold.File
	// Secrets are the secrets that the code reads by constant keys, sorted by key.
	Secrets []Secret
	// Session reports whether the app takes a Snowpark session. Cortex reports whether it sends requests to Snowflake's
	// REST API, which needs the package requests.
	Session, Cortex bool
	// Fixed are the findings that the edits fix, without skipped edits.
	Fixed []change.Mark
	// Notes are places that need a manual change under these rules, such as a key in a variable. They do not repeat the
	// findings of other rules.
	Notes []change.Note
}
