// Package environ looks up variables in an environment of NAME=value entries, and removes those of secrets.
package environ

import (
	"slices"
	"strings"
)

// secretEndings are the suffixes of Snowflake variables that have a connection's credentials.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
var secretEndings = []string{
	"PASSWORD", "PWD", "PASSPHRASE", "PASSCODE", "TOKEN", "SECRET", "PRIVATE_KEY", "PRIVATE_KEY_RAW", "KEY_PASSWORD",
}

// SecretVariable reports whether an environment variable has a secret's value or a credential of a Snowflake
// connection. SNOWFLAKE_CONNECTIONS counts, since it has whole connections.
func SecretVariable(name string) bool {
	name = strings.ToUpper(name) // names on Windows are case-insensitive
	switch {
	case strings.HasPrefix(name, "SLEET_SECRET_"), name == "SNOWFLAKE_CONNECTIONS", name == "PRIVATE_KEY_PASSPHRASE":
		return true
	case strings.HasPrefix(name, "SNOWFLAKE_"), strings.HasPrefix(name, "SNOWSQL_"):
		return slices.ContainsFunc(secretEndings, func(ending string) bool { return strings.HasSuffix(name, ending) })
	}
	return false
}

// WithoutSecrets returns an environment without the variables of secrets' values and connections' credentials.
func WithoutSecrets(environ []string) []string {
	var kept []string
	for _, pair := range environ {
		if name, _, _ := strings.Cut(pair, "="); !SecretVariable(name) {
			kept = append(kept, pair)
		}
	}
	return kept
}

// Getenv returns a function that looks up a variable in an environment. If it is set twice, the last one counts.
func Getenv(environ []string) func(string) string {
	return func(name string) string {
		value := ""
		for _, pair := range environ {
			if v, ok := strings.CutPrefix(pair, name+"="); ok {
				value = v
			}
		}
		return value
	}
}
