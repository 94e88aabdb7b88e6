package steps

import "sleet/ui/message"

// NewProfileFields lists the questions about a new connection, in order; the one with options is a
// choice. Their words are under "profile." and the name.
func NewProfileFields() (names []string, options map[string][]string) {
	return ProfileFields(), map[string][]string{"authenticator": Authenticators()}
}

// NewProfile makes a connection of the answers, and names the first that it needs and lacks.
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

// Profile is a connection as a file or the environment has it, without its secrets.
type Profile struct {
	Name, Account, User, Role, Authenticator string
	// Warehouse, Database and Schema are what a session starts with.
	Warehouse, Database, Schema string
	// KeyFile holds the private key of a new connection, TokenFile its token.
	KeyFile, TokenFile string
	// From says where it stands: a file and its line, or the environment.
	From message.Message
	// Default says that it is used where none is named, Demo that it is the account inside this
	// process.
	Default, Demo bool
	// Problems are what is wrong with it; Open says that its file can be read by others, which
	// AllowOnlyMe fixes.
	Problems []message.Message
	Open     bool
}

// ProfileFields are the questions about a connection, in order.
func ProfileFields() []string {
	return []string{"name", "account", "user", "authenticator", "file", "role", "warehouse", "database", "schema"}
}

// Authenticators are the ways to log in that a new connection can have.
func Authenticators() []string {
	return []string{"externalbrowser", "snowflake", "username_password_mfa", AuthenticatorKey, "programmatic_access_token", authenticatorOAuth}
}

// The ways to log in that take a file.
const (
	AuthenticatorKey   = "snowflake_jwt"
	authenticatorOAuth = "oauth"
)

// MissingField returns the first field that a new connection needs and lacks; empty where it is whole.
func MissingField(profile Profile) string {
	file := profile.KeyFile + profile.TokenFile
	if profile.Authenticator != AuthenticatorKey && profile.Authenticator != authenticatorOAuth {
		file = "-" // it needs none
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
