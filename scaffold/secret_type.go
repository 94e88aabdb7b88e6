package scaffold

import "slices"

// secretTypeFacts is what a type of secret asks of an app. A new type is a new row of the table.
type secretTypeFacts struct {
	secret SecretType
	// integration says that a security or API integration authenticates the secret.
	// https://docs.snowflake.com/en/sql-reference/sql/create-secret
	integration bool
}

func secretTypeTable() []secretTypeFacts {
	return []secretTypeFacts{
		{secret: GenericString},
		{secret: Password},
		{secret: OAuth2, integration: true},
		{secret: CloudProviderToken, integration: true},
	}
}

// SecretTypes returns the types of secrets, in the order in which they are offered.
func SecretTypes() []SecretType {
	table := secretTypeTable()
	all := make([]SecretType, 0, len(table))
	for _, facts := range table {
		all = append(all, facts.secret)
	}
	return all
}

// Known reports whether a type of secret is one that Snowflake has.
func (t SecretType) Known() bool { return slices.Contains(SecretTypes(), t) }

// NeedsIntegration reports whether a secret of the type authenticates through an integration.
func (t SecretType) NeedsIntegration() bool {
	return slices.ContainsFunc(secretTypeTable(), func(f secretTypeFacts) bool { return f.secret == t && f.integration })
}
