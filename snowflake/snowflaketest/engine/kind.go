package engine

import "strings"

// The kinds of objects, by the words of the statements.
const (
	kindDatabase     = "DATABASE"
	kindSchema       = "SCHEMA"
	kindStage        = "STAGE"
	kindSecret       = "SECRET"
	kindRule         = "NETWORK RULE"
	kindIntegration  = "INTEGRATION"
	kindFunction     = "FUNCTION"
	kindStreamlit    = "STREAMLIT"
	kindWarehouse    = "WAREHOUSE"
	kindPool         = "COMPUTE POOL"
	kindRole         = "ROLE"
	kindDatabaseRole = "DATABASE ROLE"
	kindUser         = "USER"
	kindAccount      = "ACCOUNT"
)

// title is a kind as messages write it: "Network rule".
func title(kind string) string {
	words := strings.Fields(strings.ToLower(kind))
	for i := range words {
		words[i] = strings.ToUpper(words[i][:1]) + words[i][1:]
	}
	return strings.Join(words, " ")
}

// depth is how many parts the name of a kind of object has.
func depth(kind string) int {
	switch kind {
	case kindDatabase, kindIntegration, kindWarehouse, kindPool, kindRole, kindUser:
		return 1
	case kindSchema, kindDatabaseRole:
		return 2
	default:
		return 3
	}
}
