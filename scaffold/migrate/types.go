package migrate

import (
	"sleet/scaffold"
	"sleet/scaffold/migrate/rewrite"
	"sleet/ui/message"
)

// Choices are the person's answers.
type Choices struct {
	// App is the app after the migration, as in sleet.toml: compute pool, package source, and each secret's type,
	// object and access method (st.secrets or function) by its key. A secret that it does not declare has the defaults.
	App scaffold.App
	// Streamlit is the version to check against, such as "1.52.2"; "" is the newest known version.
	Streamlit string
	// Legacy reports that the app was created with ROOT_LOCATION, no matter what its files say.
	Legacy bool
	// Say translates the list of manual work into the language of the app's comments; nil is English.
	Say func(scaffold.Language, message.Message) string
	// Skip are the groups of edits to skip.
	Skip map[string]bool
	// Edited are the person's own texts of edited files, by path.
	Edited map[string][]byte

	// bound are the secrets that the app has in the warehouse, as far as the files show.
	bound []rewrite.Secret
}
