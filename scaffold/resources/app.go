package resources

import (
	"slices"

	"sleet/scaffold"
	"sleet/snowflake"
)

// Parsed is what an app's resources follow from: its answers with the defaults filled in, and its names
// parsed. Names that Snowflake cannot take are harmless ones here, so that a preview can show what is
// still being typed.
type Parsed struct {
	// Spelling is how the names were written.
	Spelling snowflake.Spelling
	// Language is that of the comments.
	Language scaffold.Language
	// PlainName is the app's name without quotes.
	PlainName string

	// Database and Schema hold the app; each is zero where it is left to the session.
	Database, Schema snowflake.Name
	Streamlit, Stage snowflake.Name
	// Folder is that of the app's files on the stage, Files are the files.
	Folder string
	Files  []string
	// Rule is the app's own network rule, zero without hosts; Rules are all that the integration allows.
	Rule  snowflake.Name
	Rules []snowflake.Name
	Hosts []string
	// Integration is zero where the app needs none.
	Integration snowflake.Name
	Warehouse   snowflake.Name
	// Pool is zero where the account's default is to be used, or none is needed.
	Pool snowflake.Name
	// Owner and Admin are both zero where no owner is named: then no role is switched.
	Owner, Admin snowflake.Name
	// SystemOwner says that the owner named in the answers is a role that every account has.
	SystemOwner bool
	Viewers     []snowflake.Name
	Secrets     []parsedSecret

	MainFile, Title, Comment, Runtime string
	// ViewerHosts are the hosts that viewers' networks must allow.
	ViewerHosts []string
	// Repositories are the artifact repositories that packages come from.
	Repositories []snowflake.Name
	// Cortex says that the app calls Cortex, ContextFunctions that its code asks who runs it.
	Cortex, ContextFunctions bool
	// Caller says that the app's queries run with the rights of the viewer.
	Caller bool
	// Open are the properties of the app that no answer and no file asks for.
	Open map[string]bool
}

// parsedSecret is one secret of an app.
type parsedSecret struct {
	Key  string
	Name snowflake.Name
	// Function holds the secret for the app; zero where the app reaches it in another way.
	Function snowflake.Name
	Type     scaffold.SecretType
	Flow     scaffold.Flow
	// Existing says that it is used as it is.
	Existing    bool
	Integration snowflake.Name
	Scopes      []string
	Comment     string
}

// PyPIRule is the network rule that Snowflake keeps for PyPI.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
const PyPIRule = "snowflake.external_access.pypi_rule"

// SharedRepository is the artifact repository with Snowflake's mirror of PyPI.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
const SharedRepository = "snowflake.snowpark.pypi_shared_repository"

// pypiUser is the database role that may take packages from Snowflake's mirror of PyPI. PUBLIC has
// it unless an administrator took it back.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func pypiUser() snowflake.Name { return snowflake.DatabaseRole("SNOWFLAKE", "PYPI_REPOSITORY_USER") }

// cortexUser is the database role that may call Cortex.
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst
func cortexUser() snowflake.Name { return snowflake.DatabaseRole("SNOWFLAKE", "CORTEX_USER") }

// SQL returns a name as the answers wrote it.
func (a *Parsed) SQL(n snowflake.Name) string { return a.Spelling.SQL(n) }

// Location is the folder of the app's files: @STAGE/NAME.
func (a *Parsed) Location() string { return a.Spelling.Ref(a.upload().Ref) }

// switches reports whether owner and administrator are two roles.
func (a *Parsed) switches() bool { return a.Owner != a.Admin }

// secretNames returns the names of the secrets that keep wants, each once.
func (a *Parsed) secretNames(keep func(parsedSecret) bool) []snowflake.Name {
	var names []snowflake.Name
	for _, s := range a.Secrets {
		if keep(s) && !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	return names
}

// Bindings returns the SECRETS of the app: those that the platform hands to it. A secret behind a
// function is the function's alone.
func (a *Parsed) Bindings() []snowflake.Entry {
	var list []snowflake.Entry
	for _, s := range a.Secrets {
		if s.Function.IsZero() {
			list = append(list, s.binding())
		}
	}
	return list
}

func (s parsedSecret) binding() snowflake.Entry { return snowflake.Entry{Key: s.Key, Name: s.Name} }

// Integrations returns the app's EXTERNAL_ACCESS_INTEGRATIONS.
func (a *Parsed) Integrations() []snowflake.Name {
	if a.Integration.IsZero() {
		return nil
	}
	return []snowflake.Name{a.Integration}
}
