package migrate

import (
	"sleet/scaffold"
	"sleet/scaffold/migrate/rewrite"
	"sleet/ui/message"
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
	bound []rewrite.Secret
}
