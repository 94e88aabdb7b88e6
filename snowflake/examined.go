package snowflake

import (
	"strings"

	"sleet/ui/message"
)

// Examined is an app with everything that it depends on, as far as an account shows it: a snapshot of plain
// values, for a diagnosis.
type Examined struct {
	Account
	// App is the app's name in full, Observed is it as DESCRIBE and SHOW have it.
	App      Name
	Observed Observed
	// Owner is the role that owns it; the zero Name where that is not shown.
	Owner Name
	// Viewers are the roles that have USAGE on the app, where ViewersKnown says so.
	Viewers      []Name
	ViewersKnown bool
	// Files are the texts of its files; one that is not a text has no content. Location is where they are,
	// Refused why they are not read.
	Files    map[string][]byte
	Location string
	Refused  message.Message
	// Seen are the roles that were used to read, in the order in which they were tried.
	Seen []Name
	// All says that one of them sees every object of the account, so that what none of them sees is not there.
	All bool
}

// Get returns what is known of an object.
func (e Examined) Get(kind Kind, name Name) Observed { return e.Found[Ref{Kind: kind, Name: name}] }

// MainFile is the app's main file, from the root of its files. An app of the old kind may show it with a slash before it.
// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit
func (e Examined) MainFile() string { return MainFile(e.Observed) }

// MainFile is the main file by an app's properties.
func MainFile(app Observed) string {
	main, shown := app.Value("MAIN_FILE")
	if !shown {
		return "streamlit_app.py"
	}
	return strings.TrimPrefix(strings.TrimLeft(main, "/"), "./")
}

// Container reports whether the app runs in a container, as far as its properties tell.
func (e Examined) Container() bool {
	runtime, known := e.Observed.Value("RUNTIME_NAME")
	if pool, ok := e.Observed.Value("COMPUTE_POOL"); ok && pool != "" {
		return true
	}
	return known && containerName(runtime)
}

// containerName reports whether a RUNTIME_NAME is that of a container.
func containerName(runtime string) bool {
	const prefix = "SYSTEM$ST_CONTAINER_RUNTIME"
	return len(runtime) >= len(prefix) && runtime[:len(prefix)] == prefix
}
