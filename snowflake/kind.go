package snowflake

import (
	"strings"

	"sleet/ui/message"
)

// Kind is a kind of thing in an account.
type Kind string

// The kinds that an app makes or uses, in the words Snowflake's SQL has for them.
const (
	KindSchema      Kind = "schema"
	KindStage       Kind = "stage"
	KindNetworkRule Kind = "network rule"
	KindSecret      Kind = "secret"
	KindIntegration Kind = "external access integration"
	KindFunction    Kind = "function"
	// KindSecurity is an integration that a secret's API_AUTHENTICATION names.
	KindSecurity  Kind = "security integration"
	KindStreamlit Kind = "streamlit"
	KindGrant     Kind = "grant"
	KindUpload    Kind = "upload"
	KindWarehouse Kind = "warehouse"
	KindPool      Kind = "compute pool"
	KindDatabase  Kind = "database"
	KindRole      Kind = "database role"
	KindSession   Kind = "session" // USE ROLE, USE DATABASE, USE SCHEMA
)

// What GRANT … ON and SHOW GRANTS call the kinds that they have words of their own for.
const (
	OnAccount      = "ACCOUNT"
	OnDatabase     = "DATABASE"
	OnSchema       = "SCHEMA"
	OnIntegration  = "INTEGRATION"
	OnDatabaseRole = "DATABASE ROLE"
	OnRole         = "ROLE"
)

// On returns the kind as GRANT … ON writes it.
func (k Kind) On() string {
	if k == KindIntegration || k == KindSecurity {
		return OnIntegration
	}
	return k.SQL()
}

// SQL returns the kind as CREATE, ALTER and DESCRIBE write it.
func (k Kind) SQL() string { return strings.ToUpper(string(k)) }

// Show returns the kind as SHOW writes it, in the plural; empty for a kind that SHOW does not list.
func (k Kind) Show() string {
	switch k {
	case KindFunction:
		return "USER FUNCTIONS"
	case KindIntegration, KindSecurity:
		return "INTEGRATIONS"
	case KindSchema, KindStage, KindNetworkRule, KindSecret, KindStreamlit, KindWarehouse, KindPool, KindDatabase:
		return k.SQL() + "S"
	default:
		return ""
	}
}

// Text is the kind's word; the kinds that no catalogue has are named as Snowflake does.
func (k Kind) Text() message.Message {
	if id := message.ID("planned.kind." + strings.ReplaceAll(string(k), " ", "_")); message.Known(id) {
		return message.New(id)
	}
	return message.Verbatim(string(k))
}
