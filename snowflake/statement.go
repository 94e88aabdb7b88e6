package snowflake

// Statement is one step of a script or plan: its SQL, its resource and its role.
type Statement struct {
	Ref
	// SQL is the text without the closing semicolon, with the placeholders of Slots in place of secrets' values. It is
	// empty for an upload, which is not an SQL statement.
	SQL string
	// Role runs the statement. The zero Name is the connection's role.
	Role Name
	// Why is one sentence for readers of a script, in the language of the app's comments.
	Why string
	// Slots are the places of secrets' values in SQL.
	Slots []Slot
}

// Slot is the place of a secret's value in a statement.
type Slot struct {
	// Placeholder is the text to replace, such as <secret:api_key> or <secret:login.username>.
	Placeholder string
	// Key is the secret's key in the app. Field is the part of its value: "", "username", "password", "refresh_token"
	// or "refresh_token_expiry".
	Key, Field string
}
