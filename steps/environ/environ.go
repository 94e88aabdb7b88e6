// Package environ reads an environment of NAME=value, and leaves out what names a secret.
package environ

import (
	"slices"
	"strings"
)

// secretEndings are how the names of the variables end that hold a credential of a connection.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
var secretEndings = []string{
	"PASSWORD", "PWD", "PASSPHRASE", "PASSCODE", "TOKEN", "SECRET", "PRIVATE_KEY", "PRIVATE_KEY_RAW", "KEY_PASSWORD",
}

// SecretVariable reports whether an environment variable holds a secret's value or a credential of a
// Snowflake connection. SNOWFLAKE_CONNECTIONS is one: it holds whole connections.
func SecretVariable(name string) bool {
	name = strings.ToUpper(name) // Windows does not tell them apart
	switch {
	case strings.HasPrefix(name, "SLEET_SECRET_"), name == "SNOWFLAKE_CONNECTIONS", name == "PRIVATE_KEY_PASSPHRASE":
		return true
	case strings.HasPrefix(name, "SNOWFLAKE_"), strings.HasPrefix(name, "SNOWSQL_"):
		return slices.ContainsFunc(secretEndings, func(ending string) bool { return strings.HasSuffix(name, ending) })
	}
	return false
}

// WithoutSecrets returns an environment without the variables that hold a secret's value or a
// credential of a connection.
func WithoutSecrets(environ []string) []string {
	var kept []string
	for _, pair := range environ {
		if name, _, _ := strings.Cut(pair, "="); !SecretVariable(name) {
			kept = append(kept, pair)
		}
	}
	return kept
}

// Getenv looks a name up in an environment of NAME=value; the last one counts.
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
