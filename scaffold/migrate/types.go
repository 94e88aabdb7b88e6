package migrate

import (
	"sleet/scaffold"
	"sleet/ui/message"
)

// Kind is what an edit is about: a person may accept all edits of a kind at once.
type Kind string

// The kinds of edits.
const (
	KindSession    Kind = "session"     // get_active_session
	KindSecret     Kind = "secret"      // _snowflake's secret functions
	KindCortex     Kind = "cortex"      // send_snow_api_request
	KindPageConfig Kind = "page_config" // arguments of st.set_page_config without effect
	KindStreamlit  Kind = "streamlit"   // Streamlit APIs that are gone
	KindPackages   Kind = "packages"    // environment.yml, pyproject.toml, requirements.txt
	KindConfig     Kind = "config"      // .streamlit/*.toml
	KindProject    Kind = "project"     // snowflake.yml
	KindSQL        Kind = "sql"         // CREATE STREAMLIT in SQL files
	KindWritten    Kind = "written"     // files of sleet's own, made again
)

// Choices are the person's answers.
type Choices struct {
	// App is the app as it is to be, as sleet.toml keeps it: compute pool, package source, and a
	// secret's type, object and access (st.secrets or function) by its key. A secret that it does
	// not declare is taken as Suggest gives it.
	App scaffold.App
	// Streamlit is the version to be held against, as "1.52.2"; "" is the newest that we know.
	Streamlit string
	// Legacy says that the app was made with ROOT_LOCATION, whatever its files tell.
	Legacy bool
	// Say puts what is written for the person, the list of what is left, into the language of the app's
	// comments; nil is English.
	Say func(scaffold.Language, message.Message) string
	// Skip are the groups of edits that the person does not want.
	Skip map[string]bool
	// Edited are texts of files as the person wants them instead of the edited ones, by path.
	Edited map[string][]byte

	// bound are the secrets that the app has in the warehouse, as far as the files tell.
	bound []Secret
}

// Place is a place in a file: Line counts from 1, Column characters from 1.
type Place struct {
	Path         string
	Line, Column int
}

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
	Reads []Place
}

// Mark is a finding that the edits fix.
type Mark struct {
	Rule, Path string
	Line       int
}

// Code is what becomes of an app's Python.
type Code struct {
	// Edits are sorted by path and place.
	Edits []Edit
	// New are the modules that the edited code imports.
	New []scaffold.File
	// Secrets are those that the code reads by constant keys, in order of key.
	Secrets []Secret
	// Session tells that the app takes a Snowpark session, Cortex that it sends requests to
	// Snowflake's REST API, for which it needs the package requests.
	Session, Cortex bool
	// Fixed are the findings that the edits answer, the skipped ones left out.
	Fixed []Mark
	// Notes are places of these rules that a person must change: a key in a variable. The findings
	// of other rules are not repeated here.
	Notes []Note
}
