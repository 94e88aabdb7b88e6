package resources

import (
	"slices"

	"sleet/scaffold"
	"sleet/snowflake"
)

// Parsed is an app's answers with the defaults filled in and its names parsed. The app's resources
// are derived from it. Invalid names are replaced by harmless ones, so that a preview works while
// someone is still typing.
type Parsed struct {
	// Spelling records how the names were written.
	Spelling snowflake.Spelling
	// Language is the language of the comments.
	Language scaffold.Language
	// PlainName is the app's name without quotes.
	PlainName string

	// Database and Schema contain the app. Either is zero if the session decides.
	Database, Schema snowflake.Name
	Streamlit, Stage snowflake.Name
	// Folder is the folder of the app's files on the stage. Files are their paths.
	Folder string
	Files  []string
	// Rule is the app's own network rule, zero if it has no hosts. Rules are all rules of the
	// integration.
	Rule  snowflake.Name
	Rules []snowflake.Name
	Hosts []string
	// Integration is zero if the app needs none.
	Integration snowflake.Name
	Warehouse   snowflake.Name
	// Pool is zero if the app uses the account's default pool or none.
	Pool snowflake.Name
	// Owner and Admin are both zero if the answers name no owner. The scripts then switch no roles.
	Owner, Admin snowflake.Name
	// SystemOwner reports whether the owner in the answers is a system-defined role.
	SystemOwner bool
	Viewers     []snowflake.Name
	Secrets     []parsedSecret

	MainFile, Title, Comment, Runtime string
	// ViewerHosts are the hosts that viewers' networks must allow.
	ViewerHosts []string
	// Repositories are the artifact repositories that packages are installed from.
	Repositories []snowflake.Name
	// Cortex reports whether the app calls Cortex. ContextFunctions reports whether its code calls
	// functions such as CURRENT_USER().
	Cortex, ContextFunctions bool
	// Caller reports whether the app's queries run with the viewer's rights.
	Caller bool
	// Defaulted contains the properties of the app that neither an answer nor a file sets.
	Defaulted map[string]bool
}

// parsedSecret is one secret of an app.
type parsedSecret struct {
	Key  string
	Name snowflake.Name
	// Function is the UDF that reads the secret for the app; zero if the app uses another access
	// method.
	Function snowflake.Name
	Type     scaffold.SecretType
	Flow     scaffold.Flow
	// Existing reports whether the secret already exists in the account.
	Existing    bool
	Integration snowflake.Name
	Scopes      []string
	Comment     string
}

// PyPIRule is the network rule for PyPI that Snowflake maintains.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
const PyPIRule = "snowflake.external_access.pypi_rule"

// SharedRepository is Snowflake's artifact repository that mirrors PyPI.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
const SharedRepository = "snowflake.snowpark.pypi_shared_repository"

// pypiUser returns the database role that may install packages from Snowflake's mirror of PyPI. It
// is granted to PUBLIC unless an administrator revoked it.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func pypiUser() snowflake.Name { return snowflake.DatabaseRole("SNOWFLAKE", "PYPI_REPOSITORY_USER") }

// cortexUser returns the database role that may call Cortex.
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst
func cortexUser() snowflake.Name { return snowflake.DatabaseRole("SNOWFLAKE", "CORTEX_USER") }

// SQL returns a name as the answers spell it.
func (a *Parsed) SQL(n snowflake.Name) string { return a.Spelling.SQL(n) }

// Location returns the folder of the app's files: @STAGE/NAME.
func (a *Parsed) Location() string { return a.Spelling.Ref(a.upload().Ref) }

// switches reports whether owner and administrator are different roles.
func (a *Parsed) switches() bool { return a.Owner != a.Admin }

// secretNames returns the names of the secrets for which keep returns true, without duplicates.
func (a *Parsed) secretNames(keep func(parsedSecret) bool) []snowflake.Name {
	var names []snowflake.Name
	for _, s := range a.Secrets {
		if keep(s) && !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	return names
}

// Bindings returns the app's SECRETS, which Snowflake injects. Secrets that are read by a UDF are
// bound to the UDF instead.
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
