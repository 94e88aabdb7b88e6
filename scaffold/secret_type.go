package scaffold

import (
	"slices"
	"strings"
	"sync"
)

// SecretTypeFacts describes one type of secret. A new type is a new row of the table, its access
// methods in each runtime's row, and its words: ask.secrets.type, file.app.secret, file.app.class,
// file.sql.secret.
// https://docs.snowflake.com/en/sql-reference/sql/create-secret
// https://docs.snowflake.com/en/developer-guide/external-network-access/secret-api-reference
type SecretTypeFacts struct {
	Type SecretType
	// Integration reports whether a security integration authenticates the secret.
	Integration bool
	// Flows are the possible grant flows, the default first.
	Flows []Flow
	// Values are the parts of the value that a person enters. If there are none, the value comes
	// from the integration.
	Values []SecretValue
	// Enabled reports whether CREATE SECRET must set ENABLED.
	Enabled bool
	// Reader is the function of _snowflake that reads the secret. Parts are the attributes of the
	// object it returns; without parts it returns a string.
	Reader string
	Parts  []SecretPart
	// Class is the name of the Python class that the app's code uses for a secret with parts.
	Class string
}

// SecretValue is a part of a secret's value that a person enters.
type SecretValue struct {
	// Property is the property in CREATE SECRET. Field is the name of the part, empty if there is
	// only one.
	Property, Field string
	// Flow is the only flow with this part, empty if every flow has it.
	Flow Flow
}

// SecretPart is an attribute of a secret that the app reads.
type SecretPart struct {
	Name string
	// Words are the name of the part in a sentence.
	Words string
	// Shown reports whether the part is not secret by itself.
	Shown bool
}

// secretTypeTable returns the facts of every type, in the order in which they are offered.
var secretTypeTable = sync.OnceValue(func() []SecretTypeFacts {
	return []SecretTypeFacts{
		{
			Type: GenericString, Values: []SecretValue{{Property: "SECRET_STRING"}}, Reader: "get_generic_secret_string",
		},
		{
			Type: Password, Values: []SecretValue{{Property: "USERNAME", Field: "username"}, {Property: "PASSWORD", Field: "password"}},
			Reader: "get_username_password", Parts: []SecretPart{{"username", "username", true}, {"password", "password", false}}, Class: "Login",
		},
		{
			Type: OAuth2, Integration: true, Flows: []Flow{ClientCredentials, AuthorizationCode},
			Values: []SecretValue{
				{"OAUTH_REFRESH_TOKEN", "refresh_token", AuthorizationCode},
				{"OAUTH_REFRESH_TOKEN_EXPIRY_TIME", "refresh_token_expiry", AuthorizationCode},
			},
			Reader: "get_oauth_access_token",
		},
		{
			Type: CloudProviderToken, Integration: true, Enabled: true, Reader: "get_cloud_provider_token",
			Class: "CloudToken",
			Parts: []SecretPart{
				{"access_key_id", "access key", false}, {"secret_access_key", "secret access key", false}, {"token", "cloud token", false},
			},
		},
	}
})

// SecretTypeTable returns the facts of every type. The slices inside are shared: do not modify
// them.
func SecretTypeTable() []SecretTypeFacts { return slices.Clone(secretTypeTable()) }

// SecretTypes returns the types of secrets in the order in which they are offered.
func SecretTypes() []SecretType {
	table := secretTypeTable()
	all := make([]SecretType, 0, len(table))
	for i := range table {
		all = append(all, table[i].Type)
	}
	return all
}

// SecretTypeNamed returns the type with the given name in SQL, such as GENERIC_STRING.
func SecretTypeNamed(name string) SecretType { return SecretType(strings.ToLower(name)) }

// SQLName returns the type as CREATE SECRET and get_secret_type write it.
func (t SecretType) SQLName() string { return strings.ToUpper(string(t)) }

// Facts returns the facts of a type, or the zero value if the type is unknown.
func (t SecretType) Facts() SecretTypeFacts {
	table := secretTypeTable()
	for i := range table {
		if table[i].Type == t {
			return table[i]
		}
	}
	return SecretTypeFacts{}
}

// Known reports whether t is a type that Snowflake has.
func (t SecretType) Known() bool { return t.Facts().Type != "" }

// NeedsIntegration reports whether a secret of this type authenticates through an integration.
func (t SecretType) NeedsIntegration() bool { return t.Facts().Integration }

// ValuesIn returns the parts of the value that a person enters for the given flow.
func (f SecretTypeFacts) ValuesIn(flow Flow) []SecretValue {
	var list []SecretValue
	for _, v := range f.Values {
		if v.Flow == "" || v.Flow == flow {
			list = append(list, v)
		}
	}
	return list
}

// TakesScopes reports whether a secret with the given flow has OAuth scopes.
func (f SecretTypeFacts) TakesScopes(flow Flow) bool {
	return len(f.Flows) > 0 && flow != AuthorizationCode
}
