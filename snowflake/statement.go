package snowflake

// Kind is the kind of object that a statement makes or changes.
type Kind string

// The kinds of objects that sleet makes, in the words Snowflake's SQL has for them.
const (
	KindSchema      Kind = "schema"
	KindStage       Kind = "stage"
	KindNetworkRule Kind = "network rule"
	KindSecret      Kind = "secret"
	KindIntegration Kind = "external access integration"
	KindFunction    Kind = "function"
	// KindSecurity is an integration that a secret's API_AUTHENTICATION names.
	KindSecurity  Kind = "security integration"
	KindStreamlit Kind = "streamlit"
	KindGrant     Kind = "grant"
	KindUpload    Kind = "upload"
	KindWarehouse Kind = "warehouse"
	KindPool      Kind = "compute pool"
	KindDatabase  Kind = "database"
	KindRole      Kind = "database role"
	KindSession   Kind = "session" // USE ROLE, USE DATABASE, USE SCHEMA
)

// Statement is one step of a set-up: its text, what it makes, who runs it and how to undo it.
type Statement struct {
	Kind Kind
	// Name is the object's name as SQL writes it, qualified where the schema is known; a function's
	// has its parentheses, a grant's the kind of its object before it, an upload's is the folder on
	// the stage.
	Name string
	// SQL is the text without the closing semicolon. Where a secret's value goes it holds the
	// placeholder that Slots names. An upload has no SQL: it is no statement of the language.
	SQL string
	// Role runs it, as SQL writes it; empty means the role of the connection.
	Role string
	// Undo removes what SQL makes; empty when there is nothing to remove.
	Undo string
	// Why is one sentence for the reader of the script, in the language of the app's comments.
	Why string
	// Slots are the places where secrets' values go.
	Slots []Slot
}

// Slot is a place in a statement where a secret's value goes.
type Slot struct {
	// Placeholder stands in the text, e.g. <secret:api_key> or <secret:login.username>.
	Placeholder string
	// Key is the secret's key in the app, Field the part of its value: "", "username",
	// "password", "refresh_token" or "refresh_token_expiry".
	Key, Field string
}
