package snowflake

import (
	"strings"

	"sleet/ui/message"
)

// Kind is a type of object in an account, or of an action on one.
type Kind string

// The kinds that an app creates or uses, as Snowflake's SQL names them.
const (
	KindSchema      Kind = "schema"
	KindStage       Kind = "stage"
	KindNetworkRule Kind = "network rule"
	KindSecret      Kind = "secret"
	KindIntegration Kind = "external access integration"
	KindFunction    Kind = "function"
	// KindSecurity is a security integration, which a secret's API_AUTHENTICATION refers to.
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

// Object types as GRANT … ON and SHOW GRANTS name them.
const (
	OnAccount      = "ACCOUNT"
	OnDatabase     = "DATABASE"
	OnSchema       = "SCHEMA"
	OnIntegration  = "INTEGRATION"
	OnDatabaseRole = "DATABASE ROLE"
	OnRole         = "ROLE"
)

// On returns the kind as written in GRANT … ON.
func (k Kind) On() string {
	if k == KindIntegration || k == KindSecurity {
		return OnIntegration
	}
	return k.SQL()
}

// SQL returns the kind as written in CREATE, ALTER and DESCRIBE.
func (k Kind) SQL() string { return strings.ToUpper(string(k)) }

// Show returns the kind as written in SHOW, in the plural, or "" if SHOW does not list it.
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

// Text returns the kind's name from the catalogue, or Snowflake's own name if the catalogue has none.
func (k Kind) Text() message.Message {
	if id := message.ID("planned.kind." + strings.ReplaceAll(string(k), " ", "_")); message.Known(id) {
		return message.New(id)
	}
	return message.Verbatim(string(k))
}
