package steps

import "sleet/ui/message"

// NewProfileFields returns the names of the questions about a new connection, in order, and the options of those that
// have a fixed set. Their words are messages below "profile.".
func NewProfileFields() (names []string, options map[string][]string) {
	return ProfileFields(), map[string][]string{"authenticator": Authenticators()}
}

// NewProfile returns a connection with these answers, and the name of the first required answer that is missing.
func NewProfile(answers map[string]string) (p Profile, missing string) {
	p = Profile{
		Name: answers["name"], Account: answers["account"], User: answers["user"], Role: answers["role"],
		Authenticator: answers["authenticator"], Warehouse: answers["warehouse"], Database: answers["database"], Schema: answers["schema"],
	}
	if p.Authenticator == AuthenticatorKey {
		p.KeyFile = answers["file"]
	} else {
		p.TokenFile = answers["file"]
	}
	return p, MissingField(p)
}

// Profile is a connection of a file or the environment, without its secrets.
type Profile struct {
	Name, Account, User, Role, Authenticator string
	// Warehouse, Database and Schema are the session's defaults.
	Warehouse, Database, Schema string
	// KeyFile is the file with the private key of a new connection, TokenFile the one with its token.
	KeyFile, TokenFile string
	// From is where it is defined: a file and its line, or the environment.
	From message.Message
	// Default reports that it is used if none is named, Demo that it is the account inside this process.
	Default, Demo bool
	// Problems are what is wrong with it. Open reports that other users can read its file, which AllowOnlyMe fixes.
	Problems []message.Message
	Open     bool
}

// ProfileFields returns the names of the questions about a connection, in order.
func ProfileFields() []string {
	return []string{"name", "account", "user", "authenticator", "file", "role", "warehouse", "database", "schema"}
}

// Authenticators returns the authenticators that a new connection can have.
func Authenticators() []string {
	return []string{"externalbrowser", "snowflake", "username_password_mfa", AuthenticatorKey, "programmatic_access_token", authenticatorOAuth}
}

// The authenticators that need a file.
const (
	AuthenticatorKey   = "snowflake_jwt"
	authenticatorOAuth = "oauth"
)

// MissingField returns the first required field that a new connection lacks, "" if it is complete.
func MissingField(profile Profile) string {
	file := profile.KeyFile + profile.TokenFile
	if profile.Authenticator != AuthenticatorKey && profile.Authenticator != authenticatorOAuth {
		file = "-" // it needs no file
	}
	for _, field := range []struct{ name, value string }{
		{"name", profile.Name}, {"account", profile.Account}, {"user", profile.User}, {"file", file},
	} {
		if field.value == "" {
			return field.name
		}
	}
	return ""
}
