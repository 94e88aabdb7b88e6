package snowflake

// Statement is one step of a script or of a plan: its text, what it is about, and who runs it.
type Statement struct {
	Ref
	// SQL is the text without the closing semicolon. Where a secret's value goes it holds the
	// placeholder that Slots names. The sending of an app's files has no SQL: it is not a statement of the
	// language.
	SQL string
	// Role runs it; the zero Name is the role of the connection.
	Role Name
	// Why is one sentence for the reader of a script, in the language of the app's comments.
	Why string
	// Slots are the places where secrets' values go.
	Slots []Slot
}

// Slot is a place in a statement where a secret's value goes.
type Slot struct {
	// Placeholder is in the text, e.g. <secret:api_key> or <secret:login.username>.
	Placeholder string
	// Key is the secret's key in the app, Field the part of its value: "", "username",
	// "password", "refresh_token" or "refresh_token_expiry".
	Key, Field string
}
