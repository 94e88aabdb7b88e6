package grammar

import "strings"

// The kinds of objects, as in statements.
const (
	KindDatabase     = "DATABASE"
	KindSchema       = "SCHEMA"
	KindStage        = "STAGE"
	KindSecret       = "SECRET"
	KindRule         = "NETWORK RULE"
	KindIntegration  = "INTEGRATION"
	KindFunction     = "FUNCTION"
	KindStreamlit    = "STREAMLIT"
	KindWarehouse    = "WAREHOUSE"
	KindPool         = "COMPUTE POOL"
	KindRole         = "ROLE"
	KindDatabaseRole = "DATABASE ROLE"
	KindUser         = "USER"
	KindAccount      = "ACCOUNT"
)

// Title returns a kind as in messages, such as "Network Rule".
func Title(kind string) string {
	words := strings.Fields(strings.ToLower(kind))
	for i := range words {
		words[i] = strings.ToUpper(words[i][:1]) + words[i][1:]
	}
	return strings.Join(words, " ")
}

// Depth returns the number of parts in the name of a kind of object.
func Depth(kind string) int {
	switch kind {
	case KindDatabase, KindIntegration, KindWarehouse, KindPool, KindRole, KindUser:
		return 1
	case KindSchema, KindDatabaseRole:
		return 2
	default:
		return 3
	}
}
