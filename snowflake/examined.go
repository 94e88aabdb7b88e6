package snowflake

import (
	"strings"

	"sleet/ui/message"
)

// Examined is a snapshot of an app and everything it depends on, as far as an account shows it. A diagnosis starts from
// it.
type Examined struct {
	Account
	// App is the app's qualified name. Observed is its state from DESCRIBE and SHOW.
	App      Name
	Observed Observed
	// Owner is the role that owns the app, or the zero Name if that is not shown.
	Owner Name
	// Viewers are the roles with USAGE on the app, valid if ViewersKnown is set.
	Viewers      []Name
	ViewersKnown bool
	// Files are the app's files by path; binary files have no content. Location is where they are stored, and Refused
	// why they could not be read.
	Files    map[string][]byte
	Location string
	Refused  message.Message
	// Seen are the roles used for reading, in the order in which they were tried.
	Seen []Name
	// All reports whether one of them sees every object of the account, so that an object that none of them sees does
	// not exist.
	All bool
}

// Get returns the observed state of an object.
func (e Examined) Get(kind Kind, name Name) Observed { return e.Found[Ref{Kind: kind, Name: name}] }

// MainFile returns the app's main file, relative to the root of its files.
func (e Examined) MainFile() string { return MainFile(e.Observed) }

// MainFile returns the main file from an app's properties, relative to the root of its files. An app created with
// ROOT_LOCATION may show it with a leading slash.
// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit
func MainFile(app Observed) string {
	main, shown := app.Value("MAIN_FILE")
	if !shown {
		return "streamlit_app.py"
	}
	return strings.TrimPrefix(strings.TrimLeft(main, "/"), "./")
}

// Container reports whether the app runs in a container, as far as its properties show.
func (e Examined) Container() bool {
	runtime, known := e.Observed.Value("RUNTIME_NAME")
	if pool, ok := e.Observed.Value("COMPUTE_POOL"); ok && pool != "" {
		return true
	}
	return known && containerName(runtime)
}

// containerName reports whether a RUNTIME_NAME is a container runtime.
func containerName(runtime string) bool {
	const prefix = "SYSTEM$ST_CONTAINER_RUNTIME"
	return len(runtime) >= len(prefix) && runtime[:len(prefix)] == prefix
}
