package scaffold

import (
	"slices"
	"strings"
	"sync"
)

// SecretTypeFacts is everything that a type of secret asks of an app. A new type is a new row of the table, its ways in each
// runtime's row, and its words: ask.secrets.type, file.app.secret, file.app.class, file.sql.secret.
// https://docs.snowflake.com/en/sql-reference/sql/create-secret
// https://docs.snowflake.com/en/developer-guide/external-network-access/secret-api-reference
type SecretTypeFacts struct {
	Type SecretType
	// Integration says that a security or API integration authenticates the secret.
	Integration bool
	// Flows are the grant flows that it can have, the default first.
	Flows []Flow
	// Values are the parts of its value that a person enters; without any its value comes from its integration.
	Values []SecretValue
	// Enabled says that CREATE SECRET has to enable it.
	Enabled bool
	// Reader is the function of _snowflake that reads it, Parts are the attributes of what that returns; without parts
	// it is a string.
	Reader string
	Parts  []SecretPart
	// Class is the Python class of a secret with parts in the app's code.
	Class string
}

// SecretValue is a part of a secret's value that a person enters.
type SecretValue struct {
	// Property is that of CREATE SECRET, Field the name of the part, empty for the only one.
	Property, Field string
	// Flow is the only flow that has it, empty for all.
	Flow Flow
}

// SecretPart is an attribute of a secret that the app reads.
type SecretPart struct {
	Name string
	// Words name it in a sentence.
	Words string
	// Shown says that it is not secret by itself.
	Shown bool
}

// secretTypeTable is the table of the types, in the order in which they are offered.
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

// SecretTypeTable returns the facts of every type. They are shared: do not change them.
func SecretTypeTable() []SecretTypeFacts { return slices.Clone(secretTypeTable()) }

// SecretTypes returns the types of secrets, in the order in which they are offered.
func SecretTypes() []SecretType {
	table := secretTypeTable()
	all := make([]SecretType, 0, len(table))
	for i := range table {
		all = append(all, table[i].Type)
	}
	return all
}

// SecretTypeNamed returns the type that SQL names so: GENERIC_STRING.
func SecretTypeNamed(name string) SecretType { return SecretType(strings.ToLower(name)) }

// SQLName is the type as CREATE SECRET and get_secret_type write it.
func (t SecretType) SQLName() string { return strings.ToUpper(string(t)) }

// Facts returns the facts of a type, none for one that is unknown.
func (t SecretType) Facts() SecretTypeFacts {
	table := secretTypeTable()
	for i := range table {
		if table[i].Type == t {
			return table[i]
		}
	}
	return SecretTypeFacts{}
}

// Known reports whether a type of secret is one that Snowflake has.
func (t SecretType) Known() bool { return t.Facts().Type != "" }

// NeedsIntegration reports whether a secret of the type authenticates through an integration.
func (t SecretType) NeedsIntegration() bool { return t.Facts().Integration }

// ValuesIn returns the parts of the value that a person enters for a flow.
func (f SecretTypeFacts) ValuesIn(flow Flow) []SecretValue {
	var list []SecretValue
	for _, v := range f.Values {
		if v.Flow == "" || v.Flow == flow {
			list = append(list, v)
		}
	}
	return list
}

// TakesScopes reports whether a secret with a flow names scopes.
func (f SecretTypeFacts) TakesScopes(flow Flow) bool {
	return len(f.Flows) > 0 && flow != AuthorizationCode
}
